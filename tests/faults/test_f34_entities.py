"""F34: entities, links outside, macros, formulas and hidden sheets handed in: refused, and nothing is fetched."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from inspectorate.inspections.evidence.files import NewFile, checked_file
from inspectorate.inspections.refusals import RefusedError
from inspectorate.methodology.faults import Refused
from inspectorate.sampling.files import rows_of
from tests import made_files
from tests.faults import listening

LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (one + 1, one, one, one, one) for one in range(97, 117))
    + b"]><x>&u;</x>"
)
RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.fixture
def sentinel():
    """A server of this machine that nobody must ask: its address, and who asked."""
    with listening.sentinel() as (address, asked):
        yield address.encode(), asked


def workbook(parts=(), change=lambda _name, data: data):
    made, book = io.BytesIO(), Workbook()
    book.active.append(["case", "risk"])
    book.active.append(["C001", "high"])
    book.save(made)
    changed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in dict(parts).items():
            new.writestr(name, data)
    return changed.getvalue()


def declared(data, address):
    start = data.index(b"<worksheet") if b"<worksheet" in data else 0
    return b'<!DOCTYPE x [<!ENTITY e SYSTEM "' + address + b'">]>' + data[start:].replace(b"</v>", b"&e;</v>", 1)


def hostile(address):
    """Return hostile workbooks by what is wrong with each."""
    first = "xl/worksheets/sheet1.xml"
    return {
        "an entity of a file": workbook(
            change=lambda name, data: declared(data, b"file:///etc/passwd") if name == first else data
        ),
        "an entity of an address": workbook(
            change=lambda name, data: declared(data, address) if name == first else data
        ),
        "a billion laughs": workbook(change=lambda name, data: LAUGHS if name == "xl/styles.xml" else data),
        "laughs in another writing": workbook({"xl/more.xml": LAUGHS.decode().encode("utf-16")}),
        "a linked workbook": workbook({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        "a connection": workbook({"xl/connections.xml": b"<connections/>"}),
        "a linked picture": workbook({"xl/worksheets/_rels/sheet1.xml.rels": RELATION % (b"image", address)}),
        "a template elsewhere": workbook({"xl/_rels/more.xml.rels": RELATION % (b"attachedTemplate", address)}),
        "macros": workbook({"xl/vbaProject.bin": b"\xd0\xcf"}),
        "old macros": workbook({"xl/macrosheets/sheet1.xml": b"<x/>"}),
        "a packed object": workbook({"xl/embeddings/oleObject1.bin": b"\xd0\xcf"}),
    }


NAMES = sorted(hostile(b"http://127.0.0.1/"))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_workbook_is_refused_and_nothing_is_fetched(name, sentinel):
    address, asked = sentinel
    content = hostile(address)[name]
    with pytest.raises(Refused) as refused:
        rows_of("list.xlsx", content)
    assert "root:" not in str(refused.value.faults)
    with pytest.raises(RefusedError) as also:
        checked_file(NewFile("plan.xlsx", content))
    assert also.value.sentence.startswith("'plan.xlsx' ")
    assert asked == []


def test_a_link_that_somebody_would_have_to_follow_is_no_fault(sentinel):
    address, asked = sentinel
    content = workbook({"xl/worksheets/_rels/sheet1.xml.rels": RELATION % (b"hyperlink", address)})
    assert rows_of("list.xlsx", content) == [["case", "risk"], ["C001", "high"]]
    assert checked_file(NewFile("plan.xlsx", content)).kind == "xlsx"
    assert asked == []


def ods_faults():
    cell = "<table:table-cell{}><text:p>7</text:p></table:table-cell>"
    formula = cell.format(' table:formula="of:=1+6"')
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    row = "<table:table-row>{}</table:table-row>"
    two = made_files.sheet(["a"]) + made_files.sheet(["b"], name="More")
    return {
        "formulas": made_files.ods(f'<table:table table:name="C">{row.format(formula)}</table:table>'),
        "hidden sheets": made_files.ods(made_files.sheet(["a"], more=' table:style-name="ta2"'), hidden),
        "more than one sheet": made_files.ods(two),
        "macros": made_files.packed(
            {"mimetype": made_files.ODS, "content.xml": "<x/>", "Basic/Standard/m.xml": "<x/>"}
        ),
    }


@pytest.mark.parametrize("what", ["formulas", "hidden sheets", "more than one sheet", "macros"])
def test_an_opendocument_spreadsheet_is_looked_at_in_the_same_way(what):
    with pytest.raises(Refused, match=what):
        rows_of("list.ods", ods_faults()[what])


def test_an_opendocument_spreadsheet_is_read_as_text():
    cells = (
        '<table:table-cell office:value-type="float" office:value="12.0"><text:p>12</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-11-21"><text:p/></table:table-cell>'
        '<table:table-cell office:value-type="string"><office:annotation><text:p>not this</text:p></office:annotation>'
        '<text:p>MARCH1<text:s text:c="2"/>x</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="1000"/>'
    )
    empty = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
    found = f'<table:table table:name="C"><table:table-row>{cells}</table:table-row>{empty}</table:table>'
    assert rows_of("list.ods", made_files.ods(found)) == [["12", "2026-11-21", "MARCH1  x"]]
