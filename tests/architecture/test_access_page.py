"""The page of who may do what is made from the table itself."""

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_who_may_do_what_is_current():
    page = runpy.run_path(str(ROOT / "docs/make.py"))["access_page"]()
    assert (ROOT / "docs/reference/access.md").read_text(encoding="utf-8") == page
