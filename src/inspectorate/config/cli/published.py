"""``inspectorate published PROGRAMME YEAR``: the tables that the documents print, and what we read off them."""

import argparse
import json
import sys
import textwrap
from itertools import zip_longest

from inspectorate.register.published import NotPublishedError, programme_years, read
from inspectorate.register.sheets import Cell, Sheet
from inspectorate.register.tables import (
    PREVIOUS_YEAR,
    PROGRAMME_TO_DATE,
    YEAR,
    ProgrammeYear,
    Row,
    Summary,
    Table,
    Value,
    as_data,
    summarise,
)

OF_WORDS = {YEAR: "", PREVIOUS_YEAR: ", year before", PROGRAMME_TO_DATE: ", programme to date"}
NAME_WIDTH = 41
SHEET_WIDTH = 70
CELL_WIDTH = 15


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a programme and a year."""
    there_are = ", ".join(" ".join(pair) for pair in programme_years())
    parser.add_argument("programme", help="the programme's short name, as in 'cci'")
    parser.add_argument("year", help="the inspection year, as in '2011-12'")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.epilog = f"there are: {there_are}\nexample: inspectorate published cci 2011-12"


def run(arguments: argparse.Namespace) -> int:
    """Print the tables; 2 where there is no such programme and year."""
    try:
        programme_year = read(arguments.programme, arguments.year)
    except NotPublishedError as refusal:
        print(f"inspectorate published: {refusal}", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(as_data(programme_year), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(programme_year)))
    return 0


def _lines(programme_year: ProgrammeYear) -> list[str]:
    """Return the whole answer, line by line."""
    lines = [f"{programme_year.title}, {programme_year.year}", f"Source: {programme_year.document_title}"]
    if programme_year.tables:
        lines.append("Per cent of the work that was of sufficient quality; * to **** are stars as printed.")
    for table in programme_year.tables:
        lines += ["", *_table_lines(programme_year, table)]
    for sheet in programme_year.sheets:
        lines += ["", *_sheet_lines(sheet)]
    said = {sheet.title for sheet in programme_year.sheets}
    for also in (also for also in programme_year.also_printed if also.title not in said):
        lines += ["", f"{also.title} ({also.paragraph})"]
        lines += [f"  {label:<52}{per_cent:>4}" for label, per_cent in also.figures]
    if programme_year.flags:
        lines += ["", *(f"! {flag}" for flag in programme_year.flags)]
    if programme_year.notes:
        lines += ["", *(f"Note: {note}" for note in programme_year.notes)]
    return lines


def _table_lines(programme_year: ProgrammeYear, table: Table) -> list[str]:
    """Return one table with its rows, then its lowest, highest, median and aggregate."""
    lines = [f"{table.title} ({table.paragraph})", *_head_lines(programme_year)]
    for row in table.rows:
        name = f"{row.body}, {row.visit}" if table.reinspection else row.body
        lines.append(_line(name, [_cell(value) for value in row.values]))
    summaries = summarise(programme_year, table)
    if summaries:
        lines.append("-" * (NAME_WIDTH + CELL_WIDTH * len(programme_year.measures)))
        lines += [_line(words, cells) for words, cells in _summary_lines(summaries)]
    lines += [f"{row.body}: {row.remark}" for row in _told_once(table)]
    return lines


def _sheet_lines(sheet: Sheet) -> list[str]:
    """Return one of the other tables: heads, rows, base, notes and flags. What is ours says so."""
    lines = [f"{sheet.title} ({'ours, from ' if sheet.ours else ''}{sheet.paragraph})"]
    heads = [f"{head.title}, {head.unit}" if head.unit else head.title for head in sheet.heads]
    lines.append(f"  [{' | '.join(heads)}]")
    for line in sheet.lines:
        label, *cells = [_marked(cell, sheet) for cell in line.cells]
        lines.append(f"  {label:<{SHEET_WIDTH}} {' | '.join(cells)}{' (phrased as a failing)' if line.failing else ''}")
    if sheet.base:
        lines.append(f"  Base: {sheet.base.text}")
    lines += [f"  Note: {note.text}" for note in sheet.notes]
    return lines + [f"  ! {flag.text}" for flag in sheet.flags]


def _marked(cell: Cell, sheet: Sheet) -> str:
    """Return a cell; what is ours among printed figures is marked."""
    return f"{cell.text} (ours)" if cell.ours and not sheet.ours else cell.text


def _told_once(table: Table) -> list[Row]:
    """Return the rows with a remark, one for each body."""
    return list({row.body: row for row in table.rows if row.remark}.values())


def _summary_lines(summaries: tuple[Summary, ...]) -> list[tuple[str, list[str]]]:
    """Return the lines under a table. What the document does not print is marked as ours or as not printed."""
    lines = [
        ("lowest", [_figure(s.lowest.value if s.lowest else None, s) for s in summaries]),
        ("highest", [_figure(s.highest.value if s.highest else None, s) for s in summaries]),
        ("median (ours, not printed)", [_figure(s.median, s) for s in summaries]),
    ]
    printed = dict.fromkeys(key for s in summaries for key in s.printed)
    for of, statistic in printed:
        cells = [_figure(s.printed.get((of, statistic)), s) for s in summaries]
        lines.append((f"{statistic} as printed{OF_WORDS[of]}", cells))
    if (YEAR, "aggregate") not in printed:
        lines.append(("aggregate: none is printed", ["-" for _ in summaries]))
    return lines


def _figure(value: float | None, summary: Summary) -> str:
    """Return a figure in its unit: 68, 80.5 or **."""
    if value is None:
        return "-"
    return "*" * int(value) if summary.in_stars else str(value)


def _cell(value: Value | None) -> str:
    """Return one printed cell: 73, 55 ***!, ** or a dash; the exclamation mark points to a flag below."""
    if value is None:
        return "-"
    parts = [str(value.per_cent) if value.per_cent is not None else "", "*" * (value.stars or 0)]
    return " ".join(part for part in parts if part) + ("!" if value.flag else "")


def _head_lines(programme_year: ProgrammeYear) -> list[str]:
    """Return the heads of the columns, on as many lines as the longest needs."""
    wrapped = [textwrap.wrap(measure.short, CELL_WIDTH - 2) for measure in programme_year.measures]
    lines = [list(line) for line in zip_longest(*wrapped, fillvalue="")]
    return [_line(programme_year.body_word if line is lines[-1] else "", line) for line in lines]


def _line(name: str, cells: list[str]) -> str:
    """Return a name and its figures, in columns."""
    return f"{name:<{NAME_WIDTH}}" + "".join(f"{cell:>{CELL_WIDTH}}" for cell in cells)
