"""A score as words and as places on the axis from 0 to 100."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inspectorate.ui import levels, words
from inspectorate.ui.levels import Level, take

LINE = 15
# What a letter of a band takes of the axis where that is at its narrowest (about 430 pixels), and the gap between two.
A_LETTER, A_GAP = 1.45, 1.0
PLAIN_TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Score:
    """What the components ``score_bar`` and ``score_bars`` draw."""

    title: Any
    sentence: Any
    per_cent: int | None
    low: float | None
    high: float | None
    sufficient: int | None
    applicable: int | None
    cases: int | None
    level: Level | None
    levels: list[Level]
    no_interval: Any = None
    compare: float | None = None

    @property
    def has_interval(self) -> bool:
        """Say whether there is a whisker to draw."""
        return None not in (self.per_cent, self.low, self.high) and not self.is_census

    @property
    def is_census(self) -> bool:
        """Say whether every case was inspected, so that there is nothing to be unsure of."""
        return self.low is not None and self.low == self.high

    @property
    def between(self) -> str:
        """Return the interval as short words for a table, or why there is none."""
        if self.per_cent is None:
            return _("no case to judge")
        if self.is_census:
            return _("every case was inspected")
        if self.low is None or self.high is None:
            return str(words.in_language(self.no_interval)) or _("not enough cases to say")
        return _("%(low)s to %(high)s") % {"low": whole(self.low), "high": whole(self.high)}

    @property
    def bar(self) -> str:
        """Return the length of the bar, as a share of the axis."""
        return place(self.per_cent or 0)

    @property
    def mark(self) -> str:
        """Return where the figure to compare with stands on the axis; nothing where there is none."""
        return "" if self.compare is None else place(self.compare)

    @property
    def whisker(self) -> dict[str, str]:
        """Return both ends of the whisker, as shares of the axis."""
        return {"from": place(self.low or 0), "to": place(self.high or 0)}

    @property
    def base(self) -> str:
        """Return what the score rests on, in words: 438 of 600 judgements, in 60 cases."""
        if not self.counts:
            return ""
        judged = ngettext("%(counts)s judgement", "%(counts)s judgements", self.applicable or 0)
        said = judged % {"counts": self.counts}
        if not self.cases:
            return said
        within = ngettext("%(said)s, in %(cases)s case", "%(said)s, in %(cases)s cases", self.cases)
        return within % {"said": said, "cases": words.written_number(self.cases)}

    @property
    def counts(self) -> str:
        """Return the integers behind the per cent: 120 of 164."""
        if self.sufficient is None or not self.applicable:
            return ""
        return _("%(part)s of %(all)s") % {
            "part": words.written_number(self.sufficient),
            "all": words.written_number(self.applicable),
        }


def whole(value: float) -> int:
    """Round half up, as every printed per cent is rounded."""
    return int(value + 0.5)


def place(value: float) -> str:
    """Return a place on the axis as SVG takes it, whatever the reader's language."""
    return f"{min(max(value, 0), 100):g}%"


def in_words(per_cent: int | None, low: float | None, high: float | None, no_interval: Any = None) -> str:
    """Say a score in one sentence, with how sure it is; ``no_interval`` says why that is not known."""
    if per_cent is None:
        return _("There was no case to judge.")
    share = _("%(per_cent)s per cent of the judged work was sufficient") % {"per_cent": per_cent}
    if no_interval and (low is None or high is None):
        return f"{share}; {words.in_language(no_interval)}."
    if low is None or high is None:
        return _("%(share)s; there are not enough cases to say how it is in the whole caseload.") % {"share": share}
    if low == high:
        return _("%(share)s; every case was inspected.") % {"share": share}
    ends = {"share": share, "low": whole(low), "high": whole(high)}
    return _("%(share)s; between %(low)s and %(high)s in the whole caseload.") % ends


def read(given: Any, bands: Any = None) -> Score:
    """Read a score handed over as a dictionary or as anything with these attributes; its own bands go first."""
    per_cent, low, high, no_interval = (take(given, name) for name in ("per_cent", "low", "high", "no_interval"))
    bands = take(given, "bands") or bands
    code = take(given, "band")
    return Score(
        title=take(given, "title") or take(take(given, "step"), "title"),
        sentence=take(given, "sentence") or in_words(per_cent, low, high, no_interval),
        per_cent=per_cent,
        low=low,
        high=high,
        sufficient=take(given, "sufficient"),
        applicable=take(given, "applicable"),
        cases=take(given, "cases"),
        level=levels.named(code, bands) if code else None,
        levels=levels.read(bands),
        no_interval=no_interval,
        compare=take(given, "compare"),
    )


def shading(shown: list[Level]) -> list[dict[str, Any]]:
    """Return the bands as places on the axis; the higher the band, the deeper its grey."""
    return [
        {
            "x": place(level.start),
            "width": place(level.end - level.start),
            "shade": 1 + round(3 * level.rank / max(level.of - 1, 1)),
        }
        for level in shown
    ]


def band_words(shown: list[Level], here: Level | None, *, stacked: bool) -> dict[str, Any]:
    """Return the words over the bands and how high they stand; stacked, every word has a line of its own."""
    texts = [strip_tags(str(words.in_language(level.title))) for level in shown]
    parted = [text.split() if stacked else [text] for text in texts]
    middles = [(level.start + level.end) / 2 for level in shown]
    lifted = _lifted(parted, middles) if stacked else [0] * len(parted)
    most = max((len(parts) + lift for parts, lift in zip(parted, lifted, strict=True)), default=0)
    over = [
        {
            "middle": place(middle),
            "here": level == here,
            "lines": [
                {"text": part, "y": LINE * (most - lift - len(parts) + row)} for row, part in enumerate(parts, start=1)
            ],
        }
        for level, parts, middle, lift in zip(shown, parted, middles, lifted, strict=True)
    ]
    return {"over": over, "height": LINE * most + 6}


def _lifted(parted: list[list[str]], middles: list[float]) -> list[int]:
    """Return by how many lines each label is lifted, so that it does not run into the one before it."""
    lifted: list[int] = []
    for number, parts in enumerate(parted):
        if not number or lifted[-1]:
            lifted.append(0)
            continue
        letters = (max(map(len, parts), default=0) + max(map(len, parted[number - 1]), default=0)) / 2
        runs_in = letters * A_LETTER + A_GAP > middles[number] - middles[number - 1]
        lifted.append(len(parted[number - 1]) if runs_in else 0)
    return lifted


def ticks(shown: list[Level]) -> list[dict[str, str]]:
    """Return the figures under the axis: where the bands are cut, or quarters where there are none."""
    values = [level.start for level in shown] + [100] if shown else list(PLAIN_TICKS)
    anchors = {0: "start", 100: "end"}
    return [{"x": place(value), "text": str(value), "anchor": anchors.get(value, "middle")} for value in values]
