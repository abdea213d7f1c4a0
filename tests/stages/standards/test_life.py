"""The front page shows the life of an edition: who answers for each state, since when and why."""

import html

from django.utils.html import strip_tags

from inspectorate.methodology.editions import life


def words(text):
    return " ".join(html.unescape(strip_tags(text.replace("<", " <"))).split())


def test_an_edition_for_which_nobody_answers_yet_says_so(page, three):  # noqa: ARG001 - serves three editions alone
    assert "Nobody has put their name, a day and a reason to its being piloted yet." in words(page("iaow/2013/"))


def test_each_state_stands_with_day_person_and_reason(page, three):
    life.pilot("iaow/2013", root=three, by="Asha Rees", on="2026-01-05", reason="Two areas try it.")
    text = words(page("iaow/2013/"))
    assert "Piloted 5 January 2026 by Asha Rees: Two areas try it." in text
    assert "changed since" not in text
    life.adopt("iaow/2013", root=three, by="Ben Ali", on="2026-03-02", reason="The pilot held.")
    text = words(page("iaow/2013/"))
    assert "Adopted 2 March 2026 by Ben Ali: The pilot held." in text
    assert "It has stood since 2 March 2026" in text


def test_files_changed_during_the_pilot_are_told(page, three):
    life.pilot("iaow/2013", root=three, by="Asha Rees", on="2026-01-05", reason="Two areas try it.")
    form = three / "iaow/2013/form.yaml"
    form.write_text(form.read_text("utf-8") + "\n# a remark\n", "utf-8")
    assert "Its files have changed since." in words(page("iaow/2013/"))


def test_an_adopted_edition_that_was_changed_is_not_served(page, three):
    life.pilot("iaow/2013", root=three, by="Asha Rees", on="2026-01-05", reason="Two areas try it.")
    life.adopt("iaow/2013", root=three, by="Ben Ali", on="2026-03-02", reason="The pilot held.")
    form = three / "iaow/2013/form.yaml"
    form.write_text(form.read_text("utf-8") + "\n# a remark\n", "utf-8")
    answer = page("iaow/2013/", status=503)
    assert "its files have changed since it was adopted on 2026-03-02" in answer
