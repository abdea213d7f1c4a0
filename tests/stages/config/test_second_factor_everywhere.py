"""Until a second factor is set up nothing opens: every route that has a rule is asked for by people who lack one."""

import pytest

from inspectorate.people.factors import Authenticator
from tests.stages.config.access_world import KINDS, OWN, Asking, make_world
from tests.stages.config.test_access_matrix import RULED, address, ask

WHILE_ENROLLING = frozenset(
    {
        "account",
        "account_change_password",
        "add_app",
        "add_passkey",
        "end_other_sessions",
        "end_session",
        "second_factor",
    }
)
"""Where one is set up, and one's own password and sessions: nothing of anybody's case."""
SIGNING_IN = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind, about in KINDS.items() if about.signed_in])
def test_nothing_opens_to_somebody_of_any_kind_before(kind):
    world = make_world()
    Authenticator.objects.all().delete()
    opened = []
    for route in RULED:
        if route.name in WHILE_ENROLLING | SIGNING_IN:
            continue
        answer = ask(world.clients[kind], address(route, Asking(world, kind, OWN))[0])
        if answer.status_code != 302 or not answer["Location"].startswith("/account/second-factor/"):
            opened.append(f"{route.name}: {answer.status_code}")
    assert opened == []
