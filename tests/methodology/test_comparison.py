"""Comparing two editions: what was added, removed, reworded and rescored, and what the crosswalk allows."""

import shutil

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.comparison import compare
from inspectorate.methodology.wording import Piece, Wording, alike
from tests.methodology.small import FIXTURE, STANDARDS

NEW = '- {code: B02, text: {en: "Who did it?", cy: null}, criterion: "1.1", answers: judgement}'
B01 = '- {code: B01, text: {en: "Was it done?", cy: null}, criterion: "1.1", answers: judgement}'
ACHIEVED = (
    '          - {code: A04, text: {en: "Was it achieved?", cy: null}, criterion: "1.1", answers: achieved, '
    'added: "2000-06-01"}\n'
)
A01 = 'A01, text: {en: "Was it assessed?", cy: null}, criterion: '
FULLY, NOT = "fully (counts as sufficient)", "not_achieved (counts as not sufficient)"
COUNTED = ("scoring.yaml", "questions: [A01, A02, A03, A04]", "questions: [A01, A02, A03]")


@pytest.fixture
def later(tmp_path):
    """The fixture as an edition that replaces it, with changes; a crosswalk where one is given."""

    def make(*changes, crosswalk=None):
        folder = tmp_path / "2001"
        shutil.copytree(STANDARDS / "fixture/2000", folder)
        first = (
            ("edition.yaml", "replaces: null", "replaces: fixture/2000"),
            ("edition.yaml", "fixture/2000", "fixture/2001"),
        )
        for name, old, new in (*reversed(first), *changes):
            path = folder / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        if crosswalk:
            (folder / "crosswalk.yaml").write_text(f"from_previous:\n{crosswalk}", encoding="utf-8")
        return editions.read_folder(folder)

    return make


def findings(comparison):
    return {one.code: one.findings for one in comparison.questions if one.findings != ("unchanged",)}


def question(comparison, code):
    return next(one for one in comparison.questions if one.code == code)


def test_an_edition_compared_with_itself_is_unchanged_throughout():
    found = compare(FIXTURE, FIXTURE)
    parts = (*found.questions, *found.criteria, *found.steps)
    assert {one.findings for one in parts} == {("unchanged",)}
    assert found.counts() == {"added": 0, "removed": 0, "reworded": 0, "rescored": 0, "guidance": 0, "unchanged": 8}


def test_a_question_added_and_one_removed_stand_where_they_belong(later):
    guided = ("guidance/work.md", "## A04\nIt was achieved.", "## B02\nWho did it.")
    found = compare(
        FIXTURE, later(("form.yaml", B01, f"{B01}\n          {NEW}"), ("form.yaml", ACHIEVED, ""), guided, COUNTED)
    )
    assert findings(found) == {"A04": ("removed",), "B02": ("added",)}
    assert [one.code for one in found.questions] == ["F01", "F02", "A01", "A02", "A03", "A04", "A05", "B01", "B02"]


def test_a_reworded_question_shows_the_words_that_went_and_came(later):
    found = compare(FIXTURE, later(("form.yaml", "Was it assessed?", "Was the case assessed?")))
    one = question(found, "A01")
    assert (one.findings, one.old_title, one.new_title) == (("reworded",), "Was it assessed?", "Was the case assessed?")
    assert one.wordings[0].pieces == (
        Piece("both", "Was"),
        Piece("old", "it"),
        Piece("new", "the case"),
        Piece("both", "assessed?"),
    )


@pytest.mark.parametrize(
    ("old", "new", "codes", "of"),
    [
        ("Sufficient, cy", "Good enough, cy", ["A01", "A02", "A03", "A05", "B01"], "The answer ‘sufficient’"),
        ("It came too late", "It was late", ["A01", "A02"], "The reasons"),
    ],
)
def test_other_words_of_answers_and_reasons_are_a_rewording_too(later, old, new, codes, of):
    found = compare(FIXTURE, later(("form.yaml", old, new)))
    assert findings(found) == dict.fromkeys(codes, ("reworded",))
    assert [wording.of for wording in question(found, "A01").wordings] == [of]


def test_the_layout_of_lines_is_no_rewording(later):
    found = compare(FIXTURE, later(("guidance/work.md", "It was planned.", "It  was\nplanned.")))
    assert findings(found) == {}


def test_other_guidance_is_told_apart_from_other_words(later):
    found = compare(FIXTURE, later(("guidance/work.md", "It was planned.", "It was planned in time.")))
    assert findings(found) == {"A02": ("guidance",)}


@pytest.mark.parametrize(
    ("changes", "code", "what", "old", "new"),
    [
        ([("form.yaml", f'{A01}"1.1"', f'{A01}"1"')], "A01", "Its criterion", "1.1", "1"),
        (
            [("form.yaml", "Partly, cy: null}, counts: sufficient", "Partly, cy: null}, counts: not_sufficient")],
            "A04",
            "How its answers count",
            f"{FULLY}, partly (counts as sufficient), {NOT}",
            f"{FULLY}, partly (counts as not sufficient), {NOT}",
        ),
        (
            [("form.yaml", "asked_when: [release_near]", "asked_when: [not_near]")],
            "A03",
            "When it is asked",
            "F02 is yes",
            "not(F02 is yes)",
        ),
        ([COUNTED], "A04", "Counts in", "work", "no score"),
    ],
)
def test_a_question_is_rescored_where_something_differs_on_which_a_result_hangs(later, changes, code, what, old, new):
    found = compare(FIXTURE, later(*changes))
    assert findings(found) == {code: ("rescored",)}
    (setting,) = question(found, code).settings
    assert (setting.what, setting.old, setting.new) == (what, old, new)


def test_a_rule_under_another_name_changes_nothing(later):
    renamed = later(("form.yaml", "  release_near:", "  near:"), ("form.yaml", "[release_near]", "[near]"))
    assert findings(compare(FIXTURE, renamed)) == {}


def test_steps_and_criteria_are_compared_likewise(later):
    changed = later(
        COUNTED, ("scoring.yaml", "from: 65", "from: 70"), ("criteria.yaml", "It is done.", "It is well done.")
    )
    found = compare(FIXTURE, changed)
    steps = {one.code: [(s.what, s.old, s.new) for s in one.settings] for one in found.steps if one.settings}
    assert steps["work"][0] == ("The questions that count", "A01, A02, A03, A04", "A01, A02, A03")
    assert {code for code, settings in steps.items() if any(what == "The bands" for what, _, _ in settings)} == (
        {"work", "k1", "k2", "s1", "s2", "s3", "overall"}
    )
    assert [one.findings for one in found.criteria] == [("unchanged",), ("reworded",)]


def test_a_code_that_was_given_to_another_question_is_not_called_a_rewording(later):
    found = compare(FIXTURE, later(("form.yaml", "Was it assessed?", "Who paid for all of this?")))
    assert [
        (one.old, one.new, one.findings, one.reused) for one in found.questions if "unchanged" not in one.findings
    ] == [
        ("A01", None, ("removed",), False),
        (None, "A01", ("added",), True),
    ]


def test_a_question_under_another_code_is_the_same_question(later):
    moved = later(
        ("form.yaml", "code: B01", "code: Z01"), ("guidance/others.md", "B01", "Z01"), ("scoring.yaml", "B01", "Z01")
    )
    one = question(compare(FIXTURE, moved), "Z01")
    assert (one.old, one.findings) == ("B01", ("unchanged",))


CHANGED = ("form.yaml", "Was it assessed?", "Who paid for all of this?")


def test_the_crosswalk_says_what_a_question_was_and_what_may_be_compared(later):
    told = """
  - {code: A01, was: [A01], comparable: partly, note: {en: "Costs came in.", cy: null}}
  - {code: k1, was: [k1], comparable: not}
"""
    found = compare(FIXTURE, later(CHANGED, crosswalk=told))
    assert question(found, "A01").findings == ("reworded",)
    assert [(trend.code, trend.note and trend.note.en) for trend in found.crosswalk.of("partly")] == [
        ("A01", "Costs came in.")
    ]
    assert [trend.title for trend in found.crosswalk.of("not")] == ["Assessing"]


def test_the_crosswalk_may_say_that_a_question_was_nothing_before(later):
    found = compare(FIXTURE, later(crosswalk="  - {code: A01, was: [], comparable: not}\n"))
    assert findings(found) == {"A01": ("added",)}


def test_what_the_crosswalk_leaves_unsaid_is_named_on_both_sides(later):
    found = compare(FIXTURE, later(crosswalk='  - {code: "1", was: ["1.1"], comparable: comparable}\n'))
    assert {(one.edition, one.code) for one in found.crosswalk.unsaid} == {
        (code, step) for code in ("fixture/2000", "fixture/2001") for step in ("s2", "s3", "overall")
    }


def test_what_speaks_against_a_comparable_score_is_told(later):
    told = (
        "  - {code: work, was: [work], comparable: comparable}\n  - {code: A04, was: [A04], comparable: comparable}\n"
    )
    found = compare(FIXTURE, later(CHANGED, COUNTED, crosswalk=told + "  - {code: A01, was: [A01], comparable: not}\n"))
    assert [trend.doubts for trend in found.crosswalk.trends] == [
        ("The score was rescored: the questions that count.", "Of its questions, 1 was reworded: A01."),
        (),
        (),
    ], "where else a question counts does not alter its own result"


def test_a_crosswalk_that_names_what_is_not_there_says_so(later):
    found = compare(FIXTURE, later(crosswalk="  - {code: nowhere, was: [never], comparable: not}\n"))
    assert found.crosswalk.astray == (
        "It names 'never', which fixture/2000 does not have.",
        "It names 'nowhere', which fixture/2001 does not have.",
    )


def test_a_crosswalk_to_another_edition_is_not_applied(later):
    replaced = later(
        ("edition.yaml", "replaces: fixture/2000", "replaces: fixture/1999"),
        crosswalk="  - {code: A01, was: [], comparable: not}\n",
    )
    found = compare(FIXTURE, replaced)
    assert (found.crosswalk.applies, found.crosswalk.trends, findings(found)) == (False, (), {})


def test_texts_are_alike_by_the_words_that_they_share_in_order():
    assert alike("Was it assessed?", "was it assessed?") == 1
    assert alike("Was it assessed?", "Who paid for this?") == 0
    assert Wording("x", "", "all new").pieces == (Piece("new", "all new"),)
