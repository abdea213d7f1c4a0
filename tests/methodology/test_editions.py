"""Editions: read, digested, adopted, and refused with file, line, reason and remedy."""

import hashlib
import json
import shutil

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.editions import life
from inspectorate.methodology.faults import Refused
from tests.methodology.small import FIXTURE, STANDARDS, told

FOLDER = STANDARDS / "fixture/2000"


@pytest.fixture
def root(tmp_path):
    """A copy of the fixture's standards, not yet adopted."""
    shutil.copytree(STANDARDS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "adopted.lock").unlink()
    return tmp_path


def change(root, name, old, new):
    path = root / "fixture/2000" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(root, code="fixture/2000"):
    with pytest.raises(Refused) as found:
        editions.load(code, root)
    return found.value.faults


@pytest.mark.every_edition
@pytest.mark.parametrize("code", editions.codes())
def test_every_edition_is_good_and_every_adopted_one_is_as_it_was_adopted(code):
    assert editions.load(code).code == code


@pytest.mark.every_edition
@pytest.mark.parametrize("code", editions.codes())
def test_every_question_of_a_shipped_edition_has_guidance(code):
    edition = editions.load(code)
    assert [question for question in edition.form.kind_of if question not in edition.guidance] == []


def test_an_inspection_needs_a_list_of_the_kinds_of_its_own_modules_alone():
    company = editions.load("probation/2018")
    assert [kind.code for kind in company.kinds_in()] == ["case"]
    assert [kind.code for kind in company.kinds_in(["company"])] == ["case", "unpaid_work", "through_the_gate"]
    assert [kind.code for kind in company.kinds_in(["division"])] == ["case", "court_report", "victim_contact"]
    assert FIXTURE.kinds_in() == FIXTURE.form.kinds


def test_partners_and_feeds_hold_in_one_nation_or_in_both():
    joint = editions.load("yot-phase3/2005")
    assert [len(joint.said_in(nation, "feeds")) for nation in ("england", "wales")] == [1, 0]
    assert [item["name"]["en"] for item in joint.said_in("wales", "partners")] == [
        "Social Services Inspectorate for Wales",
        "Estyn",
        "HM Inspectorate of Constabulary",
        "HM Inspectorate of Prisons",
    ]
    assert len(editions.load("omi2/2011").said_in("wales", "feeds")) == 1


def test_every_edition_in_the_lock_is_there():
    root = editions.standards_folder()
    assert set(editions.adoptions(root)) <= set(editions.codes(root))


def test_an_edition_is_read_whole():
    assert (FIXTURE.code, FIXTURE.title.en, FIXTURE.status) == ("fixture/2000", "A small edition for tests", "adopted")
    assert [kind.code for kind in FIXTURE.form.kinds] == ["case", "other"]
    assert FIXTURE.nodes["1.1"].title.en == "Work"
    assert FIXTURE.adoption.by == "Asha"


def test_guidance_is_found_by_code_and_a_section_has_its_introduction():
    assert FIXTURE.guidance["A02"].en == "It was planned."
    assert FIXTURE.guidance["work"].en == "Judge the work, not the paper."
    assert "others" not in FIXTURE.guidance


def test_welsh_is_laid_over_english_without_touching_a_frozen_file(root):
    assert FIXTURE.plan.step("work").title.cy == "Y gwaith"
    assert FIXTURE.form.question("A01").text.cy == "A gafodd ei asesu?"
    before = editions.digest_of(root / "fixture/2000")
    change(root, "cy.yaml", "Y gwaith", "Gwaith")
    assert editions.digest_of(root / "fixture/2000") == before


def test_the_digest_is_over_path_length_and_bytes_of_the_frozen_files_in_order():
    found = hashlib.sha256()
    names = ["criteria.yaml", "form.yaml", "guidance/others.md", "guidance/work.md", "sampling.yaml", "scoring.yaml"]
    for name in names:
        content = (FOLDER / name).read_bytes()
        found.update(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    assert found.hexdigest() == FIXTURE.digest


def test_the_digest_is_the_same_with_the_line_ends_of_another_machine(root):
    for path in (root / "fixture/2000").rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert editions.load("fixture/2000", root).digest == FIXTURE.digest


@pytest.mark.parametrize("name", ["edition.yaml", "timetable.yaml", "cy.yaml", "examples/two-of-three.yaml"])
def test_supplements_are_no_part_of_the_digest(root, name):
    path = root / "fixture/2000" / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")
    assert editions.load("fixture/2000", root).digest == FIXTURE.digest


def test_adoption_puts_the_digest_in_the_lock_with_person_day_and_reason(root):
    assert editions.load("fixture/2000", root).status == "piloted"
    life.adopt("fixture/2000", root=root, by="Asha", on="2000-01-01", reason="The fixture of the tests.")
    assert editions.load("fixture/2000", root).status == "adopted"
    assert json.loads((root / "adopted.lock").read_text()) == json.loads((STANDARDS / "adopted.lock").read_text())


@pytest.mark.parametrize("name", ["criteria.yaml", "form.yaml", "sampling.yaml", "scoring.yaml", "guidance/work.md"])
def test_an_edition_changed_after_adoption_is_refused(root, name):
    shutil.copy(STANDARDS / "adopted.lock", root)
    path = root / "fixture/2000" / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (fault,) = refused(root)
    assert fault.code == "changed-after-adoption"
    assert fault.remedy == "Put them back as they were; a change needs a new edition that replaces this one."


def test_an_edition_is_adopted_once(root):
    shutil.copy(STANDARDS / "adopted.lock", root)
    with pytest.raises(Refused, match=r"it was adopted on 2000-01-01 already\. Write a new edition"):
        life.adopt("fixture/2000", root=root, by="Ben", on="2001-01-01", reason="Again.")


def test_a_lock_that_is_no_lock_is_refused(root):
    for text in ("{", "[]", '{"fixture/2000": {"digest": "x"}}'):
        (root / "adopted.lock").write_text(text)
        assert told(refused(root)) == [("unreadable", None, None)]


def test_an_edition_that_is_not_there_is_refused_with_those_that_are(root):
    (fault,) = refused(root, "fixture/1999")
    assert str(fault) == "edition: there is no edition 'fixture/1999'. Choose one of: fixture/2000."
    shutil.rmtree(root / "fixture")
    assert refused(root)[0].remedy == "Choose one of: none are here."


def test_the_code_of_an_edition_is_the_path_of_its_folder(root):
    (root / "fixture/2000").rename(root / "fixture/2001")
    assert refused(root, "fixture/2001")[0].why == "edition.yaml calls it 'fixture/2000'."


def test_a_missing_file_is_named(root):
    (root / "fixture/2000/sampling.yaml").unlink()
    (root / "fixture/2000/scoring.yaml").unlink()
    assert [(fault.code, fault.file) for fault in refused(root)] == [
        ("missing-file", "scoring.yaml"),
        ("missing-file", "sampling.yaml"),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "why"),
    [
        ("form.yaml", "kinds:", "kinds: [", "form.yaml, line 25", "this is not YAML"),
        ("form.yaml", "title: {en: Case", "title: {en: Case, en: Case", "form.yaml, line 26", "'en' stands twice"),
        ("form.yaml", 'criterion: "1.1"', "criterion: 1.1", "form.yaml, line 47", "1.1 is not of type"),
        ("form.yaml", "options:", "options: &all", "form.yaml, line 1", None),
        ("sampling.yaml", "hours_per_case: 2", "hours_per_case: .nan", "sampling.yaml, line 6", '".nan" is not'),
        ("sampling.yaml", "strata: []", "strata: {[a]: b}", "sampling.yaml, line 5", "a key is no plain word"),
        ("criteria.yaml", "The work", "The\x07work", "criteria.yaml", "signs that no text has"),
        ("cy.yaml", "The work: Y gwaith", "- The work", "cy.yaml", "not YAML"),
        ("cy.yaml", "The work: Y gwaith", "The work: [Y gwaith]", "cy.yaml, line 1", "Welsh stands as a map"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_file_line_and_reason(root, name, old, new, where, why):
    change(root, name, old, new)
    if why is None:  # an anchor that nothing refers to does no harm
        assert editions.load("fixture/2000", root).code == "fixture/2000"
        return
    fault = refused(root)[0]
    assert fault.where.startswith(where)
    assert why in fault.why
    assert fault.remedy


def test_an_alias_is_refused_for_a_reader_would_have_to_look_elsewhere(root):
    change(root, "form.yaml", "  judgement:", "  judgement: &one")
    change(root, "form.yaml", "  achieved:\n", "  again: *one\n  achieved:\n")
    (fault,) = refused(root)
    assert (fault.where, fault.why) == ("form.yaml, line 2", "an alias stands for another part.")


@pytest.mark.parametrize("name", ["form.yaml", "guidance/work.md", "cy.yaml"])
def test_a_file_that_is_not_utf_8_is_refused_with_its_line(root, name):
    path = root / "fixture/2000" / name
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n# caf\xe9\n")
    assert refused(root)[0].where == f"{name}, line 2"


def test_a_folder_in_the_place_of_a_file_is_refused(root):
    (root / "fixture/2000/form.yaml").unlink()
    (root / "fixture/2000/form.yaml").mkdir()
    assert told(refused(root)) == [("missing-file", None, None)]


def test_yaml_nested_without_end_is_refused(root):
    (root / "fixture/2000/timetable.yaml").write_text("events: " + "[" * 5000 + "]" * 5000)
    assert told(refused(root)) == [("unreadable", None, None)]


def test_an_example_that_is_not_well_formed_is_refused(root):
    change(root, "examples/two-of-three.yaml", "step: k1", "stepp: k1")
    with pytest.raises(Refused) as found:
        editions.read_examples(root / "fixture/2000")
    assert found.value.faults[0].where == "examples/two-of-three.yaml, line 8"
