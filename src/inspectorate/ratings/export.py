"""Everything that was decided about the ratings of an inspection, as sheets: heads first, then rows."""

from inspectorate.inspections.models import Inspection
from inspectorate.ratings.models import Judgement, PanelMove, Settlement

Sheet = list[list[object]]
JUDGEMENTS = ("module", "standard", "number", "rating", "reason", "judged_by_name", "judged_at")
MOVES = (
    "module", "standard", "from_level", "to_level", "state", "reason", "grounds", "proposed_by_name", "proposed_at",
    "decision_reason", "decided_by_name", "decided_at", "withdrawn_because", "withdrawn_at",
)  # fmt: skip
FIGURES = (
    "settlement", "settled_at", "inputs_digest", "part", "code", "title", "sufficient", "applicable", "cases",
    "per_cent", "low", "high", "rating", "rating_by_the_rule", "sentence",
)  # fmt: skip


def sheets_of(inspection: Inspection) -> dict[str, Sheet]:
    """Return every rating by people, every move of the panel and every settled figure, by the name of its sheet."""
    judgements = Judgement.objects.filter(inspection=inspection).order_by("module", "standard", "number")
    moves = PanelMove.objects.filter(inspection=inspection).order_by("proposed_at", "pk")
    settlements = Settlement.objects.filter(inspection=inspection).defer("inputs").order_by("number")
    return {
        "ratings_by_people": _sheet(JUDGEMENTS, judgements),
        "panel_moves": _sheet(MOVES, moves),
        "settled_ratings": [list(FIGURES), *(row for one in settlements for row in _figures(one))],
    }


def _sheet(heads: tuple[str, ...], rows: object) -> Sheet:
    return [list(heads), *([_cell(getattr(row, head)) for head in heads] for row in rows)]  # type: ignore[attr-defined]


def _cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return value.isoformat() if hasattr(value, "isoformat") else value


def _figures(settlement: Settlement) -> Sheet:
    first: list[object] = [settlement.number, settlement.settled_at.isoformat(), settlement.inputs_digest]
    payload = settlement.payload
    found: Sheet = []
    for part, section in (("main", payload), *((one["code"], one) for one in payload["modules"])):
        overall = [section["overall"]] if section["overall"] else []
        for one in (*section["scores"], *section["standards"], *overall):
            figures = [one[name] for name in ("sufficient", "applicable", "cases", "per_cent", "low", "high")]
            rated = [one["band"], one["rule"], one["sentence"]]
            found.append([*first, part, one["code"], one["title"]["en"], *figures, *rated])
    return found
