"""Every answer says what it may load and do, and no page needs more: nothing inside a page but words and figures."""

import os
import re
import subprocess
import sys

import pytest
from django.test import Client, RequestFactory

from inspectorate.config import headers
from inspectorate.config.bounds import MEGABYTE

PLACES = [
    "/",
    "/sign-in/",
    "/no-such-page/",
    "/my-work/",
    "/bodies",  # leads to the same with a stroke at its end
    "/bodies/?kind=nonsense",
    f"/bodies/?kind={'n' * 9_000}",  # too long
    "/bodies/bodies.csv",
    "/openapi.json",
    "/static/ui/inspectorate.css",
]
TAG = re.compile(r"\{%.*?%\}")  # what the template itself says never reaches a browser
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("place", PLACES)
def test_every_kind_of_answer_sends_the_headers(client, db, place):  # noqa: ARG001 - it opens the database
    _holds(client.get(place))


def test_every_kind_of_refusal_sends_the_headers(db):  # noqa: ARG001 - it opens the database
    forged = Client(enforce_csrf_checks=True).post("/sign-in/")
    assert forged.status_code == 403
    _holds(forged)
    too_large = Client().post("/sign-in/", b"m" * (61 * MEGABYTE), content_type="text/plain")
    assert too_large.status_code == 413
    _holds(too_large)


def test_headers_go_to_whoever_names_another_host_or_has_the_file_already(client, db):  # noqa: ARG001 - the same
    other = client.get("/", headers={"host": "elsewhere.example"})
    assert other.status_code == 400
    _holds(other)
    first = client.get("/static/ui/inspectorate.css")
    list(first)
    again = client.get("/static/ui/inspectorate.css", headers={"if-modified-since": first["Last-Modified"]})
    assert again.status_code == 304
    _holds(again)


def test_headers_stand_where_nothing_can_be_saved(client, db, settings):  # noqa: ARG001 - the same
    settings.KEEP_FREE_MEGABYTES = 10**12
    full = client.post("/score/new/iaow/2013/")
    assert full.status_code == 503
    _holds(full)


def _holds(answer):
    """Say that an answer carries every header, and read it to its end."""
    assert answer["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    if answer.streaming:
        list(answer)  # a file that is not read to its end stays open


def test_a_page_is_in_no_frame(client, db):  # noqa: ARG001 - it opens the database
    answer = client.get("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_the_headers_stand_even_where_a_later_part_fails():
    def fails(_request):
        from django.http import HttpResponseServerError  # noqa: PLC0415 - only here

        return HttpResponseServerError()

    assert headers.SendStrictHeaders(fails)(RequestFactory().get("/"))["Content-Security-Policy"] == headers.CONTENT


def test_no_template_holds_a_script_a_style_or_a_handler(settings):
    found = [
        f"{path.relative_to(settings.CHECKOUT)}: {hit[0]}"
        for path in (settings.CHECKOUT / "src/inspectorate").rglob("*.html")
        for hit in INLINE.finditer(TAG.sub("", path.read_text("utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted", ["<script>x</script>", '<p style="a">', "<style>", '<a onclick="x">', "javascript:x"]
)
def test_what_the_headers_would_block_is_caught(planted):
    assert INLINE.search(planted)
    assert not INLINE.search('<script src="/static/a.js"></script>')


@pytest.mark.parametrize(("https", "prefix"), [("on", "__Host-"), ("off", "")])
def test_cookies_belong_to_this_host_alone_where_there_is_https(https, prefix, tmp_path):
    told = "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_NAME"
    words = f"from inspectorate.config import settings as s; print(*[getattr(s, n) for n in '{told}'.split()])"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INSPECTORATE_")}
    environment |= {"INSPECTORATE_HTTPS": https, "INSPECTORATE_VAR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", words], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.split() == [f"{prefix}sessionid", str(https == "on"), "True", "Lax", f"{prefix}csrftoken"]


@pytest.mark.parametrize(
    ("https", "subdomains", "said"),
    [("on", "", "31536000 True"), ("on", "off", "31536000 False"), ("off", "", "0 False")],
)
def test_browsers_are_told_for_a_year_that_there_is_https_here_and_below(https, subdomains, said, tmp_path):
    words = "from inspectorate.config import settings as s; "
    words += "print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INSPECTORATE_")}
    environment |= {"INSPECTORATE_HTTPS": https, "INSPECTORATE_VAR": str(tmp_path)}
    environment |= {"INSPECTORATE_HSTS_SUBDOMAINS": subdomains} if subdomains else {}
    run = subprocess.run(
        [sys.executable, "-c", words], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.strip() == said
