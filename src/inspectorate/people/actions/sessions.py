"""Sessions: ended by whoever they are of."""

from django.db import transaction

from inspectorate.people.access import NotAllowedError, require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.models import User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.people.sessions import end_sessions, note_ended
from inspectorate.record.actions import append


@transaction.atomic
def end_session(*, user: User, session: str, by: tuple[str, str]) -> None:
    """End one session of one's own, named by its public id. Refused: one that has ended."""
    _refuse_others(user, by)
    if not user.sessions.filter(public_id=session).delete()[0]:
        raise RefusedError(Refusal.ENDED_ALREADY, "That session has ended already.")
    note_ended(user, 1)
    append(stream=STREAM, by=by, verb="people.sessions_ended", subject=user.name, payload={"sessions_ended": 1})


@transaction.atomic
def end_other_sessions(*, user: User, but: str | None, by: tuple[str, str]) -> int:
    """End every session of one's own but that with the key ``but``; return how many there were."""
    _refuse_others(user, by)
    ended = end_sessions(user, but=but)
    if ended:
        append(stream=STREAM, by=by, verb="people.sessions_ended", subject=user.name, payload={"sessions_ended": ended})
    return ended


@transaction.atomic
def end_sessions_of(*, user: User, why: str, by: tuple[str, str]) -> int:
    """End every session of somebody else, whose account stays open; return how many there were.

    For a telephone that was lost, or a sign-in that was not theirs. Refused: no reason; none that is open.
    """
    require(by, "people.manage")
    if not why.strip():
        raise RefusedError(Refusal.REASON_MISSING, "Say why: such as a telephone that was lost.")
    held = User.objects.select_for_update().get(pk=user.pk)
    ended = end_sessions(held)
    if not ended:
        raise RefusedError(Refusal.ENDED_ALREADY, f"{held.full_name} is signed in nowhere.")
    told = {"sessions_ended": ended}
    append(stream=STREAM, by=by, verb="people.sessions_ended", subject=held.name, payload=told, why=why.strip())
    return ended


def _refuse_others(user: User, by: tuple[str, str]) -> None:
    require(by, "account.own")
    if by != user.name and by[0] != "system":
        raise NotAllowedError("Sessions are ended by whoever they are of, or all at once when somebody leaves.")
