"""The browser test ground: the real application, in a real browser, on loopback alone.

A test says ``page.goto("/bodies/")`` and asks for what it needs: ``axe`` (accessibility), ``no_overflow`` (a small
phone), ``for_everybody`` (both, wide and narrow, light and dark), ``tab_through`` (keyboard alone), ``transferred``
(bytes), ``screenshot`` (a person looks at it). What it then expects it says with ``expect``, which waits for the page.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect, sync_playwright

# Playwright keeps an event loop running in this thread; Django's ORM is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# What is expected comes at once, or on a busy machine later: waiting longer costs only the test that fails.
expect.set_options(timeout=30_000)

HERE = Path(__file__).parent
WIDE, PHONE, SMALL_PHONE = 1280, 375, 320
MOST_BYTES = 150_000
LOOPBACK = {"127.0.0.1", "localhost"}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only what is wrong is described, and nothing is loaded again to be looked at: no rule of these needs it.
AXE = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"], "preload": False}
ALONE = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory, django_db_setup):  # noqa: ARG001 - the database comes first
    """The address of the application, with its static files collected, hashed and compressed as they are in use."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "127.0.0.1"]):
        call_command("collectstatic", interactive=False, verbosity=0)
        thread = LiveServerThread("127.0.0.1", lambda application: application)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, which may reach nothing but loopback."""
    # Chromium refuses its sandbox to root, as in a container.
    words = ALONE + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=words)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, server, transactional_db):  # noqa: ARG001 - the server answers from the test's database
    """A page in a browser of its own, 1280 wide; at the end nothing left loopback, failed, or was blocked."""
    context = browser.new_context(base_url=server, viewport={"width": WIDE, "height": 900}, locale="en-GB")
    asked, faults = [], []
    context.on("request", lambda request: asked.append(request.url))
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert [url for url in asked if urlsplit(url).hostname not in LOOPBACK and not url.startswith("data:")] == []
    assert faults == []


def _readable(violation):
    nodes = "".join(
        f"\n    {node['target'][0]}: {node['failureSummary'].splitlines()[-1].strip()}" for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}{nodes}"


@pytest.fixture
def axe():
    """Check the page as it stands against WCAG 2.2 AA; what is wrong is listed by rule and element."""
    engine = (HERE / "vendor/axe.min.js").read_text("utf-8")

    def check(page):
        page.wait_for_load_state()
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(engine)
        found = page.evaluate("how => axe.run(document, how)", AXE)
        violations = [_readable(violation) for violation in found["violations"]]
        assert not violations, f"{page.url}\n" + "\n".join(violations)

    return check


@pytest.fixture
def for_everybody(axe, no_overflow):
    """Check the page as it stands: wide and light, small and dark, and that it never scrolls sideways.

    No style sheet tells a phone 375 wide from one 320 wide (test_look.py), so one of them is looked at.
    """

    def check(page):
        axe(page)
        page.emulate_media(color_scheme="dark")
        no_overflow(page)
        page.set_viewport_size({"width": SMALL_PHONE, "height": 700})
        axe(page)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": WIDE, "height": 900})

    return check


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Make rows that take long to make the first time; each later time the database is given as it was left then."""
    folder = tmp_path_factory.mktemp("rows")

    def give(make):
        kept = folder / f"{make.__module__}.{make.__name__}.sqlite3"
        connection.ensure_connection()
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
            return
        make()
        with closing(sqlite3.connect(kept)) as copy:
            connection.connection.backup(copy)

    return give


@pytest.fixture
def screenshot():
    """Write the whole page as an image, wide and as on a phone, to var/screenshots, for a person to look at.

    Nothing is written unless INSPECTORATE_SCREENSHOTS is 1, as script/look says.
    """
    folder = settings.CHECKOUT / "var/screenshots"

    def take(page, name):
        if not settings.SCREENSHOTS:
            return
        page.wait_for_load_state()
        folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for width in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size(before)

    return take


@pytest.fixture
def no_overflow():
    """Check that the page never scrolls sideways, 320 px wide; the elements that stick out are named."""

    def check(page):
        page.wait_for_load_state()
        before = page.viewport_size
        page.set_viewport_size({"width": SMALL_PHONE, "height": 700})
        out = page.evaluate(
            """() => { const most = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= most) return [];
            const all = [...document.querySelectorAll('body *')];
            const out = all.filter(e => e.getBoundingClientRect().right > most + 1);
            return ['the page scrolls sideways', ...out.map(e => `${e.tagName} ${e.getAttribute('class') || ''}`)]; }"""
        )
        page.set_viewport_size(before)
        assert out == [], page.url

    return check


@pytest.fixture
def tab_through():
    """Walk through the page with Tab alone; return what was reached, and fail where focus cannot be seen."""
    look = """() => { const e = document.activeElement, s = getComputedStyle(e);
        const l = e.labels && e.labels[0] ? getComputedStyle(e.labels[0], '::before') : s;
        const ring = x => x.outlineStyle !== 'none' && parseFloat(x.outlineWidth) >= 2;
        return {what: `${e.tagName.toLowerCase()} ${(e.innerText || e.name || e.id || '').trim().slice(0, 60)}`,
                body: e === document.body, seen: ring(s) || ring(l)}; }"""

    def walk(page, most=400):
        reached = []
        page.wait_for_load_state()  # a page just arrived at may have no body yet, so nothing that focus could leave
        page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
        for _ in range(most):
            page.keyboard.press("Tab")
            here = page.evaluate(look)
            if here["body"]:
                return reached
            assert here["seen"], f"{page.url}: focus cannot be seen on {here['what']}"
            reached.append(here["what"])
        raise AssertionError(f"{page.url}: Tab goes round for ever, or there are more than {most} stops")

    return walk


@pytest.fixture
def transferred():
    """Open an address with an empty cache and check that all it takes is under 150 KB; return the bytes."""

    def check(page, address):
        sizes = []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(address)
        page.evaluate("() => document.fonts.ready.then(() => true)")
        if page.locator("script").count():  # only then may it ask for more once it is there
            page.wait_for_load_state("networkidle")
        session.send("Network.disable")  # answered after the last of the events
        session.detach()
        assert sum(sizes) < MOST_BYTES, f"{address} takes {sum(sizes):,.0f} bytes"
        return sum(sizes)

    return check
