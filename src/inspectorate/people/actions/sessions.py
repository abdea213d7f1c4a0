"""Sessions: ended by whoever they are of."""

from django.db import transaction

from inspectorate.people.access import NotAllowedError, require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.models import User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.people.sessions import end_sessions
from inspectorate.record.actions import append


@transaction.atomic
def end_session(*, user: User, session: str, by: tuple[str, str]) -> None:
    """End one session of one's own, named by its public id. Refused: one that has ended."""
    _refuse_others(user, by)
    if not user.sessions.filter(public_id=session).delete()[0]:
        raise RefusedError(Refusal.ENDED_ALREADY, "That session has ended already.")
    append(stream=STREAM, by=by, verb="people.sessions_ended", subject=user.name, payload={"sessions_ended": 1})


@transaction.atomic
def end_other_sessions(*, user: User, but: str | None, by: tuple[str, str]) -> int:
    """End every session of one's own but that with the key ``but``; return how many there were."""
    _refuse_others(user, by)
    ended = end_sessions(user, but=but)
    if ended:
        append(stream=STREAM, by=by, verb="people.sessions_ended", subject=user.name, payload={"sessions_ended": ended})
    return ended


def _refuse_others(user: User, by: tuple[str, str]) -> None:
    require(by, "account.own")
    if by != user.name and by[0] != "system":
        raise NotAllowedError("Sessions are ended by whoever they are of, or all at once when somebody leaves.")
