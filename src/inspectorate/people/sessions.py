"""Sessions: whose each is stands in its row, so that all of somebody's end at once, and they see them listed."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models import Exists
from django.http import HttpRequest, QueryDict

from inspectorate.record.ids import new_public_id
from inspectorate.record.prepared import Question

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from inspectorate.people.models import Session, User

ABOUT, PROVED = "signed_in", "proved_at"
METHODS = "account_authentication_methods"
"""Where allauth keeps in a session by what somebody signed in."""
NOTED_EVERY = 12
"""A session that is used is written down once in so many parts of the time for which it may lie idle: to write at
every page would cost more than the page."""
PROOF_HOLDS = 10 * 60
"""Seconds after which somebody says once more who they are before a grave act."""
WAITING = "account_reauthentication_state"
"""Where allauth keeps in a session what was sent, while somebody says once more who they are."""
WAITS_FOR = 15 * 60
"""Seconds for which that waits; then it is gone, and has to be sent again."""


def _session(*, key: str, now: datetime) -> "QuerySet[Session]":
    """Ask for a session with whose it is, and whether they have a second factor."""
    from inspectorate.people.factors import of_user  # noqa: PLC0415 - models are loaded after settings
    from inspectorate.people.models import Session  # noqa: PLC0415 - the same

    found = Session.objects.filter(session_key=key, expire_date__gt=now).select_related("user")
    return found.annotate(has_factor=Exists(of_user("user")))


SESSION = Question(_session)


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with the person, the place and the browser beside them."""

    owner: "User | None" = None
    """Whose session it is, as it was when the session was read."""

    def _get_session_from_db(self) -> Any:
        """Return the row, and keep whose it is, who was read with it: see ``sign_in.Recognise``."""
        found = SESSION.objects(key=self.session_key or "", now=datetime.now(UTC))
        if not found:
            self._session_key = None
            return None
        self.owner = found[0].user
        if self.owner is not None:
            self.owner.has_factor = found[0].has_factor  # type: ignore[attr-defined]  # as ``with_factor`` annotates it
        return found[0]

    @classmethod
    def get_model_class(cls) -> type:
        """Return our table."""
        from inspectorate.people.models import Session  # noqa: PLC0415 - models are loaded after settings

        return Session

    def get_expiry_date(self, **given: Any) -> datetime:
        """Return when it ends unless it is used before: idle for too long, or signed in for as long as is allowed."""
        now = datetime.now(UTC)
        about = self.get(ABOUT)
        if not about:
            return super().get_expiry_date(**given)  # type: ignore[no-any-return] - of a visitor, by Django's rule
        last = datetime.fromisoformat(about["at"]) + timedelta(hours=settings.SESSION_HOURS)
        return min(last, now + timedelta(minutes=settings.IDLE_MINUTES))

    def load(self) -> dict[str, Any]:
        """Return what it holds; where it is used again after a while, write down that it was."""
        row = self._get_session_from_db()
        held: dict[str, Any] = self.decode(row.session_data) if row else {}
        if WAITING in held and not 0 <= time.time() - held[WAITING].get("at", 0) < WAITS_FOR:
            del held[WAITING]
            self.modified = True  # so that it is gone from the row as well
        if row and held.get(ABOUT):
            self._note_use(row, held[ABOUT]["at"])
        return held

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Write it down; of a request that waits what was sent and where to, and nothing else that came with it."""
        kept = session_dict
        if "request" in session_dict.get(WAITING, {}):
            kept = session_dict | {WAITING: _as_it_waits(session_dict[WAITING])}
        return super().encode(kept)  # type: ignore[no-any-return] - Django has no types

    def _note_use(self, row: Any, began: str) -> None:
        """Move its end on, if a part of the time has gone by; the row alone, so that nothing in it is overwritten."""
        idle = timedelta(minutes=settings.IDLE_MINUTES)
        last = datetime.fromisoformat(began) + timedelta(hours=settings.SESSION_HOURS)
        ends = min(last, datetime.now(UTC) + idle)
        if ends - row.expire_date < idle / NOTED_EVERY:
            return
        try:
            with transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(expire_date=ends)
        except DatabaseError:
            return  # it cannot be written just now: the page can be read all the same, and the session ends sooner

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row as it is kept."""
        made = super().create_model_instance(data)
        about = data.get(ABOUT)
        if about and data.get("_auth_user_id"):
            made.user_id = int(data["_auth_user_id"])
            made.public_id, made.place, made.browser = about["id"], about["place"], about["browser"]
            made.began_at = datetime.fromisoformat(about["at"])
        return made


def _as_it_waits(state: dict[str, Any]) -> dict[str, Any]:
    """Return a request without its headers, cookies, addresses and token, and with the time at which it came."""
    sent = json.loads(state["request"])
    words = QueryDict(sent["POST"], mutable=True)
    words.pop("csrfmiddlewaretoken", None)
    sent |= {"META": {}, "POST": words.urlencode()}
    return {"request": json.dumps(sent), "at": state.get("at", time.time())}


def take_up_again(request: HttpRequest) -> None:
    """Give what waits the headers and the address of the request that takes it up: its own were not kept."""
    state = request.session.get(WAITING, {})
    if "request" not in state:
        return
    sent = json.loads(state["request"])
    now = {name: value for name, value in request.META.items() if isinstance(value, str)}
    of_its_own = {"REQUEST_METHOD": sent["method"], "PATH_INFO": sent["path_info"], "QUERY_STRING": sent["GET"]}
    request.session[WAITING] = state | {"request": json.dumps(sent | {"META": now | of_its_own})}


def note_sign_in(request: HttpRequest, place: str | None) -> None:
    """Write into the session that somebody signed in with it just now: by that they have proved who they are."""
    request.session[ABOUT] = {
        "id": new_public_id(),
        "at": datetime.now(UTC).isoformat(),
        "place": place,
        "browser": request.headers.get("User-Agent", "")[:200],
    }
    note_proof(request)


def note_proof(request: HttpRequest) -> None:
    """Write down that whoever asks has proved who they are, by password or second factor, just now."""
    request.session[PROVED] = time.time()


def proved_lately(request: HttpRequest) -> bool:
    """Say whether whoever asks proved who they are within the last ten minutes."""
    return 0 <= time.time() - request.session.get(PROVED, 0) < PROOF_HOLDS


def end_sessions(user: Any, *, but: str | None = None) -> int:
    """Delete every session of a user, but for that with the key ``but``; return how many there were."""
    from inspectorate.people.models import Session  # noqa: PLC0415 - models are loaded after settings

    ended: int = Session.objects.filter(user=user).exclude(session_key=but or "").delete()[0]
    note_ended(user, ended)
    return ended


def end_oldest_sessions(user: Any) -> int:
    """End the oldest sessions of somebody who signs in once more, so that with the new one they have no more than may.

    Invented people are shared by all who try the demonstration, each with a session of their own.
    """
    from inspectorate.people.models import Session  # noqa: PLC0415 - models are loaded after settings

    if user.demonstration:
        return 0
    newest = Session.objects.filter(user=user, expire_date__gt=datetime.now(UTC)).order_by("-began_at", "-pk")
    oldest = list(newest.values_list("pk", flat=True)[max(0, settings.SESSIONS_AT_ONCE - 1) :])
    ended: int = Session.objects.filter(pk__in=oldest).delete()[0] if oldest else 0
    note_ended(user, ended)
    return ended


def note_ended(user: Any, ended: int) -> None:
    """Write into the security log that so many sessions of somebody were ended."""
    from inspectorate.people.security import Kind, note  # noqa: PLC0415 - models are loaded after settings

    if ended:
        note(Kind.SESSIONS_ENDED, user=user, about="sessions", detail=f"{ended} ended")
