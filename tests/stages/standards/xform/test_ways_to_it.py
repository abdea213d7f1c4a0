"""The form is had from the command line and from the edition's page, the same bytes."""

import pytest

from inspectorate.config.cli import main
from inspectorate.methodology import editions
from inspectorate.standards.xform import as_xform


@pytest.mark.parametrize("code", ["iaow/2013", "youth/2018"])
def test_the_page_of_an_edition_gives_a_form_for_each_kind(client, code):
    page = client.get(f"/editions/{code}/").content.decode()
    edition = editions.load(code)
    for kind in edition.form.kinds:
        address = f"/editions/{code}/xforms/{kind.code}.xml"
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert answer.content == as_xform(edition, kind)
        assert answer["Content-Type"] == "application/xml; charset=utf-8"
        name = f"{code.replace('/', '-')}-{kind.code}.xml"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize("address", ["iaow/2013/xforms/court.xml", "iaow/1999/xforms/case.xml"])
def test_a_form_that_is_not_there_is_not_found(client, db, address):  # noqa: ARG001 - the page of an error may ask it
    assert client.get(f"/editions/{address}").status_code == 404


def test_the_command_prints_the_form(capsysbinary):
    edition = editions.load("iaow/2013")
    assert main(["editions", "xform", "iaow/2013"]) == 0
    assert capsysbinary.readouterr().out == as_xform(edition, edition.form.kind("case"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["youth/2018"], "youth/2018 has 2 kinds of case. Choose one of: court, out_of_court."),
        (["iaow/2013", "--kind", "court"], "iaow/2013 has no kind 'court'. Its kinds are: case."),
        (["iaow/1999"], "there is no edition 'iaow/1999'."),
        (["iaow/2013", "--out", "/nowhere/form.xml"], "/nowhere/form.xml cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_in_words(capsys, words, said):
    assert main(["editions", "xform", *words]) == 2
    assert said in capsys.readouterr().err
