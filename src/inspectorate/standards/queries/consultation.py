"""What is said of an edition: its consultation, the comments that are shown, and the reviews."""

from datetime import datetime
from typing import Any

from inspectorate.standards.models import Comment, Consultation, Review

WHOLE = "The edition as a whole"


def consultation_of(edition: str, *, at: datetime) -> Consultation | None:
    """Return the latest consultation on an edition that has opened by then; None where there is none."""
    return Consultation.objects.filter(edition=edition, opens_at__lte=at).order_by("-opens_at").first()


def shown_comments(consultation: Consultation) -> list[Comment]:
    """Return the comments that somebody has read and shown, with their answers, as they came."""
    return list(consultation.comments.as_they_stand().filter(shown=True))


def waiting_comments(edition: str) -> list[Comment]:
    """Return the comments on an edition that nobody has decided on, oldest first."""
    wanted = {"consultation__edition": edition, "shown__isnull": True, "erased_at__isnull": True}
    found = Comment.objects.as_they_stand().filter(**wanted)
    return list(found.select_related("consultation"))


def reviews_of(edition: str) -> list[Review]:
    """Return the pilots and reviews of an edition, oldest first."""
    return list(Review.objects.filter(edition=edition))


def by_clause(clauses: list[tuple[str, Any]], comments: list[Comment]) -> list[dict[str, Any]]:
    """Return every clause that has a comment, with its comments; what is about none of them comes first."""
    known = {code for code, _ in clauses}
    groups = [("", WHOLE), *clauses]
    found = []
    for code, title in groups:
        here = [one for one in comments if one.clause == code or (not code and one.clause not in known)]
        if here:
            found.append({"code": code, "title": title, "comments": here})
    return found
