"""The consultation of the demonstration: what invented people say of the edition that is a draft, and the answers."""

from dataclasses import dataclass

EDITION = "thematic-starter/2026"
OPENED_DAYS_AGO, CLOSES_IN_DAYS = 30, 40
SIGNED = "Head of standards (invented)"
LEAD = (
    "This starter is copied by whoever leads a thematic inspection. We ask leads, partner inspectorates, services "
    "and people under supervision whether its six areas fit most subjects, and what every thematic inspection should"
    " ask. Each comment is answered here within a fortnight of its being shown."
)


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented comment: on which day after the opening it came, what was decided of it, and the answer."""

    day: int
    clause: str
    text: str
    name: str
    organisation: str
    shown: bool | None = True
    why: str = ""
    answer: str = ""


COMMENTS = (
    Invented(
        day=2,
        clause="1.1",
        text=(
            "In our area the first person to notice is seldom in probation. A question on whether the school or the "
            "surgery could have passed it on would show where the gap is."
        ),
        name="Megan Lloyd-Pryce",
        organisation="Westmoor Youth Justice Service",
        answer=(
            "Agreed in part. A lead can name such people in the guidance to R01, as somebody to ask after. A "
            "question on the school itself would ask a service about work that it does not do; a lead may add one "
            "where a partner joins."
        ),
    ),
    Invented(
        day=5,
        clause="2.1",
        text=(
            "Assessors will read “what it means for this person” differently. Could the guidance give one example "
            "that is good enough and one that just is not?"
        ),
        name="Tomos Adeyemi",
        organisation="Local assessor",
        answer=(
            "Yes. Benchmarking before the pilot will use two such cases, and the ones that divided assessors will go"
            " into the guidance of each copy. The starter stays general, because an example from one subject "
            "misleads in the next."
        ),
    ),
    Invented(
        day=9,
        clause="5.2",
        text="Leadership is not scored. Then why inspect it? A board that is never rated will not change.",
        name="",
        organisation="Member of a management board",
        answer=(
            "Not taken up. Six areas visited once say little about one board, and the report names what leaders have"
            " to do. Where leadership itself is the subject, the lead can add a standard that is judged."
        ),
    ),
    Invented(
        day=14,
        clause="",
        text=(
            "I was interviewed for an inspection two years ago and never heard what came of it. Please say in the "
            "starter that people who are asked are told."
        ),
        name="",
        organisation="",
    ),
    Invented(
        day=16,
        clause="4.2",
        text="[A comment that named a member of staff.]",
        name="",
        organisation="",
        shown=False,
        why="It names a member of staff.",
    ),
    Invented(
        day=27,
        clause="3.1",
        text="The plan is asked about before anybody knows whether a service exists. Perhaps 4.2 should come first.",
        name="Ceri Okafor",
        organisation="Partner inspectorate",
        shown=None,
    ),
)
