"""What the tests of people share: limits that begin at nought for every test, and a password that somebody has."""

import pytest

PASSWORD = "a quiet harbour at dusk"  # noqa: S105 - of an invented person


@pytest.fixture(autouse=True)
def own_counters(settings, request):
    """Attempts are counted for each test alone."""
    counters = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.nodeid}
    settings.CACHES = {"default": counters}


@pytest.fixture
def rhian(people, lead):
    """A lead inspector who has set a password."""
    user = people[lead]
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def password():
    return PASSWORD
