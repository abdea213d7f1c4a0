"""A sheet to fill in: one row a case, one column a question, with the answers that each takes as a list to choose from.

It has one visible sheet, no formula and no macro, so that what comes back can be read as it stands.
"""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from inspectorate.methodology.answers import HELP
from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind, Question
from inspectorate.ui.workbook import write_text

LONGEST_HEAD, LONGEST_LIST = 70, 255
FIRST = 3
"""The row of the first case: heads and help stand above."""
THIN = Side(style="thin", color="B9C2CA")
LINES = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FACT, OTHER, HELPING, WHY = (
    PatternFill("solid", fgColor=colour) for colour in ("F3E9D2", "D7E8E7", "F4F6F7", "E9EDF2")
)
SEVERAL = "Only where it was not sufficient: as many as apply, a semicolon between them. May be left empty."


def make(edition: Edition, kind: Kind, cases: int, *, at: datetime) -> bytes:
    """Return the sheet for a kind of case, with room for so many cases; facts stand first, the rest as it is worked."""
    columns = _columns(kind)
    book = Workbook()
    page = book.worksheets[0]
    page.title = f"{edition.code} {kind.code}".replace("/", " ")[:31]
    book.properties.creator = "Inspectorate"
    book.properties.title = f"{edition.title.en}: {kind.title.en}"
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    _heads(page, edition, columns)
    last = FIRST + cases - 1
    _empty_rows(page, len(columns) + 1, last)
    _lists(page, columns, last)
    page.freeze_panes = f"B{FIRST}"
    page.page_setup.orientation = "landscape"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def in_order(kind: Kind) -> list[Question]:
    """Return the questions of a kind as the sheet has them: facts first, for they say what else is asked."""
    return sorted(kind.questions, key=lambda question: question.role != "fact")


def _columns(kind: Kind) -> list[tuple[Question, bool]]:
    """Return what each column is for: a question or, right of it where it has any, the reasons to tick there."""
    return [
        (question, ticked) for question in in_order(kind) for ticked in ([False, True] if question.reasons else [False])
    ]


def _heads(page: Worksheet, edition: Edition, columns: list[tuple[Question, bool]]) -> None:
    written = [(f"case {edition.code}", HELP, OTHER)]
    for question, ticked in columns:
        if ticked:
            reasons = "\n".join(f"{option.code} = {option.text.en}" for option in question.reasons)
            written.append((f"Reasons {question.code}", f"{SEVERAL}\n{reasons}", WHY))
        else:
            fill = FACT if question.role == "fact" else OTHER
            written.append((_head(question), _help(edition, question), fill))
    for number, (head, words, fill) in enumerate(written, 1):
        for row, text, back in ((1, head, fill), (2, words, HELPING)):
            cell = page.cell(row, number)
            write_text(cell, text)
            cell.fill, cell.border = back, LINES
            cell.font = Font(bold=row == 1, size=11 if row == 1 else 9)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        page.column_dimensions[get_column_letter(number)].width = 20 if number == 1 else 26
    page.row_dimensions[1].height, page.row_dimensions[2].height = 62, 190


def _head(question: Question) -> str:
    text = question.text.en
    if len(text) > LONGEST_HEAD:
        text = text[: LONGEST_HEAD - 1].rsplit(" ", 1)[0] + "…"
    return f"{question.code} {text}"


def _help(edition: Edition, question: Question) -> str:
    rules = " and ".join(edition.form.rules[code].title.en for code in question.asked_when)
    parts = [
        question.text.en if len(question.text.en) > LONGEST_HEAD else "",
        f"{' / '.join(_words(question))}.",
        f"Only where: {rules}. Else leave it empty." if rules else "",
        "" if question.required else "May be left empty.",
    ]
    return "\n".join(part for part in parts if part)


def _words(question: Question) -> list[str]:
    """Return the answers in words, with their codes where the list shows these."""
    words = [option.text.en for option in question.options]
    if list_of(question) == _listed(words):
        return words
    return [f"{option.code} = {option.text.en}" for option in question.options]


def _empty_rows(page: Worksheet, width: int, last: int) -> None:
    """Draw the rows to fill, as text: a reference keeps its noughts, and 1-2 does not become a day."""
    for row in range(FIRST, last + 1):
        for column in range(1, width + 1):
            cell = page.cell(row, column)
            cell.number_format, cell.border = "@", LINES


def _lists(page: Worksheet, columns: list[tuple[Question, bool]], last: int) -> None:
    """Offer the answers to choose from; reasons are offered too, and several may be typed."""
    lists: dict[tuple[str, bool], DataValidation] = {}
    for number, (question, ticked) in enumerate(columns, 2):
        words = _reasons_of(question) if ticked else list_of(question)
        if not words:
            continue
        if (words, ticked) not in lists:
            offered = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=not ticked)
            offered.errorTitle, offered.error = "Not one of the answers", "Choose an answer from the list."
            lists[words, ticked] = offered
            page.add_data_validation(offered)
        letter = get_column_letter(number)
        lists[words, ticked].add(f"{letter}{FIRST}:{letter}{last}")


def _reasons_of(question: Question) -> str:
    """Return the codes of the reasons as a spreadsheet lists them; nothing where they are too long for it."""
    names = [option.code for option in question.reasons]
    return _listed(names) if sum(map(len, names)) + len(names) <= LONGEST_LIST else ""


def list_of(question: Question) -> str:
    """Return the answers as a spreadsheet lists them, in words, else as codes; nothing where both are too long."""
    for names in ([option.text.en for option in question.options], [option.code for option in question.options]):
        if sum(map(len, names)) + len(names) <= LONGEST_LIST and not any("," in name or '"' in name for name in names):
            return _listed(names)
    return ""


def _listed(names: list[str]) -> str:
    return f'"{",".join(names)}"'
