"""Somebody knows the browser they are signed in with by its name, not by what it sends."""

import pytest

from inspectorate.people.browsers import in_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (f"{WINDOWS} {WEBKIT} Chrome/131.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"{WINDOWS} {WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1",
            "Safari on an iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15", "Safari on a Mac"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Python-urllib/3.11", "Python-urllib/3.11"),
        ("x" * 200, "x" * 120),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_its_name(sent, words):
    assert in_words(sent) == words
