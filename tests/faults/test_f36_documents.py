"""F36: text stays text in every PDF; making one reads no network and no file of this machine; it names nobody."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from inspectorate.inspections.letters import as_pdf as letters
from inspectorate.reports.content import content_of
from inspectorate.reports.documents.as_pdf import compiled
from tests.faults import listening
from tests.stages.reports.made import report

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def sentinel():
    with listening.sentinel() as told:
        yield told


def hostile(address, file):
    return [
        f'#image("{address}")',
        f'#read("{file}")',
        '#import "@preview/example:0.1.0"',
        f'<img src="{address}"><script src="{address}"></script>',
        f"<style>body {{ background: url({address}) }}</style>",
        f'<iframe src="file://{file}"></iframe>',
        "$ sum_(k=0)^n k $ #panic() ${7*7} {{7*7}}",
    ]


def words_of(made):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    return "".join(text.replace("‘", "'").replace("’", "'").replace("“", '"').replace("”", '"').split())


def letter(texts):
    content = {
        "title": "Notice",
        "title_cy": "",
        "subtitle": "",
        "to": "Westmoor",
        "invented": False,
        "sections": [],
    }
    made = [letters.letter_pdf(content | {"subtitle": text}, sent_at=AT, draft=False) for text in texts]
    return "".join(map(words_of, made)), made


def written(texts):
    made = compiled(content_of(report({"context": {"en": "\n\n".join(texts)}})), made_at=AT, says="Signed off.")
    return words_of(made), [made]


@pytest.mark.parametrize("make", [letter, written])
def test_what_people_write_is_printed_to_the_letter_and_nothing_is_asked_for(make, sentinel, tmp_path):
    address, asked = sentinel
    secret = tmp_path / "secret"
    secret.write_text("CANARY-OF-A-FILE")
    texts = hostile(address, secret)
    words, documents = make(texts)
    assert asked == []
    assert "CANARY-OF-A-FILE" not in words
    for text in texts:
        mark = "".join(text.split())[:18]
        assert mark in words, mark
    for made in documents:
        assert not {"/JavaScript", "/Launch", "/EmbeddedFiles"} & set(
            str(PdfReader(io.BytesIO(made)).trailer).split("'")
        )
        told = PdfReader(io.BytesIO(made)).metadata or {}
        assert set(told) <= {"/Title", "/Subject", "/Author", "/Creator", "/CreationDate", "/ModDate", "/Producer"}
        assert told.get("/Author", "Inspectorate") == "Inspectorate"


@pytest.mark.parametrize(
    "source", ['#read("/etc/hostname")', '#read("../../secret")', '#image("http://127.0.0.1:9/x.png")']
)
def test_even_a_layout_that_asks_for_a_file_or_an_address_gets_none(source, tmp_path):
    (tmp_path / "secret").write_text("CANARY")
    root = tmp_path / "a" / "b"
    root.mkdir(parents=True)
    (root / "main.typ").write_text(source)
    with pytest.raises(typst.TypstError):
        typst.compile(root / "main.typ", root=root)


def test_no_layout_of_ours_reads_asks_or_builds_text_into_code():
    package = Path(letters.__file__).parents[2]
    for path in package.rglob("*.typ"):
        text = path.read_text(encoding="utf-8")
        for word in ("#eval", "eval(", "@preview", "http:", "https:", "plugin("):
            assert word not in text, f"{path.name}: {word}"
