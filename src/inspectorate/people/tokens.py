"""The links by which somebody sets a password: dead once used, after three days, and when their access ends."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class Links(PasswordResetTokenGenerator):
    """Django's, and besides: a link that was sent before somebody left works no longer, not even when they are back."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        ended = user.access_ended_at.timestamp() if user.access_ended_at else ""
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}{ended}"


links = Links()
