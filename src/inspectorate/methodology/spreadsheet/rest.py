"""Everything but the form and the guidance, as one sheet for each kind of entry."""

from collections.abc import Iterator
from typing import Any

from inspectorate.methodology.spreadsheet.tables import Book, Rows, as_sheet, from_sheet

SOURCE = "source.document source.paragraph source.says:text to_verify"
TABLES = {
    "settings": "form_title:text form_id",
    "about": ("about:text legal_basis:text in_force_from in_force_to! replaces! status author checker! next_review"),
    "modules": "code title:text led_by! optional:yes note:text",
    "focuses": f"code title:text from to note:text {SOURCE}",
    "sources": "document paragraph says:text",
    "to_verify": "what:text why:text",
    "partners": f"nation name:text role:text {SOURCE}",
    "feeds": f"nation to:text steps:list text:text {SOURCE}",
    "criteria": f"code level under title:text text:text {SOURCE}",
    "bands": f"code title:text {SOURCE}",
    "levels": "bands code title:text stars:whole from:whole",
    "scoring": (
        "code title:text method headline:yes kind question questions:list of:list not_counted:list bands "
        "points:numbers "
        f"upper_limits:list without_rating module sentence:text {SOURCE}"
    ),
    "panel": f"within_points:whole one_case:yes few_cases:whole people:whole {SOURCE}",
    "follow_up": f"text:text steps:list below:whole {SOURCE}",
    "sampling": (
        "kind eligible:text size.method size.confidence:number size.margin:number size.share:number size.minimum:whole "
        "size.maximum:whole size.steps:steps size.to_verify size.source.document size.source.paragraph "
        f"size.source.says:text strata:list! hours_per_case:number compare:list! {SOURCE}"
    ),
    "replacement": "kind code text:text",
    "timetable": (
        "code title:text weeks:whole days:whole lasts_weeks:whole lasts_days:number if_bank_holiday_weeks:whole "
        f"note:text {SOURCE}"
    ),
    "hours": f"code title:text hours:number! per {SOURCE}",
    "crosswalk": "code was:list! comparable note:text",
    "overlaps": "code standard:text says:text to_verify",
    "research": "code cites says:text to_verify",
    "life": "state on by reason digest",
    "examples": ("file title because case_list:numbers confidence:number modules:list judgements:map ratings:map"),
    "example_cases": "file inspection case kind copies:whole facts:map others but:map",
    "expected": (
        "file step sufficient:value applicable:value cases:value per_cent:value low:value high:value band:value "
        "stars:value points:value most_points:value population:value warning:value fault case question "
        "follow_up:value at:list"
    ),
}
LISTS = ("modules", "focuses", "sources", "to_verify", "partners", "feeds")
WALK = {"from_previous": "crosswalk", "outwards": "overlaps", "research": "research"}


def written(contents: dict[str, Any]) -> dict[str, Rows]:
    """Return the sheets, those that would be empty included, so that a writer sees what there could be."""
    about, scoring = contents["edition"], contents["scoring"]
    kinds = contents["sampling"]["kinds"]
    bands = scoring.get("bands", {})
    walk = contents.get("crosswalk", {})
    items: dict[str, Any] = {
        "settings": [{"form_title": about["title"], "form_id": about["code"].replace("/", "_")}],
        "about": [about],
        **{name: about.get(name, []) for name in LISTS},
        "criteria": _branches(contents["criteria"]["criteria"], None),
        "bands": [{"code": code, **item} for code, item in bands.items()],
        "levels": [{"bands": code, **level} for code, item in bands.items() for level in item["levels"]],
        "scoring": scoring["steps"],
        "panel": [scoring["panel"]] if scoring.get("panel") else [],
        "follow_up": [scoring["follow_up"]] if scoring.get("follow_up") else [],
        "sampling": [{"kind": code, **kind} for code, kind in kinds.items()],
        "replacement": [{"kind": code, **one} for code, kind in kinds.items() for one in kind["replacement_reasons"]],
        "timetable": contents["timetable"]["events"],
        "hours": contents.get("hours", {}).get("activities", []),
        **{sheet: walk.get(key, []) for key, sheet in WALK.items()},
        "life": contents.get("life", {}).get("life", []),
        "examples": [{"file": name, **one} for name, one in contents["examples"].items()],
        "example_cases": [
            {"file": name, **row} for name, one in contents["examples"].items() for row in one.get("cases", [])
        ],
        "expected": [{"file": name, **row} for name, one in contents["examples"].items() for row in one["expected"]],
    }
    return {name: as_sheet(shape, items[name]) for name, shape in TABLES.items()}


def _branches(nodes: list[dict[str, Any]], under: str | None) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield {**node, "under": under}
        yield from _branches(node.get("children", []), node["code"])


def read(book: Book) -> dict[str, Any]:
    """Return every part but form and guidance, as its file holds it."""
    sheets = {name: from_sheet(shape, book, name) for name, shape in TABLES.items()}
    plain = {name: [item for _, item in items] for name, items in sheets.items()}
    for name in ("settings", "about"):
        if len(plain[name]) != 1:
            book.fault(name, 2, None, "there must be one line below the heads.", "Write it, or keep one of them.")
    if book.faults:
        return {}
    settings, about = plain["settings"][0], plain["about"][0]
    walk = {key: plain[sheet] for key, sheet in WALK.items() if plain[sheet]}
    return {
        "edition": {
            "code": "/".join(settings.get("form_id", "").rsplit("_", 1)),
            "title": settings.get("form_title"),
            **about,
            **{name: plain[name] for name in LISTS if plain[name] or name in {"sources", "to_verify"}},
        },
        "criteria": {"criteria": _tree(book, sheets["criteria"])},
        "scoring": _scoring(book, sheets),
        "sampling": _sampling(book, sheets),
        "timetable": {"events": plain["timetable"]},
        **({"hours": {"activities": plain["hours"]}} if plain["hours"] else {}),
        **({"crosswalk": walk} if walk else {}),
        **({"life": {"life": plain["life"]}} if plain["life"] else {}),
        "examples": _examples(book, sheets),
    }


Sheet = list[tuple[int, dict[str, Any]]]


def _gather(book: Book, sheet: str, rows: Sheet, key: str, known: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return lines by what they belong to; a line that belongs to nothing is a fault."""
    found: dict[str, list[dict[str, Any]]] = {code: [] for code in known}
    for row, item in rows:
        owner = item.pop(key, "")
        if owner not in found:
            book.fault(sheet, row, key, f"there is no '{owner}'.", f"There are: {', '.join(known) or 'none'}.")
        else:
            found[owner].append(item)
    return found


def _keyed(book: Book, sheet: str, rows: Sheet, key: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row, item in rows:
        code = item.pop(key, "")
        if not code or code in found:
            book.fault(sheet, row, key, f"'{code}' is empty or stands twice.", "Give each line its own.")
        found[code] = item
    return found


def _tree(book: Book, rows: Sheet) -> list[dict[str, Any]]:
    roots: list[dict[str, Any]] = []
    met: dict[str, dict[str, Any]] = {}
    for row, item in rows:
        under = item.pop("under", None)
        if under is None:
            roots.append(item)
        elif under in met:
            met[under].setdefault("children", []).append(item)
        else:
            book.fault("criteria", row, "under", f"'{under}' stands in no line above.", "Write the outer one first.")
        met[item.get("code", "")] = item
    return roots


def _scoring(book: Book, sheets: dict[str, Sheet]) -> dict[str, Any]:
    bands = _keyed(book, "bands", sheets["bands"], "code")
    levels = _gather(book, "levels", sheets["levels"], "bands", bands)
    one = {name: [item for _, item in sheets[name]] for name in ("panel", "follow_up")}
    for name, items in one.items():
        if len(items) > 1:
            book.fault(name, 3, None, "there can be only one line.", "Keep one of them.")
    return {
        **({"bands": {code: {**item, "levels": levels[code]} for code, item in bands.items()}} if bands else {}),
        "steps": [item for _, item in sheets["scoring"]],
        "panel": one["panel"][0] if one["panel"] else None,
        **({"follow_up": one["follow_up"][0]} if one["follow_up"] else {}),
    }


def _sampling(book: Book, sheets: dict[str, Sheet]) -> dict[str, Any]:
    kinds = _keyed(book, "sampling", sheets["sampling"], "kind")
    reasons = _gather(book, "replacement", sheets["replacement"], "kind", kinds)
    return {"kinds": {code: {**kind, "replacement_reasons": reasons[code]} for code, kind in kinds.items()}}


def _examples(book: Book, sheets: dict[str, Sheet]) -> dict[str, Any]:
    found = _keyed(book, "examples", sheets["examples"], "file")
    for name in found:
        if not name.endswith(".yaml") or "/" in name or "\\" in name or name.startswith("."):
            book.fault("examples", 2, "file", f"'{name}' is no name of a file.", "Write such as two_of_three.yaml.")
    cases = _gather(book, "example_cases", sheets["example_cases"], "file", found)
    expected = _gather(book, "expected", sheets["expected"], "file", found)
    return {
        name: {**item, **({"cases": cases[name]} if cases[name] else {}), "expected": expected[name]}
        for name, item in found.items()
    }
