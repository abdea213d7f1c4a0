"""Whether the files of an edition agree: each disagreement is refused with its file, its line and its remedy."""

import shutil

import pytest

from inspectorate.methodology import editions
from inspectorate.methodology.faults import Refused
from tests.methodology.small import STANDARDS

QUESTION = '{code: B01, text: {en: "Was it done?", cy: null}, criterion: "1.1", answers: judgement}'
POINTS = "each rating needs its points, and each band but the highest its upper limit."
MANY = ", ".join(f"{{code: a{n}, text: {{en: x, cy: null}}, counts: sufficient}}" for n in range(101))


def refused(tmp_path, *changes):
    shutil.copytree(STANDARDS / "fixture/2000", tmp_path / "2000")
    for name, old, new in changes:
        path = tmp_path / "2000" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as found:
        editions.read_folder(tmp_path / "2000")
    return [(str(fault.code), fault.where, fault.why) for fault in found.value.faults]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (
            "criteria.yaml",
            'code: "1.1"',
            'code: "1"',
            ("repeated-code", 7, "the criterion '1' stands in line 2 already."),
        ),
        (
            "form.yaml",
            QUESTION,
            QUESTION.replace("B01", "A01"),
            ("repeated-code", 58, "the question 'A01' stands in line 47 already."),
        ),
        (
            "form.yaml",
            "code: other\n",
            "code: case\n",
            ("repeated-code", 52, "the kind 'case' stands in line 25 already."),
        ),
        (
            "form.yaml",
            "code: work\n",
            "code: facts\n",
            ("repeated-code", 44, "the section 'facts' stands in line 28 already."),
        ),
        (
            "form.yaml",
            QUESTION,
            QUESTION.replace("answers: judgement", "answers: verdict"),
            ("unknown-code", 58, "B01 names 'verdict' under answers, and the form has none of that name."),
        ),
        (
            "form.yaml",
            QUESTION,
            QUESTION.replace("answers: judgement", "answers: judgement, asked_when: [bail]"),
            ("unknown-code", 58, "B01 names 'bail' under asked_when, and the form has none of that name."),
        ),
        (
            "form.yaml",
            QUESTION,
            QUESTION.replace('"1.1"', '"9.9"'),
            ("unknown-code", 58, "B01 names the criterion '9.9', which criteria.yaml does not have."),
        ),
        (
            "form.yaml",
            QUESTION,
            QUESTION.replace("answers: judgement", "answers: judgement, prompts: A01"),
            ("unknown-code", 58, "B01 informs 'A01', which is no question of the same kind of case."),
        ),
        (
            "form.yaml",
            QUESTION,
            QUESTION.replace("judgement", f"[{MANY}]"),
            ("wrong-shape", 58, "B01 has 101 answers."),
        ),
        (
            "form.yaml",
            "{code: partly,",
            "{code: fully,",
            ("repeated-code", 50, "A04 has two answers of the same code."),
        ),
        (
            "form.yaml",
            "text: {en: Partly, cy: null}, counts: sufficient}",
            "text: {en: Partly, cy: null}}",
            ("wrong-shape", 50, "A04 has an answer that does not say how it counts."),
        ),
        (
            "form.yaml",
            "when: {question: F01, is: [custody]}",
            "when: {question: F01, is: [prison]}",
            ("unknown-code", 16, "the rule 'custody' looks for 'prison' at F01."),
        ),
        (
            "form.yaml",
            "when: {question: F01, is: [custody]}",
            'when: {question: F02, is: ["yes"]}',
            ("looks-ahead", 37, "F02 is asked by 'custody', which looks at F02, not asked before."),
        ),
        (
            "form.yaml",
            QUESTION,
            QUESTION.replace("judgement}", "judgement, asked_when: [custody]}"),
            ("looks-ahead", 58, "B01 is asked by 'custody', which looks at F01, not asked before."),
        ),
        (
            "scoring.yaml",
            "code: k2, title",
            "code: k1, title",
            ("repeated-code", None, None),
        ),
        (
            "scoring.yaml",
            "from: 50",
            "from: 65",
            ("wrong-shape", 5, "the bands 'four' begin at 0, 65, 65, 80."),
        ),
        (
            "scoring.yaml",
            "from: 0",
            "from: 10",
            ("wrong-shape", 5, "the bands 'four' begin at 10, 50, 65, 80."),
        ),
        (
            "scoring.yaml",
            "questions: [A01, A02, A03, A04]",
            "questions: [A01, Z01]",
            ("unknown-code", 10, "step work: the form has no question 'Z01'."),
        ),
        (
            "scoring.yaml",
            "questions: [A01, A02, A03, A04]",
            "questions: [A01, A05]",
            ("wrong-shape", 10, "step work: 'A05' is a prompt, which no score may count."),
        ),
        (
            "scoring.yaml",
            "questions: [A01, A02, A03, A04]",
            "questions: [A01, B01]",
            ("wrong-shape", 10, "step work: 'B01' is asked of other cases, not of case cases."),
        ),
        (
            "scoring.yaml",
            "kind: case\n",
            "kind: court\n",
            ("unknown-code", 10, "step work: the form has no kind of case 'court'."),
        ),
        (
            "scoring.yaml",
            "    bands: four\n  - {code: both",
            "    bands: five\n  - {code: both",
            ("unknown-code", 10, "step work: there are no bands 'five'."),
        ),
        (
            "scoring.yaml",
            "of: [k1, k2]",
            "of: [k1, overall]",
            ("looks-ahead", 19, "step s1: it rests on 'overall', which is no step above it."),
        ),
        (
            "scoring.yaml",
            "of: [k1, k2]",
            "of: [k1, both]",
            ("wrong-shape", 19, "step s1: 'both' is not rated in the same bands, so the two cannot be compared."),
        ),
        (
            "scoring.yaml",
            "of: [s1, s2]",
            "of: [s1, k2]",
            ("wrong-shape", 22, "step overall: it adds up 'k2', which has no rating of its own."),
        ),
        (
            "scoring.yaml",
            "points: {inadequate: 0, ",
            "points: {",
            ("wrong-shape", 22, f"step overall: {POINTS}"),
        ),
        (
            "scoring.yaml",
            '"3/2"',
            '"3/0"',
            ("wrong-shape", 22, "step overall: an upper limit is divided by nought."),
        ),
        ("scoring.yaml", '"3/2"', '"1/2"', ("wrong-shape", 22, "step overall: the upper limits do not rise.")),
        (
            "scoring.yaml",
            "method: judgement@1, bands: four}",
            "method: judgement@1, bands: four, module: other}",
            ("unknown-code", 20, "step s2 belongs to 'other', which is no module of the edition."),
        ),
        (
            "scoring.yaml",
            "method: judgement@1, bands: four}",
            "method: judgement@1, bands: four, module: extra}",
            ("looks-ahead", 22, "step overall rests on 's2' of the optional module 'extra'."),
        ),
        (
            "sampling.yaml",
            "  other:",
            "  others:",
            ("unknown-code", None, None),
        ),
    ],
)
def test_a_disagreement_is_refused(tmp_path, name, old, new, fault):
    code, line, why = fault
    found = refused(tmp_path, (name, old, new))
    if line is None:
        assert found[0][0] == code
    else:
        assert (code, f"{name}, line {line}", why) in found


def test_a_standard_cannot_rest_on_one_that_people_judge(tmp_path):
    share = "method: case-share@1, kind: case, question: A02"
    found = refused(tmp_path, ("scoring.yaml", share, "method: judgement@1"))
    assert found[0][2] == "step s1: it takes the band of 'k2', which is no share of judgements."


def test_a_fact_neither_counts_nor_has_a_criterion(tmp_path):
    found = refused(tmp_path, ("form.yaml", "role: fact\n", 'role: fact\n            criterion: "1.1"\n'))
    assert found[0][2] == "F01 is a fact but names a criterion or has answers that count."


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("work.md", "## A02", "## A92", ("unknown-code", "guidance/work.md, line 8")),
        ("work.md", "## A02", "## ", ("unknown-code", "guidance/work.md, line 8")),
        ("work.md", "## A02", "## A01", ("repeated-code", "guidance/work.md, line 8")),
        ("others.md", "## B01\n", "", ("no-guidance", "guidance/others.md")),
    ],
)
def test_guidance_stands_once_under_a_code_that_is_there(tmp_path, name, old, new, fault):
    found = refused(tmp_path, (f"guidance/{name}", old, new))
    assert found[0][:2] == fault


def test_a_kind_of_case_names_a_module_of_the_edition_and_only_steps_of_that_module_count_its_cases(tmp_path):
    other = "title: {en: Other case, cy: null}\n"
    (unknown,) = refused(tmp_path, ("form.yaml", other, other + "    module: extras\n"))[:1]
    assert unknown == (
        "unknown-code",
        "form.yaml, line 54",
        "the kind of case 'other' belongs to 'extras', which is no module of the edition.",
    )
    faults = refused(tmp_path / "again", ("form.yaml", other, other + "    module: extra\n"))
    assert faults == [
        ("looks-ahead", "scoring.yaml, line 16", "step both counts cases that are there only with the module 'extra'.")
    ]


def test_what_is_handed_on_is_a_step(tmp_path):
    feeds = "feeds: [{to: {en: A, cy: null}, steps: [s9], text: {en: B, cy: null}, nation: wales}]\nsources: []"
    faults = refused(tmp_path, ("edition.yaml", "sources: []", feeds))
    assert [(code, why) for code, _, why in faults] == [("unknown-code", "'s9' is handed on, and is no step.")]
