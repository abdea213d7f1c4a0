"""The front page of an edition."""

from pathlib import Path
from typing import Any

from inspectorate.methodology.editions import Moment
from inspectorate.methodology.faults import Refused
from inspectorate.methodology.texts import Text
from inspectorate.standards.queries import practice, sentences, shelf
from inspectorate.standards.queries.scoring import scoring
from inspectorate.standards.queries.sentences import said, sourced
from inspectorate.standards.queries.shelf import Held
from inspectorate.standards.queries.supplements import supplements


def edition_page(code: str, root: Path | None = None) -> dict[str, Any]:
    """Return all that the front page says of one edition."""
    held = shelf.held(code, root)
    about = held.edition.about
    return {
        **head(held),
        "about": said(Text.read(about["about"])),
        "legal_basis": said(Text.read(about["legal_basis"])),
        "facts": about,
        "state_means": sentences.STATES[held.edition.status],
        "life": [_moment(held, moment) for moment in held.edition.life],
        "replaces": _neighbour(about["replaces"], root),
        "replaced_by": [_neighbour(one, root) for one in _later(code, root)],
        "modules": [_module(module) for module in about["modules"]],
        "focuses": [said(Text.read(focus["title"])) for focus in about.get("focuses", ())],
        "groups": _groups(held),
        "scoring": scoring(held),
        **supplements(held),
        "sampling": practice.sampling(held),
        "timetable": practice.timetable(held),
        "sources": [{"from": sourced(source), "says": said(source.says)} for source in held.edition.sources if source],
        "to_verify": [
            {"what": said(Text.read(item["what"])), "why": said(Text.read(item["why"]))}
            for item in about.get("to_verify", ())
        ],
    }


def head(held: Held) -> dict[str, Any]:
    """Return what stands at the top of every page of an edition: its name, its state and its parts."""
    edition = held.edition
    return {
        "held": held,
        "edition": edition,
        "title": said(edition.title),
        "year": held.year,
        "state": edition.status,
        "tone": sentences.TONES[edition.status],
        "checker": edition.about["checker"],
        "kinds": [(said(kind.title), len(kind.questions)) for kind in held.kinds],
        "number": len(held.questions),
        "parts": {page: held.href(page) for page in ("edition", "criteria", "questions", "examples", "compare")},
    }


def _moment(held: Held, moment: Moment) -> dict[str, Any]:
    """Return one state of the life of an edition; ``changed`` where its files are no longer what they were then."""
    return {
        "state": moment.state,
        "tone": sentences.TONES[moment.state],
        "on": moment.on,
        "by": moment.by,
        "reason": moment.reason,
        "changed": moment.digest != held.edition.digest,
    }


def _groups(held: Held) -> list[dict[str, Any]]:
    """Return the standards, under their domains where the edition has domains."""
    roots = held.edition.criteria
    if all(node.level == "domain" for node in roots):
        return [{"node": node, "standards": node.children} for node in roots]
    return [{"node": None, "standards": roots}]


def _module(module: dict[str, Any]) -> str:
    words = said(Text.read(module["title"]))
    led = f", led by {module['led_by']}" if module["led_by"] else ""
    return f"{words}{led}{' (optional)' if module['optional'] else ''}"


def _later(code: str, root: Path | None) -> list[str]:
    """Return the editions that say that they replace this one."""
    found = []
    for other in shelf.codes(root):
        try:
            if shelf.held(other, root).edition.about["replaces"] == code:
                found.append(other)
        except Refused:
            continue
    return found


def _neighbour(code: str | None, root: Path | None) -> dict[str, str]:
    """Name another edition; its address is given where it is held here and can be read."""
    if not code:
        return {}
    try:
        other = shelf.held(code, root)
    except (shelf.UnknownError, Refused):
        return {"title": code, "href": ""}
    return {"title": f"{said(other.edition.title)}, {other.year}", "href": other.href()}
