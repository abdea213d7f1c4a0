"""Sharing cases out evenly among people who may have them: a rule without a database, to be read and tested."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Shared:
    """Who gets which case, and the cases that nobody of those asked may have."""

    to: Mapping[str, str]
    nobody: tuple[str, ...]


def share_out(cases: Sequence[str], load: Mapping[str, int], may_not: Collection[tuple[str, str]]) -> Shared:
    """Share cases out so that everybody ends with as nearly the same number as conflicts allow.

    ``load`` names the people in order with how many cases they have already; ``may_not`` holds (person, case). The
    cases that fewest may have go first, then in the order given; each to whoever has fewest by then.
    """
    may = {case: [person for person in load if (person, case) not in may_not] for case in cases}
    has, to = dict(load), dict[str, str]()
    for case in sorted(cases, key=lambda case: len(may[case])):
        if may[case]:
            person = min(may[case], key=lambda one: has[one])
            to[case], has[person] = person, has[person] + 1
    return Shared(to, tuple(case for case in cases if not may[case]))
