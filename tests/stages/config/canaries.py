"""F42, F53: a canary in each field that not everybody may read, and for whom the rules allow it to appear.

The access matrix asks for every page as everybody; every byte that comes out, files too, is looked through for them.
"""

import io
import re
import zipfile
from datetime import UTC, datetime

from inspectorate.fieldwork.models import Assessment, Entry
from inspectorate.inspections.models import EvidenceVersion
from inspectorate.people.access import OWN_CASE, RULES
from inspectorate.people.access_table import FIELDS
from inspectorate.people.models import Alarm, Tie
from inspectorate.quality.models import Decision
from inspectorate.ratings.models import Judgement, PanelMove
from inspectorate.record.actions import append
from inspectorate.reports.models import Recommendation, SectionVersion

AT = datetime.now(UTC)
CANARY = re.compile(rb"canary-([a-z]+)-([a-z]+)")
INITIALS = re.compile(rb"Zq([a-z]+)Zq")
WHOSE = "lead inspector"
"""The planted case is allocated to the lead: of the team, nobody else but the chief reads its assessment."""

FOR = {code: rules for code, (_, rules) in FIELDS.items()}
"""By the kind of canary, the rules of which one is needed to see it: as the page "why may I" tells everybody."""


def plant(world):
    """Write a canary into each field of both inspections."""
    for where, inspection in world.inspections.items():
        case = world.cases.get((where, WHOSE))
        if case is not None:
            _plant_case(case, where, world.users[WHOSE])
        _plant_texts(inspection, where, world.users)
    Tie.objects.filter(kind=Tie.Kind.FAMILY).update(note="canary-interest-all")


def _plant_case(case, where, lead):
    case.reference, case.practitioner = f"canary-reference-{where}", f"Zq{where[:5]}Zq"
    case.save()
    about = {"assessor_kind": "user", "assessor_id": lead.public_id, "edition": "iaow/2013", "edition_digest": "0" * 64}
    held = Assessment.objects.create(case=case, begun_at=AT, state="returned", state_at=AT, **about)
    Entry.objects.create(
        public_id=f"{case.pk:032x}",
        assessment=held,
        device=f"d-{where}",
        counter=1,
        question="A01",
        part="note",
        text=f"canary-evidence-{where}",
        device_time=AT,
        received_at=AT,
        batch="1" * 32,
        hash="0" * 64,
    )
    by = {"decided_by_kind": "user", "decided_by_id": lead.public_id, "decided_at": AT}
    Decision.objects.create(assessment=held, verdict="returned", reason=f"canary-decision-{where}", **by)


def _plant_texts(inspection, where, users):
    lead = users[WHOSE]
    written = {"written_at": AT, "written_by_kind": "user", "written_by_id": lead.public_id, "written_by_name": "L"}
    SectionVersion.objects.create(
        inspection=inspection, section="introduction", number=1, text=f"canary-section-{where}", **written
    )
    Recommendation.objects.create(
        inspection=inspection, place=1, text=f"canary-recommendation-{where}", addressee="Somebody"
    )
    judged = {"judged_by_kind": "user", "judged_by_id": lead.public_id, "judged_at": AT, "number": 1}
    Judgement.objects.create(
        inspection=inspection, standard="1", rating="", reason=f"canary-judgement-{where}", **judged
    )
    PanelMove.objects.create(
        inspection=inspection,
        standard="1",
        from_level="a",
        to_level="b",
        reason=f"canary-move-{where}",
        grounds=["x"],
        basis={},
        proposed_by_kind="user",
        proposed_by_id=lead.public_id,
        proposed_by_name="L",
        proposed_at=AT,
    )
    about = {"edition": "iaow/2013", "standard": "1", "number": 1, "given": True, "rating": "x", "reasons": "x"}
    saved = {
        "body": inspection.body,
        "saved_at": AT,
        "saved_by_kind": "user",
        "saved_by_id": users["body contact"].public_id,
    }
    EvidenceVersion.objects.create(inspection=inspection, text=f"canary-given-{where}", **about, **saved)
    note = {"verb": "note.made", "subject": inspection.name, "payload": {}, "why": f"canary-why-{where}"}
    append(stream=inspection.name, by=lead.name, **note)
    Alarm.objects.create(
        reader=users["inspector"],
        inspection=inspection.public_id,
        kind="many",
        day=AT.date(),
        raised_at=AT,
        answer=f"canary-alarm-{where}",
        answered_at=AT,
        answered_by=lead,
    )


def inside(answer):
    """Return every byte of an answer: the parts of an archive unpacked, and what stands in its headers."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            content = b"\n".join(held.read(name) for name in held.namelist())
    return content + repr(answer.headers).encode()


def seen_in(answer):
    """Return the canaries of an answer: pairs of kind and inspection."""
    content = inside(answer)
    found = {(kind.decode(), where.decode()) for kind, where in CANARY.findall(content)}
    return found | {("initials", where.decode()) for where in INITIALS.findall(content)}


def may_see(kind, held, name, role):
    """Say whether the rules let somebody see a canary, by what ties them to the inspection in which it stands."""
    ties = held if name == WHOSE else held - {OWN_CASE}
    return any((role, tie) in RULES[rule].allowed for rule in FOR[kind] for tie in ("", *ties))
