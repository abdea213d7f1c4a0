"""The lists of reports that the annual reports print: every report with its programme, body and month."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from inspectorate.register.published.bodies import ids
from inspectorate.register.published.folder import documents, iso_month, json_file, plain, yaml_file


@dataclass(frozen=True)
class ReportFacts:
    """One report as it is listed. ``body_id`` is empty where it is about no one body of the register."""

    year: str
    programme: str
    position: int
    title: str
    month: str
    body_id: str
    kind: str
    document: str
    document_title: str
    paragraph: str
    flag: str


@cache
def reports() -> tuple[ReportFacts, ...]:
    """Return every report in the order of the lists, earlier year first."""
    told = yaml_file("reports.yaml")
    return tuple(
        _report(listed, told["programmes"][name], report, place, told)
        for listed in told["lists"]
        for place, (name, report) in enumerate(_listed(listed["at"]))
    )


def _listed(place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each report of one year with the name of its list."""
    for name, several in json_file("more_figures")[place]["lists"].items():
        for report in several:
            yield name, report


def _report(
    listed: dict[str, Any], about: dict[str, Any], report: dict[str, str], place: int, told: dict[str, Any]
) -> ReportFacts:
    """Build one report: whom it is about is read off its title, or said in ``reports.yaml``."""
    title = report["title"]
    body = told["bodies"].get(title, {}).get(about.get("body_kind"), title)
    named = {(kind, plain(name)): public_id for (kind, name), public_id in ids().items()}
    flags = [flag["text"] for flag in told["flags"] if (flag["year"], flag["title"]) == (listed["year"], title)]
    return ReportFacts(
        year=listed["year"],
        programme=about["programme"],
        position=place,
        title=title,
        month=iso_month(report["month"]),
        body_id=named[about["body_kind"], plain(body)] if "body_kind" in about else "",
        kind="reinspection" if title.endswith(" Reinspection") else about["kind"],
        document=listed["document"],
        document_title=documents()[listed["document"]],
        paragraph=listed["paragraph"],
        flag=" ".join(flags),
    )
