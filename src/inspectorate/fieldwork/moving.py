"""Moving an assessment from state to state, by the verbs of its life: what each action that does so needs."""

from collections.abc import Sequence
from datetime import UTC, datetime

from inspectorate.fieldwork.models import Assessment
from inspectorate.fieldwork.refusals import RefusedError
from inspectorate.fieldwork.standing import Standing
from inspectorate.methodology.lifecycle import ASSESSMENT
from inspectorate.people.access import Person
from inspectorate.record.actions import append

NAMED_AT_MOST = 12


def after_submitting(held: Assessment, standing: Standing, verb: str = "submit") -> str:
    """Return the state after a verb that needs every answer, or refuse and name what is missing."""
    holds = {
        *(() if standing.missing else ("answers_complete",)),
        *(() if standing.conflicts else ("answers_settled",)),
    }
    try:
        return ASSESSMENT.after(verb, state=held.state, holds=holds)
    except RefusedError as refused:
        lacking = [question.code for question in standing.missing] or [code for code, _ in standing.conflicts]
        if refused.code in {"answers-missing", "answers-in-conflict"}:
            raise RefusedError(refused.code, f"{refused.sentence} {_named(lacking)}") from refused
        raise


def _named(codes: Sequence[str]) -> str:
    more = len(codes) - NAMED_AT_MOST
    return f"({', '.join(codes[:NAMED_AT_MOST])}{f' and {more} more' if more > 0 else ''})"


def held_assessment(assessment: Assessment) -> Assessment:
    """Return an assessment with its case, locked until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related(
        "case__case_list__inspection", "case__holder", "case__home", "case__host"
    )
    return rows.get(pk=assessment.pk)


def reason_held(why: str) -> tuple[str, ...]:
    """Return the condition that a reason meets."""
    return ("reason_given",) if why.strip() else ()


def moved(
    held: Assessment, verb: str, state: str, *, person: Person, payload: dict[str, object] | None = None, why: str = ""
) -> Assessment:
    """Put a locked assessment into a state and record the verb."""
    before, held.state, held.state_at = held.state, state, datetime.now(UTC)
    held.save(update_fields=["state", "state_at"])
    append(
        stream=held.case.case_list.inspection.name,
        by=person.name,
        verb=f"assessment.{verb}",
        subject=held.name,
        payload={"from": before, "to": state, **(payload or {})},
        why=why.strip(),
    )
    return held
