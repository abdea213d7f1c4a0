"""Somebody leaves: what they had in an inspection goes to another, and what they wrote is kept."""

from dataclasses import dataclass

from django.db import transaction

from inspectorate.fieldwork.actions.allocating import allocate_cases
from inspectorate.fieldwork.actions.bad_days import hand_over
from inspectorate.fieldwork.fitting import ALLOCATING
from inspectorate.fieldwork.queries import WRITABLE, held_in, live_assessment
from inspectorate.fieldwork.refusals import Refusal, RefusedError
from inspectorate.inspections.actions import leave_team, require_in
from inspectorate.inspections.models import Inspection, TeamMember
from inspectorate.people.models import User
from inspectorate.record.actions import append


@dataclass(frozen=True)
class HandedOver:
    """What became of the cases of somebody who left: how many went over, how many stay as they are, those refused."""

    cases: int
    kept: int
    refused: tuple[str, ...]


@transaction.atomic
def hand_over_all(*, member: TeamMember, to: User | None, why: str, by: tuple[str, str]) -> HandedOver:
    """Give every open case of somebody to another of the team, and end their part in it.

    What is handed in or decided stays theirs. A case that the other cannot take, as with an interest, is told by name
    and waits for somebody else; so do all where ``to`` is nobody. Refused: no reason; the same person; who left it.
    """
    inspection = Inspection.objects.select_for_update().get(pk=member.inspection_id)
    person = require_in(inspection=inspection, action="case.allocate", by=by)
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why it is handed over, for whoever reads this later.")
    if to is not None and to.pk == member.user_id:
        raise RefusedError(Refusal.ALREADY_ALLOCATED, f"{to.full_name} has all of it already: choose somebody else.")
    to = User.objects.get(pk=to.pk) if to else None  # as they are by now
    moved, kept, refused = 0, 0, []
    open_ = inspection.state in ALLOCATING and to is not None
    for allocation in held_in(inspection, [member.user_id]) if open_ else ():
        case, live = allocation.case, live_assessment(allocation.case)
        if live is not None and live.state not in WRITABLE:
            kept += 1
            continue
        try:
            with transaction.atomic():
                if live is not None and live.assessor == member.user.name:
                    hand_over(assessment=live, to=to, why=why, by=by)
                elif found := allocate_cases(inspection=inspection, wishes=[(case, to)], by=by, why=why).refused:
                    refused.append(found[0].sentence)
                    continue
            moved += 1
        except RefusedError as error:
            refused.append(error.sentence)
    leave_team(member=member, why=why, by=by)
    told = {"cases": moved, "kept": kept, "refused": len(refused), "to": to.public_id if to else None}
    append(stream=inspection.name, by=person.name, verb="team.handed-over", subject=member.user.name, payload=told)
    return HandedOver(moved, kept, tuple(refused))
