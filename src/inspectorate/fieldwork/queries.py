"""Readings of the journal: which entries are current."""

from django.db.models import Exists, OuterRef, QuerySet

from inspectorate.fieldwork.models import Assessment, Entry


def current_entries(assessments: "QuerySet[Assessment]") -> "QuerySet[Entry]":
    """Return the entries of these assessments that no other entry supersedes.

    Two entries that supersede the same one are both current: a conflict, which a person decides by a third entry that
    supersedes the one and decides the other. An entry takes the place only of one about the same part of the same
    question in the same assessment.
    """
    alike = Entry.objects.filter(
        assessment=OuterRef("assessment"), question=OuterRef("question"), part=OuterRef("part")
    )
    return Entry.objects.filter(
        ~Exists(alike.filter(supersedes=OuterRef("public_id"))),
        ~Exists(alike.filter(decides=OuterRef("public_id"))),
        assessment__in=assessments,
    )


def current_answers(assessments: "QuerySet[Assessment]") -> "QuerySet[Entry]":
    """Return the current answers of these assessments; one with an empty value was taken back."""
    return current_entries(assessments).filter(part=Entry.Part.ANSWER)
