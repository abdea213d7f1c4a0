"""A second factor set up and used in a browser: an app with one-time codes, and a passkey on a played device."""

import time

import pytest
from allauth.mfa.totp.internal.auth import hotp_value

from inspectorate.people.models import Role, User

pytestmark = pytest.mark.browser
PASSWORD = "a quiet harbour at dusk"  # noqa: S105 - of an invented person


@pytest.fixture
def rhian(transactional_db, settings):  # noqa: ARG001 - it opens the database
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "factors"}}
    user = User(username="rhian", first_name="Rhian", last_name="Lead", email="rhian@example.org")
    user.role = Role.LEAD_INSPECTOR
    user.set_password(PASSWORD)
    user.save()
    return user


def first_step(page, base=""):
    page.goto(f"{base}/sign-in/")
    page.get_by_label("E-mail address").fill("rhian@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.usefixtures("rhian")
def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(page, for_everybody):
    first_step(page)
    page.get_by_role("heading", name="Set up a second factor").wait_for()
    for_everybody(page)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".ins-secret__letters").inner_text().replace(" ", "")
    for_everybody(page)
    if time.time() % 30 > 20:  # the code lives for its half minute alone
        time.sleep(30.1 - time.time() % 30)
    page.get_by_label("The code that the app shows now").fill(f"{hotp_value(secret, int(time.time()) // 30):06}")
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    for_everybody(page)
    code = page.locator(".ins-codes li").first.inner_text()
    page.get_by_role("button", name="I have put them away").click()
    page.wait_for_url("**/my-work/")
    page.goto("/account/")
    for_everybody(page)
    page.get_by_role("button", name="Sign out").click()
    first_step(page)
    page.get_by_role("heading", name="The second step").wait_for()
    for_everybody(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/my-work/")


@pytest.mark.usefixtures("rhian")
def test_a_passkey_is_made_and_signs_in_by_itself(page, server, for_everybody):
    """On localhost: browsers give passkeys to names, not to numbers."""
    base = server.replace("127.0.0.1", "localhost")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    about = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    about |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": about})
    first_step(page, base)
    page.get_by_role("link", name="Add a passkey").click()
    for_everybody(page)
    page.get_by_label("A name for it").fill("Work laptop")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    page.get_by_role("button", name="I have put them away").click()
    page.goto(f"{base}/account/")
    page.get_by_text("Passkey: Work laptop").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()
    first_step(page, base)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/my-work/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{base}/sign-in/passkey/")
    for_everybody(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/my-work/")
    page.goto(f"{base}/account/again/passkey/?next=/account/")
    for_everybody(page)
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/account/")
    page.get_by_role("link", name="Take away Work laptop").click()
    page.get_by_role("button", name="Take it away").click()
    page.get_by_text("add another first").wait_for()
