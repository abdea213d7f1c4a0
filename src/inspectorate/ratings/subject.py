"""What is scored, whatever it is: a file that was handed in, or a module of an inspection.

Pages, accounts and downloads ask a subject for its title, its addresses and where it comes from, and no more.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from inspectorate.inspections.models import Inspection
from inspectorate.ratings.inspected import Section
from inspectorate.ratings.models import ScoredFile
from inspectorate.ratings.resting import MAIN, RestsOn
from inspectorate.ratings.scored import Scored

Cell = str | int | float | None
NOT_PUBLIC = (
    "These figures are for the inspectorate alone: few cases are shown as they are, which nothing public may do."
)


@dataclass(frozen=True)
class Subject:
    """What was scored. All its pages and downloads stand below ``home``, the address of its scores."""

    title: str
    edition: str
    edition_digest: str
    invented: bool
    home: str
    noun: str
    """What a page calls it: This file, This inspection."""
    at: datetime
    dated: str
    """What that time is: Handed in on."""
    sources: tuple[tuple[str, str], ...] = ()
    """What it came from, each with its SHA-256."""
    about: tuple[tuple[str, Cell], ...] = ()
    """What the sheet "About" of a download says of it, beside the edition."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """The same as a download in JSON says it."""
    notes: tuple[str, ...] = ()
    """Sentences that belong on every print of it."""
    command: str = ""
    judgements_href: str = ""

    def account(self, code: str) -> str:
        """Return the address of the account of a result."""
        return f"{self.home}account/{code}/"

    @property
    def findings(self) -> str:
        """The address of its findings by question."""
        return f"{self.home}findings/"

    def download(self, what: str, kind: str) -> str:
        """Return the address of a download: scores or findings, as csv, xlsx, json or pdf."""
        return f"{self.home}{what}.{kind}"


def of_file(file: ScoredFile) -> Subject:
    """Return a file that was handed in, as a subject."""
    listing = {"name": file.case_list_name, "sha256": file.case_list_digest} if file.case_list_name else None
    sources = [(file.answers_name, file.answers_digest)]
    sources += [(file.case_list_name, file.case_list_digest)] if file.case_list_name else []
    return Subject(
        title=file.title,
        edition=file.edition,
        edition_digest=file.edition_digest,
        invented=file.invented,
        home=file.get_absolute_url(),
        noun="This file",
        at=file.created_at,
        dated="Handed in on",
        sources=tuple(sources),
        about=(
            ("handed_in", file.created_at.isoformat()),
            ("answers", file.answers_name),
            ("answers_sha256", file.answers_digest),
            ("case_list", file.case_list_name),
            ("case_list_sha256", file.case_list_digest),
        ),
        data={
            "title": file.title,
            "invented": file.invented,
            "handed_in": file.created_at.isoformat(),
            "answers": {"name": file.answers_name, "sha256": file.answers_digest},
            "case_list": listing,
        },
        command=_command(file),
        judgements_href=reverse("ratings:judgements", args=[file.public_id]) if file.judgements else "",
    )


def _command(file: ScoredFile) -> str:
    """Return the line that works the same results out again on a command line."""
    words = ["inspectorate", "score", "--edition", file.edition, "--answers", file.answers_name]
    if file.case_list_name:
        words += ["--case-list", file.case_list_name]
    if file.judgements:
        words += ["--judgements", "judgements.json"]
    return shlex.join([*words, "--accounts"])


def of_section(inspection: Inspection, section: Section, resting: RestsOn, scored: Scored) -> Subject:
    """Return a section of an inspection, as a subject."""
    home = reverse("inspection_ratings:scores", args=[inspection.public_id])
    if section.code != MAIN:
        home = reverse("inspection_ratings:scores_of", args=[inspection.public_id, section.code])
    title = inspection.title if section.code == MAIN else f"{inspection.title}: {section.code}"
    lists = tuple((f"Case list: {key.split('|')[0]}", key.split("|")[1]) for key in sorted(resting.lists))
    state = provisional(resting) or "Every case of the sample is accepted."
    notes = (state, NOT_PUBLIC)
    return Subject(
        title=title,
        edition=section.edition,
        edition_digest=scored.given.edition.digest,
        invented=inspection.invented,
        home=home,
        noun="This inspection",
        at=timezone.now(),
        dated="As accepted by",
        sources=(*lists, ("What was scored", resting.digest)),
        about=(
            ("inspection", inspection.public_id),
            ("module", section.code),
            ("cases_accepted", resting.accepted),
            ("cases_in_the_sample", resting.sampled),
            ("state_of_the_scores", " ".join(notes)),
            ("inputs_digest", resting.digest),
        ),
        data={
            "title": title,
            "invented": inspection.invented,
            "inspection": inspection.public_id,
            "module": section.code,
            "cases_accepted": resting.accepted,
            "cases_in_the_sample": resting.sampled,
            "provisional": resting.is_provisional,
            "public": False,
            "inputs_digest": resting.digest,
        },
        notes=notes,
        command=shlex.join(["inspectorate", "ratings", "show", inspection.public_id, "--accounts"]),
    )


def provisional(resting: RestsOn) -> str:
    """Return how far the scores are, while cases are still to be accepted; nothing once all are."""
    if not resting.is_provisional:
        return ""
    return f"Provisional: {resting.accepted} of {resting.sampled} cases accepted."
