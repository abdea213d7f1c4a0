"""Which inspections the demonstration shows: whom each visits, by which edition, and how far it has come.

Every body, person and case is invented. Weeks count from the Monday of this week, so that the demonstration is never
out of date.
"""

from dataclasses import dataclass, field

ENGLAND, WALES = "england", "wales"
YOUTH, DIVISION = "youth_offending_team", "probation_division"

STATES = (
    *("arranged", "announced", "sampled", "fieldwork", "rating", "drafting"),
    *("checking", "signed_off", "released", "closed"),
)
"""How far a scene may be told, in order."""


@dataclass(frozen=True)
class InventedBody:
    """A body made up for the demonstration."""

    name: str
    kind: str
    nation: str
    region: str


@dataclass(frozen=True)
class Scene:
    """One inspection: what it visits, by which edition, how many cases stand on its lists, and how far it is told.

    ``bodies`` are the body that is visited, or the providers in ``area``. ``accepted`` is the share of the cases that
    are accepted where it stands in fieldwork. ``size`` is a sample smaller than the edition works out, as a lead may
    choose. ``aside`` is what was done to it at the end.
    """

    title: str
    edition: str
    bodies: tuple[InventedBody, ...]
    listed: dict[str, int]
    until: str
    weeks: int
    area: str = ""
    fieldwork_weeks: int = 1
    accepted: float = 1.0
    size: int | None = None
    aside: str = ""
    modules: tuple[str, ...] = ("main",)
    ldus: tuple[str, ...] = field(default=("Harbour", "Moorside", "Old Town"))
    quality: float = 0.0
    """How much better or worse than usual the invented work is, from -0.2 to 0.2."""


CORRIMOOR = InventedBody("Corrimoor", YOUTH, ENGLAND, "Moors")
ARIAN = InventedBody("Dyffryn Arian Probation Service", DIVISION, WALES, "Wales")
GLANFOR = InventedBody("Glan-y-môr Rehabilitation Partnership", DIVISION, WALES, "Wales")

SCENES = (
    Scene("Corrimoor 2026", "fji/2013", (CORRIMOOR,), {"case": 600}, "released", -16, fieldwork_weeks=2, size=20),
    Scene(
        "Dyffryn Arian 2026",
        "probation-delivery-unit/2023",
        (ARIAN, GLANFOR),
        {"case": 4000},
        "rating",
        -3,
        area="Dyffryn Arian",
        fieldwork_weeks=3,
        size=20,
        ldus=("Aberwen", "Bryn Castell", "Llanarian", "Porth Isaf"),
        quality=0.06,
    ),
    Scene("Saltmere 2027", "youth/2021", (InventedBody("Saltmere", YOUTH, ENGLAND, "Coast"),), {}, "arranged", 14),
    Scene(
        "Tarnholm 2027", "fji/2013", (InventedBody("Tarnholm", YOUTH, ENGLAND, "Lakes"),), {"case": 96}, "announced", 5
    ),
    Scene("Penwyn 2026", "sqs/2012", (InventedBody("Penwyn", YOUTH, WALES, "Wales"),), {"case": 48}, "sampled", 1),
    Scene(
        "Hollins Bay 2026",
        "fji/2013",
        (InventedBody("Hollins Bay", YOUTH, ENGLAND, "Coast"),),
        {"case": 72},
        "fieldwork",
        0,
        accepted=0.3,
    ),
    Scene(
        "Eskmoor 2026",
        "sqs/2012",
        (InventedBody("Eskmoor", YOUTH, ENGLAND, "Moors"),),
        {"case": 46},
        "drafting",
        -5,
        quality=-0.1,
    ),
    Scene(
        "Linnet Vale 2026",
        "sqs/2012",
        (InventedBody("Linnet Vale", YOUTH, ENGLAND, "Vale"),),
        {"case": 48},
        "checking",
        -8,
    ),
    Scene(
        "Thornwater 2026",
        "sqs/2012",
        (InventedBody("Thornwater", YOUTH, ENGLAND, "Coast"),),
        {"case": 42},
        "signed_off",
        -12,
        quality=0.1,
    ),
    Scene(
        "Foxley 2025",
        "sqs/2012",
        (InventedBody("Foxley", YOUTH, ENGLAND, "Vale"),),
        {"case": 44},
        "closed",
        -50,
        quality=-0.15,
    ),
    Scene(
        "Wexcombe 2026",
        "sqs/2012",
        (InventedBody("Wexcombe", YOUTH, ENGLAND, "Vale"),),
        {"case": 40},
        "announced",
        3,
        aside="defer",
    ),
)
