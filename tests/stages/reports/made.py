"""A report for tests: invented, settled, written with every kind of block."""

from inspectorate.methodology import editions
from inspectorate.reports.content import Report
from inspectorate.reports.figures import Facts, figures_of
from inspectorate.reports.sections import sections_of
from tests.stages.reports.settled import payload

EDITIONS = {"iaow": "iaow/2013", "fji": "fji/2013", "youth": "youth/2018"}
SUMMARY = """The work was **good** in places: {score:protecting_the_public}.

{chart:headline}

## Strengths

- Staff know the people.
- Plans are kept.

{table:provider}
"""


def report(texts=None, example="iaow", recommendations=()):
    edition = editions.load(EDITIONS[example])
    facts = Facts("Westmoor Probation Trust", edition.title.en, "in the week beginning 2 March 2026")
    title = {"en": edition.title.en, "cy": edition.title.cy}
    about = {
        "title": {"en": f"{edition.title.en}: Westmoor Probation Trust", "cy": None},
        "body": "Westmoor Probation Trust",
        "area": "",
        "edition": edition.code,
        "edition_title": title,
        "fieldwork": {"on": "2026-03-02", "weeks": 1, "says": facts.fieldwork},
        "invented": True,
    }
    written = {"summary": {"en": SUMMARY}} if texts is None else texts
    figures = figures_of(edition, facts, payload(example))
    return Report(about, sections_of(edition), written, figures, recommendations, payload(example))
