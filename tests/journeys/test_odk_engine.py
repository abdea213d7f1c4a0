"""ODK's own engine, the one of ODK Web Forms, runs our forms in a browser and asks what we ask.

The engine is vendored in one file (script/vendor). ``loadForm`` and the tree that it makes are all that is used of it.
Nothing leaves loopback: the fixture ``page`` would fail the test.
"""

from pathlib import Path

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring

from inspectorate.methodology import editions
from inspectorate.methodology.forms import ABSENT
from inspectorate.standards.xform import as_xform, version

pytestmark = pytest.mark.browser
ENGINE = Path(__file__).parent / "vendor/odk-xforms-engine.mjs"
FORMS = [("iaow/2013", "case"), ("youth/2018", "court"), ("youth/2018", "out_of_court")]
DRIVE = """async xform => {
    const engine = await import('/odk/engine.mjs');
    const form = await engine.loadForm(xform);
    if (form.status !== 'success') return {status: form.status, why: String(form.error ?? form.warnings)};
    const root = form.createInstance().root;
    const walk = node => [node, ...(node.currentState.children ?? []).flatMap(walk)];
    const every = walk(root);
    const named = name => every.find(node => node.currentState.reference.endsWith('/' + name));
    window.odk = {
        shown: name => named(name).currentState.relevant,
        label: name => named(name).currentState.label.asString,
        options: name => named(name).currentState.valueOptions.map(one => [one.value, one.label.asString]),
        choose: (name, value) => named(name).selectValue(value),
        write: (name, value) => named(name).setValue(value),
        speak: start => root.setLanguage(root.languages.find(one => one.language.startsWith(start))),
        instance: async () => {
            const made = await root.prepareInstancePayload({payloadType: 'monolithic'});
            const file = made.data[0].get('xml_submission_file');
            return {status: made.status, wrong: made.violations?.length ?? 0, xml: await file.text()};
        },
    };
    return {status: form.status, languages: root.languages.map(one => one.language)};
}"""


class Engine:
    """A form as it stands open in the engine."""

    def __init__(self, page, xform):
        self.page = page
        self.loaded = page.evaluate(DRIVE, xform.decode())

    def __getattr__(self, verb):
        return lambda *given: self.page.evaluate(f"given => window.odk.{verb}(...given)", list(given))

    def choose(self, name, value):
        self.page.evaluate("given => { window.odk.choose(...given); }", [name, value])

    def write(self, name, value):
        self.page.evaluate("given => { window.odk.write(...given); }", [name, value])

    def speak(self, language):
        self.page.evaluate("start => { window.odk.speak(start); }", language)

    def names(self):
        """What the instance holds: the engine leaves out what is not shown."""
        xml = fromstring(self.instance()["xml"])
        return {node.tag for node in xml.iter()}


@pytest.fixture
def opened(page):
    """Open a form in the engine, on an empty page of its own address that no policy of ours rules."""

    def answer(route):
        if route.request.url.endswith(".mjs"):
            route.fulfill(path=ENGINE, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>ODK</title>", content_type="text/html")

    page.route("**/odk/**", answer)
    page.goto("/odk/")

    def open_form(code, kind_code):
        edition = editions.load(code)
        kind = edition.form.kind(kind_code)
        return edition, kind, Engine(page, as_xform(edition, kind))

    return open_form


@pytest.mark.parametrize(("code", "kind_code"), FORMS)
def test_the_engine_takes_the_form_in_both_languages(opened, code, kind_code):
    _, _, engine = opened(code, kind_code)
    assert engine.loaded == {"status": "success", "languages": ["English (en)", "Cymraeg (cy)"]}


def test_a_question_behind_a_rule_appears_when_the_fact_is_set_and_goes_when_it_is_not(opened):
    _, _, engine = opened("iaow/2013", "case")
    assert (engine.shown("F10"), engine.shown("F11")) == (False, False)
    engine.choose("F01", "custody")
    assert (engine.shown("F10"), engine.shown("F11")) == (True, False)
    engine.choose("F10", "yes")
    assert engine.shown("F11")
    engine.choose("F01", "community_order")
    assert (engine.shown("F10"), engine.shown("F11")) == (False, False)


def test_reasons_appear_beside_not_sufficient_alone(opened):
    _, _, engine = opened("iaow/2013", "case")
    seen = {}
    for value in ("sufficient", "not_sufficient", "not_applicable"):
        engine.choose("A01", value)
        seen[value] = engine.shown("A01-reasons")
    assert seen == {"sufficient": False, "not_sufficient": True, "not_applicable": False}


@pytest.mark.parametrize(("code", "kind_code"), FORMS)
def test_not_applicable_is_offered_and_answers_and_labels_turn_welsh(opened, code, kind_code):
    _, kind, engine = opened(code, kind_code)
    question = next(one for one in kind.questions if "not_applicable" in {option.code for option in one.options})
    assert engine.options(question.code) == [[option.code, option.text.en] for option in question.options]
    assert ["not_applicable", "Not applicable"] in engine.options(question.code)
    assert engine.label("case-reference") == "Case reference"
    engine.speak("Cymraeg")
    assert ["not_applicable", "Amherthnasol"] in engine.options(question.code)
    assert engine.label("case-reference") == "Cyfeirnod yr achos"
    assert engine.label(question.code) == f"{question.code}. {question.text.cy or question.text.en}"


@pytest.mark.parametrize(("code", "kind_code"), FORMS)
def test_for_any_answers_the_engine_asks_what_we_ask(opened, code, kind_code):
    edition, kind, engine = opened(code, kind_code)
    chance = np.random.default_rng(2018)
    widths = [len(question.options) for question in kind.questions]
    values = chance.integers(ABSENT, widths, size=(4, len(widths)), dtype=np.int8)
    every = {question.code for question in kind.questions}
    for row, asked in zip(values, edition.form.asked(kind, values), strict=True):
        for question, number in zip(kind.questions, row, strict=True):
            engine.choose(question.code, None if number == ABSENT else question.options[number].code)
        wanted = {question.code for question, is_asked in zip(kind.questions, asked, strict=True) if is_asked}
        assert engine.names() & every == wanted


@pytest.mark.parametrize(("code", "kind_code"), FORMS)
def test_a_form_filled_in_comes_out_whole_with_its_edition(opened, code, kind_code):
    edition, kind, engine = opened(code, kind_code)
    assert engine.instance()["wrong"] > 0
    engine.write("case-reference", "K-1")
    for question in kind.questions:
        engine.choose(question.code, question.options[0].code)
    out = engine.instance()
    xml = fromstring(out["xml"])
    assert (out["status"], out["wrong"]) == ("ready", 0)
    assert (xml.get("id"), xml.get("version")) == (f"{code.replace('/', '-')}-{kind_code}", version(edition, kind))
    assert [xml.find(".//case-reference").text, xml.find(".//meta/instanceName").text] == ["K-1", "K-1"]
    first = kind.questions[0]
    assert xml.find(f".//{first.code}").text == first.options[0].code
