"""Sessions: whose each is stands in its row, so that all of somebody's end at once, and they see them listed."""

import time
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from inspectorate.record.ids import new_public_id

ABOUT, PROVED = "signed_in", "proved_at"
PROOF_HOLDS = 10 * 60
"""Seconds after which somebody says once more who they are before a grave act."""


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with the person, the place and the browser beside them."""

    @classmethod
    def get_model_class(cls) -> type:
        """Return our table."""
        from inspectorate.people.models import Session  # noqa: PLC0415 - models are loaded after settings

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row as it is kept."""
        made = super().create_model_instance(data)
        about = data.get(ABOUT)
        if about and data.get("_auth_user_id"):
            made.user_id = int(data["_auth_user_id"])
            made.public_id, made.place, made.browser = about["id"], about["place"], about["browser"]
            made.began_at = datetime.fromisoformat(about["at"])
        return made


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

    return Session.objects.filter(user=user).exclude(session_key=but or "").delete()[0]
