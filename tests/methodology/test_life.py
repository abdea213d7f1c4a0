"""The life of an edition: draft, piloted, adopted; each with person, day and reason, and never backwards."""

import shutil

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.editions import life
from inspectorate.methodology.faults import Refused
from tests.methodology.small import STANDARDS

CODE = "fixture/2000"


@pytest.fixture
def root(tmp_path):
    """The fixture's standards as a draft, in which nobody has done anything yet."""
    shutil.copytree(STANDARDS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "adopted.lock").unlink()
    change(tmp_path, "edition.yaml", "status: piloted", "status: draft")
    return tmp_path


def change(root, name, old, new):
    path = root / CODE / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def pilot(root, on="2026-01-05", by="Asha", reason="Two areas try it."):
    return life.pilot(CODE, root=root, by=by, on=on, reason=reason)


def adopt(root, on="2026-03-02", by="Ben", reason="The pilot held."):
    return life.adopt(CODE, root=root, by=by, on=on, reason=reason)


def test_a_draft_is_piloted_and_then_adopted_and_each_has_person_day_and_reason(root):
    digest = editions.digest_of(root / CODE)
    pilot(root)
    assert editions.load(CODE, root).status == "piloted"
    adopt(root)
    edition = editions.load(CODE, root)
    assert edition.status == "adopted"
    assert [(one.state, one.on, one.by, one.reason, one.digest) for one in edition.life] == [
        ("piloted", "2026-01-05", "Asha", "Two areas try it.", digest),
        ("adopted", "2026-03-02", "Ben", "The pilot held.", digest),
    ]
    assert edition.digest == digest


def test_an_edition_that_only_calls_itself_piloted_gets_a_person(root):
    change(root, "edition.yaml", "status: draft", "status: piloted")
    assert editions.load(CODE, root).life == ()
    assert editions.load(CODE, root).status == "piloted"
    pilot(root)
    assert [one.by for one in editions.load(CODE, root).life] == ["Asha"]


def test_what_was_changed_during_the_pilot_can_be_seen(root):
    pilot(root)
    change(root, "form.yaml", "Was it assessed?", "Was the case assessed?")
    edition = editions.load(CODE, root)
    assert edition.life[0].digest != edition.digest


def refused(run):
    with pytest.raises(Refused) as found:
        run()
    return [f"{fault.why} {fault.remedy}" for fault in found.value.faults]


def test_a_draft_is_not_adopted(root):
    assert refused(lambda: adopt(root)) == ["it is a draft. Pilot it first: inspectorate editions pilot."]


def test_nothing_goes_backwards(root):
    pilot(root)
    assert refused(lambda: pilot(root)) == ["it has been piloted since 2026-01-05. Adopt it, or change it."]
    assert refused(lambda: adopt(root, on="2025-12-31")) == [
        "2025-12-31 lies before 2026-01-05, when it became piloted. Give that day or a later one."
    ]
    adopt(root)
    assert refused(lambda: adopt(root)) == [
        "it was adopted on 2026-03-02 already. Write a new edition that replaces it."
    ]
    (root / CODE / "life.yaml").unlink()
    assert refused(lambda: pilot(root)) == [
        "it was adopted on 2026-03-02, and nothing comes after that. Write a new edition that replaces it."
    ]


def test_an_edition_with_faults_is_neither_piloted_nor_adopted(root):
    pilot(root)
    change(root, "form.yaml", "prompts: A02", "prompts: Z99")
    assert refused(lambda: adopt(root)) == refused(lambda: pilot(root))
    assert not (root / "adopted.lock").exists()


def test_an_edition_whose_example_comes_out_otherwise_is_not_adopted(root):
    pilot(root)
    change(root, "examples/two-of-three.yaml", "per_cent: 67", "per_cent: 68")
    (why,) = refused(lambda: adopt(root))
    assert "per_cent is 67, and 68 was expected." in why
    assert not (root / "adopted.lock").exists()


@pytest.mark.parametrize("given", [{"by": "  "}, {"reason": ""}])
def test_a_person_and_a_reason_are_needed(root, given):
    assert "cannot be empty" in refused(lambda: pilot(root, **given))[0]


@pytest.mark.parametrize("day", ["today", "2026-02-30", "20260105", ""])
def test_a_day_is_needed(root, day):
    assert refused(lambda: pilot(root, on=day)) == [f"'{day}' is no day. Write it as 2026-11-21."]


def test_a_life_that_is_not_well_formed_is_refused_with_its_line(root):
    pilot(root)
    change(root, "life.yaml", "state: piloted", "state: finished")
    with pytest.raises(Refused) as found:
        editions.load(CODE, root)
    assert found.value.faults[0].where.startswith("life.yaml, line 2")


def test_the_life_is_no_part_of_the_digest_and_an_adopted_edition_that_changed_is_refused(root):
    pilot(root)
    adopt(root)
    change(root, "life.yaml", "Two areas try it.", "Three areas try it.")
    assert editions.load(CODE, root).status == "adopted"
    change(root, "form.yaml", "Was it assessed?", "Was the case assessed?")
    assert "its files have changed since it was adopted on 2026-03-02." in refused(lambda: editions.load(CODE, root))[0]
