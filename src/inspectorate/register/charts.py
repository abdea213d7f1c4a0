"""Draws how the bodies of a table lie on one measure: a dot for each, on an axis from 0 to 100.

Drawn with Altair and turned into SVG on the server; no script runs on the page. Everything is drawn in the colour of
the text around it, so that it follows dark mode and prints in grey. A data table always stands beside it.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from inspectorate import ui
from inspectorate.register.tables import STARS, YEAR, ProgrammeYear, Summary, Table, summarise

DRAWING = "dots@1"  # part of the digest: a chart drawn in another way is another chart
WIDTH = 340  # pixels of a phone; on wider screens it grows with its frame
LANE = 11  # pixels from one row of dots to the next
APART = 2.6  # per cent: dots nearer than this stand in different rows
INK = "#010203"  # stands for the colour of the text, and is replaced by it below
FONT = "Noto Sans"


@dataclass(frozen=True)
class Dots:
    """What one chart shows: the per cents of all bodies, the printed aggregate (or None) and our median."""

    title: str
    per_cents: tuple[int, ...]
    aggregate: int | None
    median: float | int | None

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that the chart shows and of the way it is drawn."""
        told = json.dumps([DRAWING, asdict(self)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def words(self) -> str:
        """The chart in a sentence, for whoever cannot see it."""
        parts = [f"{len(self.per_cents)} bodies, from {min(self.per_cents)} to {max(self.per_cents)} per cent"]
        parts.append(f"median {self.median} (ours)")
        parts.append("no aggregate is printed" if self.aggregate is None else f"aggregate as printed {self.aggregate}")
        return "; ".join(parts) + "."


def charts_of(programme_year: ProgrammeYear, table: Table) -> tuple[Dots | None, ...]:
    """Return one chart for each measure of a table; None where it has no per cents (stars alone, reinspection)."""
    if table.reinspection or not table.rows:
        return tuple(None for _ in programme_year.measures)
    return tuple(
        None
        if summary.measure.scale == STARS or not summary.bodies
        else Dots(
            title=f"{summary.measure.title}, {table.title[0].lower()}{table.title[1:]}",
            per_cents=_per_cents(programme_year, table, summary),
            aggregate=summary.printed.get((YEAR, "aggregate")),
            median=summary.median,
        )
        for summary in summarise(programme_year, table)
    )


def _per_cents(programme_year: ProgrammeYear, table: Table, summary: Summary) -> tuple[int, ...]:
    values = table.values_of(programme_year.measures.index(summary.measure))
    return tuple(value.per_cent for _, value in values if value.per_cent is not None)


def lanes(per_cents: Sequence[int]) -> list[tuple[int, int]]:
    """Return (per cent, row) for each dot: the lowest row in which it does not touch another."""
    ends: list[float] = []
    placed = []
    for per_cent in sorted(per_cents):
        lane = next((row for row, end in enumerate(ends) if per_cent - end >= APART), len(ends))
        ends[lane : lane + 1] = [per_cent]
        placed.append((per_cent, lane))
    return placed


@cache
def draw(dots: Dots) -> str:
    """Return the chart as SVG with a role, a title and a description."""
    import altair as alt  # noqa: PLC0415 - half a second, and only for a chart that was never drawn
    import vl_convert  # noqa: PLC0415

    vl_convert.register_font_directory(str(Path(ui.__file__).parent / "fonts"))
    placed = lanes(dots.per_cents)
    rows = max(lane for _, lane in placed) + 1
    x = alt.X(
        "per_cent:Q",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], grid=True, gridOpacity=0.15, title="per cent"),
    )
    y = alt.Y("lane:Q", scale=alt.Scale(domain=[-0.7, rows + 3.2], nice=False), axis=None)
    points = alt.Chart(_rows([{"per_cent": p, "lane": lane} for p, lane in placed])).mark_circle(
        size=60, opacity=0.75, color=INK
    )
    layers = [points.encode(x=x, y=y)]
    for (words, value, dash), height in zip(_marks(dots), (rows + 2.3, rows + 0.9), strict=False):
        layers += _marker(f"{words} {value}", value, height, dash, left=max(mark[1] for mark in _marks(dots)) > 50)
    chart = alt.layer(*layers).properties(width=WIDTH, height=(rows + 4) * LANE)
    chart = chart.configure(font=FONT, aria=False, background="transparent", padding=4).configure_view(stroke=None)
    chart = chart.configure_axis(
        labelColor=INK,
        titleColor=INK,
        domainColor=INK,
        tickColor=INK,
        gridColor=INK,
        labelFontSize=12,
        titleFontSize=12,
    )
    return _accessible(vl_convert.vegalite_to_svg(chart.to_dict()), dots)


def _marks(dots: Dots) -> list[tuple[str, float | int, list[int]]]:
    """Return words, value and dash of each line, the one to be written on top first.

    On top stands the line furthest from the words, so that none is drawn through the other's words.
    """
    marks = [("median, ours", dots.median, [3, 3]), ("aggregate", dots.aggregate, [1, 0])]
    drawn = [(words, value, dash) for words, value, dash in marks if value is not None]
    left = max((value for _, value, _ in drawn), default=0) > 50
    return sorted(drawn, key=lambda mark: mark[1], reverse=left)


def _marker(words: str, value: float, height: float, dash: list[int], *, left: bool) -> list[Any]:
    """Return a line down to the axis at ``value``, with its words beside it."""
    import altair as alt  # noqa: PLC0415

    data = _rows([{"per_cent": value, "lane": height, "foot": -0.7, "words": words}])
    line = alt.Chart(data).mark_rule(color=INK, strokeDash=dash).encode(x="per_cent:Q", y="lane:Q", y2="foot:Q")
    text = alt.Chart(data).mark_text(
        color=INK, align="right" if left else "left", dx=-4 if left else 4, dy=5, baseline="middle", fontSize=12
    )
    return [line, text.encode(x="per_cent:Q", y="lane:Q", text="words:N")]


def _rows(rows: list[dict[str, Any]]) -> Any:
    """Return rows as the data of a chart, written into it."""
    import altair as alt  # noqa: PLC0415

    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _accessible(svg: str, dots: Dots) -> str:
    """Give the root a role, a title, a description and our font, and let it take the colour of the text."""
    name = f"chart-{dots.digest[:12]}"
    labels = f'aria-labelledby="{name}-title {name}-desc"'
    words = f'<title id="{name}-title">{escape(dots.title)}</title><desc id="{name}-desc">{escape(dots.words)}</desc>'
    svg = re.sub(r' (?:width|height)="[\d.]+"', "", svg, count=2)  # it takes the width of its frame
    svg = re.sub(r' (?:font-family|class|role|aria-[a-z]+|pointer-events)="[^"]*"', "", svg)
    svg = re.sub(r"\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}", svg)
    root = rf'<svg role="img" {labels} font-family="{FONT}, sans-serif"\1>{words}'
    return re.sub(r"<svg([^>]*)>", root, svg, count=1).replace(INK, "currentColor")
