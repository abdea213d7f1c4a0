"""How the evidence of an inspection stands, standard by standard, as those who ask may see it.

A draft is the body's own: inspectors see what was given, and nothing of what is being written.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from inspectorate.inspections.evidence.standards import Asked, asked_standards
from inspectorate.inspections.models import Attachment, EvidenceVersion, Inspection, Mark
from inspectorate.people.models import User
from inspectorate.register.models import Body

SEEN, AGREED, CHALLENGED = Mark.Kind.SEEN.value, Mark.Kind.AGREED.value, Mark.Kind.CHALLENGED.value
STATES: dict[str, tuple[str, str]] = {
    "missing": ("Not given yet", "plain"),
    "draft": ("Draft, not given yet", "care"),
    "given": ("Given", "action"),
    SEEN: ("Seen", "action"),
    AGREED: ("Agreed", "action"),
    CHALLENGED: ("Challenged", "care"),
    "answered": ("Challenge answered", "care"),
}
"""How a standard stands: the words and the tone of the tag."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one standard stands with one body: the latest version that may be seen, the latest given, its mark."""

    asked: Asked
    body: Body
    latest: EvidenceVersion | None = None
    given: EvidenceVersion | None = None
    mark: Mark | None = None

    @property
    def state(self) -> str:
        """The code of how it stands, one of ``STATES``."""
        if self.given is None:
            return "draft" if self.latest else "missing"
        if self.mark is None:
            return "given"
        answered = self.mark.kind == CHALLENGED and hasattr(self.mark, "answer")
        return "answered" if answered else self.mark.kind

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return STATES[self.state][1]

    @property
    def being_changed(self) -> bool:
        """Whether a change of what was given is being written."""
        return bool(self.given and self.latest and self.latest.number > self.given.number)

    @property
    def rating(self) -> str:
        """How the body rates its own work, in words, as given."""
        words = self.asked.rating(self.given.rating) if self.given else None
        return words.en if words else ""


def standings(inspection: Inspection, bodies: Sequence[Body], *, drafts: bool) -> list[Standing]:
    """Return how each standard stands with each body; ``drafts`` says whether what is being written may be seen.

    Three queries.
    """
    versions = _versions(inspection, bodies, drafts=drafts).defer("text", "reasons")
    by_key: dict[tuple[int, str, str], list[EvidenceVersion]] = {}
    for version in versions.annotate(files=Count("attachments")):
        by_key.setdefault((version.body_id, version.edition, version.standard), []).append(version)
    latest_given = [one.pk for held in by_key.values() if (one := _latest_given(held))]
    marks = {mark.version_id: mark for mark in _marks(latest_given)}
    asked_for = asked_standards(inspection)
    return [
        _standing(asked, body, by_key.get((body.pk, *asked.key), []), marks) for body in bodies for asked in asked_for
    ]


def _standing(asked: Asked, body: Body, versions: Sequence[EvidenceVersion], marks: dict[int, Mark]) -> Standing:
    given = _latest_given(versions)
    return Standing(asked, body, versions[-1] if versions else None, given, marks.get(given.pk) if given else None)


def _versions(inspection: Inspection, bodies: Sequence[Body], *, drafts: bool) -> QuerySet[EvidenceVersion]:
    versions = inspection.evidence.filter(body__in=bodies).order_by("number")
    return versions if drafts else versions.filter(given=True)


def _latest_given(versions: Iterable[EvidenceVersion]) -> EvidenceVersion | None:
    return next((one for one in sorted(versions, key=lambda one: -one.number) if one.given), None)


def _marks(versions: Collection[int]) -> QuerySet[Mark]:
    return Mark.objects.filter(version__in=versions).select_related("answer").order_by("number")


@dataclass(frozen=True, slots=True)
class Said:
    """One version with what was said of it: its files, marks in order, and who wrote each, by name."""

    version: EvidenceVersion
    rating: str
    files: Sequence[Attachment]
    marks: Sequence[Mark]

    @property
    def challenge(self) -> Mark | None:
        """The challenge of this version, if there is one."""
        return next((mark for mark in self.marks if mark.kind == CHALLENGED), None)


@dataclass(frozen=True, slots=True)
class Thread:
    """All that may be seen of one standard: how it stands, every version with what was said of it, latest first."""

    standing: Standing
    said: Sequence[Said]
    names: dict[str, str]

    @property
    def given(self) -> Said | None:
        """The version that holds for the inspectors."""
        return next((one for one in self.said if one.version.given), None)

    @property
    def latest(self) -> Said | None:
        """The latest version, given or not."""
        return self.said[0] if self.said else None


def thread(inspection: Inspection, asked: Asked, body: Body, *, drafts: bool) -> Thread:
    """Return all that may be seen of one standard of one body, in four queries at most."""
    edition, standard = asked.key
    versions = list(_versions(inspection, [body], drafts=drafts).filter(edition=edition, standard=standard))
    marks: dict[int, list[Mark]] = {}
    for mark in _marks([one.pk for one in versions]):
        marks.setdefault(mark.version_id, []).append(mark)
    attached = Attachment.objects.filter(version__in=versions).select_related("file").defer("file__content")
    files: dict[int, list[Attachment]] = {}
    for one in attached.order_by("pk"):
        files.setdefault(one.version_id, []).append(one)
    said = [Said(one, _rating(asked, one), files.get(one.pk, []), marks.get(one.pk, [])) for one in reversed(versions)]
    given = _latest_given(versions)
    mark = marks[given.pk][-1] if given and given.pk in marks else None
    standing = Standing(asked, body, versions[-1] if versions else None, given, mark)
    return Thread(standing, said, _names(versions, [mark for found in marks.values() for mark in found]))


def _rating(asked: Asked, version: EvidenceVersion) -> str:
    words = asked.rating(version.rating)
    return words.en if words else ""


def _names(versions: Iterable[EvidenceVersion], marks: Iterable[Mark]) -> dict[str, str]:
    """Return the names of those who wrote, by their public ids."""
    ids = {version.saved_by_id for version in versions}
    for mark in marks:
        ids |= {mark.marked_by_id} | ({mark.answer.answered_by_id} if hasattr(mark, "answer") else set())
    return {user.public_id: user.full_name for user in User.objects.filter(public_id__in=ids)} if ids else {}


def attachment_seen_by(
    inspection: Inspection, bodies: Sequence[Body], public_id: str, *, drafts: bool
) -> Attachment | None:
    """Return a file of these bodies, with its bytes, if those who ask may see the version that it stands in."""
    inside = Attachment.objects.filter(version__inspection=inspection, version__body__in=bodies)
    found = inside.filter(public_id=public_id).select_related("file")
    return (found if drafts else found.filter(version__given=True)).first()
