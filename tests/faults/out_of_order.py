"""What does not work, for the tests of what happens then."""

from django.core.mail.backends.base import BaseEmailBackend


class NoEmail(BaseEmailBackend):
    """Sends nothing, as a server that is away."""

    def send_messages(self, _messages):
        """Fail."""
        raise ConnectionRefusedError("no e-mail today")
