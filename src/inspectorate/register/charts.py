"""Draws how the bodies of a table lie on one measure: a dot for each, on an axis from 0 to 100.

Written as SVG on the server, without a library of charts: a page may be the first to show a result, and such a library
takes seconds to wake. No script runs on the page. Everything is drawn in the colour of the text around it, so that it
follows dark mode and prints in grey. A data table always stands beside it.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape

from inspectorate.register.tables import STARS, YEAR, ProgrammeYear, Summary, Table, summarise

DRAWING = "dots@2"  # part of the digest: a chart drawn in another way is another chart
WIDTH = 340  # pixels of a phone; on wider screens it grows with its frame
LANE = 11  # pixels from one row of dots to the next
APART = 2.6  # per cent: dots nearer than this stand in different rows
EDGE = 12  # pixels around the plot: half of a figure of the axis stands outside it
BELOW = 42  # pixels for the figures of the axis and its unit
RADIUS = 4.4
INK = ' fill="currentColor"'
LINE = ' fill="none" stroke="currentColor"'
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
    placed = lanes(dots.per_cents)
    rows = max(lane for _, lane in placed) + 1
    plot = Plot(rows)
    marks = _marks(dots)
    left = max((value for _, value, _ in marks), default=0) > 50
    drawn = [
        *_axis(plot),
        *(f'<circle cx="{plot.x(p)}" cy="{plot.y(lane)}" r="{RADIUS}"{INK} opacity="0.75"/>' for p, lane in placed),
        *(_marker(plot, mark, rows + height, left=left) for mark, height in zip(marks, (2.3, 0.9), strict=False)),
    ]
    name = f"chart-{dots.digest[:12]}"
    return (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" font-family="{FONT}, sans-serif" font-size="12"'
        f' xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 2 * EDGE} {plot.foot + BELOW}">'
        f'<title id="{name}-title">{escape(dots.title)}</title><desc id="{name}-desc">{escape(dots.words)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


@dataclass(frozen=True)
class Plot:
    """Where things stand: per cents from left to right, rows of dots from the axis upwards."""

    rows: int

    @property
    def height(self) -> int:
        """The height of the plot in pixels, with room for two lines of words above the dots."""
        return (self.rows + 4) * LANE

    @property
    def foot(self) -> int:
        """Where the axis stands."""
        return EDGE + self.height

    def x(self, per_cent: float) -> str:
        """Return where a per cent stands."""
        return f"{EDGE + WIDTH * per_cent / 100:.1f}"

    def y(self, lane: float) -> str:
        """Return where a row stands."""
        return f"{self.foot - self.height * (lane + 0.7) / (self.rows + 3.9):.1f}"


def _axis(plot: Plot) -> list[str]:
    """Return the axis from 0 to 100, with its lines, figures and unit."""
    found = [f'<path d="M{plot.x(0)} {plot.foot}H{plot.x(100)}"{LINE}/>']
    for value in (0, 25, 50, 75, 100):
        x = plot.x(value)
        found += [
            f'<path d="M{x} {EDGE}V{plot.foot}"{LINE} opacity="0.15"/><path d="M{x} {plot.foot}v5"{LINE}/>',
            f'<text x="{x}" y="{plot.foot + 18}"{INK} text-anchor="middle">{value}</text>',
        ]
    middle = f'x="{plot.x(50)}" y="{plot.foot + 35}"'
    return [*found, f'<text {middle}{INK} text-anchor="middle" font-weight="700">per cent</text>']


def _marks(dots: Dots) -> list[tuple[str, float | int, str]]:
    """Return words, value and dash of each line, the one to be written on top first.

    On top stands the line furthest from the words, so that none is drawn through the other's words.
    """
    marks = [("median, ours", dots.median, ' stroke-dasharray="3 3"'), ("aggregate", dots.aggregate, "")]
    drawn = [(words, value, dash) for words, value, dash in marks if value is not None]
    left = max((value for _, value, _ in drawn), default=0) > 50
    return sorted(drawn, key=lambda mark: mark[1], reverse=left)


def _marker(plot: Plot, mark: tuple[str, float | int, str], height: float, *, left: bool) -> str:
    """Return a line down to the axis at a value, with its words beside it."""
    words, value, dash = mark
    x, y = plot.x(value), plot.y(height)
    beside = f'dx="{-4 if left else 4}" dy="9" text-anchor="{"end" if left else "start"}"'
    return f'<path d="M{x} {y}V{plot.foot}"{LINE}{dash}/><text x="{x}" y="{y}" {beside}{INK}>{words} {value}</text>'
