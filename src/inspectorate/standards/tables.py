"""The tables on the pages of the editions, as the component ``table`` takes them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from inspectorate.standards import forms
from inspectorate.standards.queries import EditionsAsked
from inspectorate.ui.words import written_date

Table = dict[str, Any]
TURNED = {"ascending": "descending", "descending": "ascending"}


def editions_table(found: dict[str, Any]) -> Table:
    """Return the list of editions; the heads of three columns sort it."""
    asked: EditionsAsked = found["asked"]
    tones = {state: tone for state, _, tone in found["states"]} | {"unreadable": "stop"}
    columns = [
        _sortable("edition", "Edition", asked),
        _sortable("year", "Year", asked),
        {"title": "State"},
        {"title": "In force"},
        {"title": "Kinds of case"},
        _sortable("questions", "Questions", asked) | {"numeric": True},
        {"title": "Digest"},
    ]
    rows = [
        [
            {"text": one.title, "href": reverse("standards:edition", args=one.code.split("/")), "note": one.fault},
            one.year,
            {"component": "tag", "text": _state(one.state), "tone": tones[one.state]},
            in_force(one.in_force_from, one.in_force_to),
            ", ".join(one.kinds),
            one.questions,
            format_html("<code>{}</code>", one.digest[:8]) if one.digest else "",
        ]
        for one in found["editions"]
    ]
    return {"columns": columns, "rows": rows}


def in_force(begins: str, ends: str) -> str:
    """Return the days between which an edition is in force, in words."""
    if not begins:
        return ""
    return f"{written_date(begins)} to {written_date(ends)}" if ends else f"from {written_date(begins)}"


def _state(state: str) -> str:
    return "Cannot be read" if state == "unreadable" else state.capitalize()


def _sortable(name: str, title: str, asked: EditionsAsked) -> dict[str, Any]:
    down = asked.sort.startswith("-")
    here = asked.sort.removeprefix("-") == name
    column: dict[str, Any] = {
        "title": title,
        "href": forms.address(asked, sort=f"-{name}" if here and not down else name),
    }
    return column | ({"sorted": "descending" if down else "ascending"} if here else {})


def edition_tables(found: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of the front page: steps, bands, points, sizes of samples, timetable."""
    scoring = found["scoring"]
    bands = {step["bands"] for step in (*scoring["headline"], *scoring["below"])}
    several = len(bands) > 1
    return {
        "headline": steps_table(scoring["headline"], rated=several),
        "below": steps_table(scoring["below"], rated=several),
        "rated": f"all rated by: {bands.pop()}" if bands - {""} and not several else "",
        "bands": [bands | {"table": bands_table(bands)} for bands in scoring["bands"]],
        "totals": [total | {"table": points_table(total)} for total in scoring["totals"]],
        "sampling": [kind | {"table": sizes_table(kind)} for kind in found["sampling"]],
        "hours": {
            "columns": [{"title": "What"}, {"title": "Hours"}, {"title": "Where this is from"}],
            "rows": found["hours"],
        },
        "from_previous": {
            "columns": [{"title": "Here"}, {"title": "There"}, {"title": "Can they be compared?"}, {"title": "Note"}],
            "rows": found["from_previous"],
        },
        "timetable": {
            "columns": [{"title": "What"}, {"title": "When"}, {"title": "Where this is from"}],
            "rows": [
                [
                    event["title"],
                    event["when"],
                    {"text": "To verify.", "note": event["source"]} if event["to_verify"] else event["source"],
                ]
                for event in found["timetable"]
            ],
        },
    }


def steps_table(steps: Iterable[dict[str, Any]], *, rated: bool) -> Table:
    """Return the steps of a plan: what is scored, what goes in, how, and by which bands unless all have the same."""
    last = [{"title": "Rated"}] if rated else []
    return {
        "columns": [{"title": "Score"}, {"title": "What goes in"}, {"title": "How"}, *last],
        "rows": [
            [
                _named(step),
                {"text": step["goes_in"], "href": step.get("href"), "note": step["module"]},
                step["method"],
                *([step["bands"] or "In per cent alone"] if rated else []),
            ]
            for step in steps
        ],
    }


def bands_table(bands: dict[str, Any]) -> Table:
    """Return which share gives which rating."""
    stars = [{"title": "Stars", "numeric": True}] if bands["stars"] else []
    return {
        "columns": [{"title": "Rating"}, *stars, {"title": "Share that was sufficient", "unit": "per cent"}],
        "rows": [
            [_band(row["level"], bands["levels"]), *([row["stars"]] if stars else []), row["share"]]
            for row in bands["rows"]
        ],
    }


def points_table(total: dict[str, Any]) -> Table:
    """Return what each rating is worth and which totals give it."""
    return {
        "columns": [
            {"title": "Rating"},
            {"title": "One standard is worth", "unit": "points", "numeric": True},
            {"title": "Overall rating from a total of", "unit": "points", "numeric": True},
        ],
        "rows": [[_band(row["level"], total["levels"]), row["worth"], row["total"]] for row in total["rows"]],
    }


def sizes_table(kind: dict[str, Any]) -> Table:
    """Return how many cases are drawn from caseloads of several sizes."""
    columns = [{"title": "Cases on the list", "numeric": True}, {"title": "Cases in the sample", "numeric": True}]
    return {"columns": columns, "rows": kind["sizes"]}


def example_tables(example: dict[str, Any]) -> dict[str, Any]:
    """Return one worked example with its cases and its results as tables."""
    return example | {"cases": _cases(example["groups"]), "came_out": _came_out(example)}


def _cases(groups: Iterable[dict[str, Any]]) -> Table:
    return {
        "columns": [
            {"title": "Cases"},
            {"title": "Number", "numeric": True},
            {"title": "Answer to every question asked"},
            {"title": "Except"},
        ],
        "rows": [[group["name"], group["copies"], group["others"], _exceptions(group["but"])] for group in groups],
    }


def _exceptions(but: Iterable[dict[str, Any]]) -> Any:
    """Return the exceptions answer by answer: Sufficient at A02, P01; Not sufficient at D02."""
    by_answer: dict[str, list[dict[str, Any]]] = {}
    for one in but:
        by_answer.setdefault(one["answer"], []).append(one)
    if not by_answer:
        return "None"
    return format_html_join("; ", "{} at {}", ((answer, _links(ones)) for answer, ones in by_answer.items()))


def _links(ones: list[dict[str, Any]]) -> str:
    return format_html_join(
        ", ", '<a class="govuk-link" href="{}">{}</a>', ((one["href"], one["code"]) for one in ones)
    )


def _came_out(example: dict[str, Any]) -> Table:
    """Return what comes out; a column that no score of the example fills is left out."""
    columns = [
        ("with_shares", {"title": "Sufficient", "unit": "of those that applied", "numeric": True}, "share"),
        ("with_shares", {"title": "Share", "unit": "per cent", "numeric": True}, "per_cent"),
        ("with_limits", {"title": "In the whole caseload", "unit": "per cent", "numeric": True}, "limits"),
        ("with_points", {"title": "Points", "numeric": True}, "points"),
    ]
    kept = [(column, key) for flag, column, key in columns if example[flag]]
    rated = [{"title": "Rating"}] if example["with_ratings"] else []
    rows = [
        [_named(one), *([_rating(one)] if rated else []), *("" if one[key] is None else one[key] for _, key in kept)]
        for one in example["results"]
    ]
    return {"columns": [{"title": "Score"}, *rated, *(column for column, _ in kept)], "rows": rows}


def _named(one: dict[str, Any]) -> Any:
    """Return the title of a score, its code before it where that is also the code of a criterion."""
    return (
        format_html('<span class="ins-code">{}</span> {}', one["code"], one["title"]) if one["code"] else one["title"]
    )


def _rating(one: dict[str, Any]) -> Any:
    return _band(one["band"], one["levels"]) if one["named"] else ""


def _band(level: Any, levels: Any) -> dict[str, Any]:
    return {"component": "band", "code": level, "levels": levels}
