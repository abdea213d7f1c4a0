"""The real bodies of ``bodies.yaml``, what became of them, and the local delivery units that the documents name."""

from dataclasses import dataclass
from functools import cache

from inspectorate.register.published.folder import yaml_file


@dataclass(frozen=True)
class BodyFacts:
    """One line of ``bodies.yaml``. Days are ISO dates or None where they are not certain."""

    public_id: str
    kind: str
    name: str
    nation: str
    region: str
    began_on: str | None
    ended_on: str | None
    note: str


@dataclass(frozen=True)
class SuccessionFacts:
    """What became of a body: public ids, kind and the first day of the later one (ISO)."""

    before: str
    after: str
    kind: str
    on: str


@dataclass(frozen=True)
class UnitsFacts:
    """The local delivery units that the documents name for one body, and how many there were in all."""

    body: str
    names: tuple[str, ...]
    of: int


def bodies() -> tuple[BodyFacts, ...]:
    """Return every real body of the tables, in the order of the file."""
    return tuple(
        BodyFacts(
            public_id=body["id"],
            kind=body["kind"],
            name=body["name"],
            nation=body["nation"],
            region=body["region"] or "",
            began_on=body["began_on"],
            ended_on=body["ended_on"],
            note=body["note"] or "",
        )
        for body in yaml_file("bodies.yaml")["bodies"]
    )


@cache
def ids() -> dict[tuple[str, str], str]:
    """Map (kind, name) to public id."""
    return {(body.kind, body.name): body.public_id for body in bodies()}


def successions() -> tuple[SuccessionFacts, ...]:
    """Return what became of the bodies, in the order of the file."""
    return tuple(
        SuccessionFacts(ids()[tuple(fact["before"])], ids()[tuple(fact["after"])], fact["kind"], fact["day"])
        for fact in yaml_file("bodies.yaml")["successions"]
    )


def local_delivery_units() -> tuple[UnitsFacts, ...]:
    """Return the local delivery units that the documents name."""
    return tuple(
        UnitsFacts(ids()[tuple(fact["body"])], tuple(fact["names"]), fact["of"])
        for fact in yaml_file("bodies.yaml")["local_delivery_units"]
    )
