"""A new edition passes the check from its first minute, and a copy says what it replaces."""

import shutil

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.comparison import compare
from inspectorate.methodology.editions.starting import start
from inspectorate.methodology.examples import differences
from inspectorate.methodology.faults import Refused
from tests.methodology.small import STANDARDS


@pytest.fixture
def root(tmp_path):
    shutil.copytree(STANDARDS, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_a_starter_is_a_draft_that_passes_the_check_and_its_example(root):
    start("court-work/2027", root=root)
    edition = editions.load("court-work/2027", root)
    assert (edition.status, edition.title.en, edition.about["in_force_from"]) == ("draft", "Court work", "2027-04-01")
    assert edition.about["replaces"] is None
    ((name, example),) = editions.read_examples(root / "court-work/2027")
    assert differences(edition, name, example) == ()


def test_a_starter_claims_nothing_it_says_what_is_to_be_verified(root):
    start("court-work/2027", root=root)
    edition = editions.load("court-work/2027", root)
    assert edition.about["to_verify"][0]["what"]["en"] == "Every word and figure of this edition"
    assert edition.plan.bands == {}
    assert all(node.to_verify for node in edition.nodes.values())


def test_a_copy_replaces_its_model_and_everything_can_be_compared(root):
    start("fixture/2001", root=root, like="fixture/2000")
    old, new = editions.load("fixture/2000", root), editions.load("fixture/2001", root)
    assert (new.status, new.about["replaces"], new.about["checker"]) == ("draft", "fixture/2000", None)
    assert new.digest == old.digest
    found = compare(old, new)
    assert {one.findings for one in (*found.questions, *found.criteria, *found.steps)} == {("unchanged",)}
    assert {trend.comparable for trend in found.crosswalk.trends} == {"comparable"}
    assert {*old.form.kind_of} <= {trend.code for trend in found.crosswalk.trends}
    assert found.crosswalk.unsaid == ()


def test_a_copy_has_not_been_piloted_because_its_model_was(root):
    (root / "fixture/2000/life.yaml").write_text(
        f"life:\n  - {{state: piloted, on: '1999-01-01', by: Asha, reason: Tried., digest: '{'0' * 64}'}}\n"
    )
    start("fixture/2001", root=root, like="fixture/2000")
    assert editions.load("fixture/2001", root).life == ()


@pytest.mark.every_edition
@pytest.mark.parametrize("code", editions.codes())
def test_every_edition_can_be_copied(tmp_path, code):
    shutil.copytree(editions.standards_folder() / code, tmp_path / code)
    start("next/2030", root=tmp_path, like=code)
    assert editions.load("next/2030", tmp_path).about["replaces"] == code


@pytest.mark.parametrize(
    ("code", "like", "why"),
    [
        ("fixture/2000", None, "there is such a folder already."),
        ("Fixture/2001", None, "is no code of an edition."),
        ("../2001", None, "is no code of an edition."),
        ("fixture/2001/", None, "is no code of an edition."),
        ("fixture/2001", "fixture/1999", "there is no edition 'fixture/1999'."),
    ],
)
def test_a_new_edition_is_refused_where_it_cannot_be_made(root, code, like, why):
    with pytest.raises(Refused) as found:
        start(code, root=root, like=like)
    assert why in found.value.faults[0].why
    assert sorted(path.name for path in (root / "fixture").iterdir()) == ["2000"]
