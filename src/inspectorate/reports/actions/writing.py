"""Writing a section: every saving is a version, and nothing that somebody wrote is written over."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from inspectorate.inspections.actions import require_in
from inspectorate.inspections.models import Inspection
from inspectorate.people.access import Person
from inspectorate.record.actions import append
from inspectorate.reports.figures import unknown_in
from inspectorate.reports.models import SectionVersion
from inspectorate.reports.queries import building_of
from inspectorate.reports.refusals import Refusal, RefusedError
from inspectorate.reports.states import refuse_unless_written


@dataclass(frozen=True)
class Written:
    """The text of a section as somebody hands it in.

    ``after`` is the public id of the version that they had before them, empty for none; ``settles`` that of another
    one beside it, where they decide between two.
    """

    section: str
    text: str
    after: str = ""
    settles: str = ""
    language: str = "en"


@transaction.atomic
def write_section(*, inspection: Inspection, written: Written, by: tuple[str, str]) -> SectionVersion:
    """Keep a text of a section as its newest version, and return it.

    Where somebody else has written since, both texts stand side by side until a person decides. A text that is current
    already is returned as it is, so that a second sending changes nothing. Refused: a report that is not being
    written; a section or a version that there is not; a figure that there is not, with the nearest.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    person = require_in(inspection=held, action="report.write", by=by)
    refuse_unless_written(held)
    building = building_of(held)
    if written.section not in {section.code for section in building.sections}:
        sentence = f"A report of this edition has no section '{written.section}': choose one from the list."
        raise RefusedError(Refusal.SECTION_UNKNOWN, sentence)
    text = "\n".join(line.rstrip() for line in written.text.splitlines()).strip()
    faults = unknown_in(text, building.figures)
    if faults:
        raise RefusedError(Refusal.FIGURE_UNKNOWN, " ".join(faults))
    kept = SectionVersion.objects.filter(inspection=held, section=written.section, language=written.language)
    current = [v for v in building.versions if (v.section, v.language) == (written.section, written.language)]
    after, settles = _version(kept, written.after), _version(kept, written.settles)
    decides = settles is not None and after in current and settles in current
    same = next((version for version in current if text in (version.text, after and after.text)), None)
    if same is not None and not decides:
        return same
    if not current and not text:
        raise RefusedError(Refusal.TEXT_MISSING, "There is nothing to keep yet: write something first.")
    version = _kept(held, written, text, person)
    version.after, version.settles = after, settles
    version.number = (kept.aggregate(last=Max("number"))["last"] or 0) + 1
    version.save()
    append(
        stream=held.name,
        by=by,
        verb="report.written",
        subject=("section-version", version.public_id),
        payload={
            "section": version.section,
            "language": version.language,
            "number": version.number,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
        },
    )
    return version


def _version(kept: "QuerySet[SectionVersion]", public_id: str) -> SectionVersion | None:
    if not public_id:
        return None
    found = kept.filter(public_id=public_id).first()
    if found is None:
        sentence = "The version that this text comes after is not there: open the section again, and copy your text in."
        raise RefusedError(Refusal.VERSION_UNKNOWN, sentence)
    return found


def _kept(inspection: Inspection, written: Written, text: str, person: Person) -> SectionVersion:
    return SectionVersion(
        inspection=inspection,
        section=written.section,
        language=written.language,
        text=text,
        written_at=datetime.now(UTC),
        written_by_kind=person.name[0],
        written_by_id=person.name[1],
        written_by_name=person.full_name,
    )
