"""Drawing a sample that anyone can draw again, in any language, from the seed and the list.

The list is written as CSV text and digested; each case is placed by the SHA-256 of ``seed|digest|case``; the first in
that order are drawn, stratum by stratum, and all the rest, in order, are the reserve. No generator of random numbers is
involved. The exact bytes are in ``docs/reference/draw-format.md``, with a golden example.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspectorate.methodology.accounts import Account, Line
from inspectorate.methodology.faults import Fault, FaultCode, Refused


@dataclass(frozen=True, slots=True)
class Listed:
    """One case on the list."""

    case: str
    kind: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A drawn sample: in hash order within each stratum, the strata in the order of their names."""

    digest: str
    seed: str
    allocation: Mapping[str, int]
    drawn: tuple[Listed, ...]
    reserve: tuple[Listed, ...]
    account: Account


def draw_digest(cases: Sequence[Listed]) -> str:
    """Return the hexadecimal SHA-256 of the list as UTF-8 CSV text.

    NFC, no byte-order mark, the head ``case,kind,stratum``, rows in the byte order of ``case``; a field is quoted only
    if it holds a comma, a quote, CR or LF (a quote is doubled); every line ends with a line feed.
    """
    lines = {case.case: ",".join(map(_field, (case.case, case.kind, case.stratum))) for case in map(_composed, cases)}
    ordered = [lines[case] for case in sorted(lines, key=str.encode)]
    text = "case,kind,stratum\n" + "".join(f"{line}\n" for line in ordered)
    return hashlib.sha256(text.encode()).hexdigest()


def place(seed: str, digest: str, case: str) -> str:
    """Return the hash that places a case: the hexadecimal SHA-256 of ``seed|digest|case``."""
    return hashlib.sha256(f"{seed}|{digest}|{unicodedata.normalize('NFC', case)}".encode()).hexdigest()


def draw(cases: Sequence[Listed], seed: str, size: int, *, stratified: bool = True) -> Draw:
    """Draw ``size`` cases, by stratum, or from the list as a whole where ``stratified`` is False.

    Each kind of case has a list of its own. The digest is that of the list, and so the same either way. Raises Refused
    when the list is empty, repeats a case, lacks a reference, or is shorter than ``size``.
    """
    listed = [_composed(case) for case in cases]
    _refuse_bad(listed, seed, size)
    digest = draw_digest(listed)
    strata: dict[str, list[Listed]] = {}
    for case in sorted(listed, key=lambda case: place(seed, digest, case.case)):
        strata.setdefault(case.stratum if stratified else "the whole list", []).append(case)
    names = sorted(strata)
    allocation = allocate({name: len(strata[name]) for name in names}, size)
    floor = "At least two from each stratum, or all of it, and the rest in proportion"
    if any(allocation[name] < min(2, len(strata[name])) for name in names):
        floor = f"{size} is too few for two from each stratum, so the larger strata come first"
    lines = (
        Line("draw-digest@1", f"The list of {len(listed)} cases has the digest {digest}.", {"digest": digest}),
        Line("hash-order@1", f"Cases are placed by the SHA-256 of seed, digest and case, with the seed {seed}."),
        Line(
            "largest-remainder@1",
            f"{floor}: " + ", ".join(f"{name} {allocation[name]} of {len(strata[name])}" for name in names) + ".",
            dict(allocation),
        ),
    )
    return Draw(
        digest=digest,
        seed=seed,
        allocation=allocation,
        drawn=tuple(case for name in names for case in strata[name][: allocation[name]]),
        reserve=tuple(case for name in names for case in strata[name][allocation[name] :]),
        account=Account(f"{size} of {len(listed)} cases drawn; the other {len(listed) - size} are the reserve.", lines),
    )


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """Share ``size`` out over the strata: min(2, N_h) each, the rest by largest remainder of what is left in each.

    Ties go by the name of the stratum in code-point order. Where ``size`` is too small for two from each stratum, the
    larger strata come first, one case at a time.
    """
    names = sorted(sizes)
    floor = {name: min(2, sizes[name]) for name in names}
    if sum(floor.values()) > size:
        return _one_at_a_time(sizes, floor, size)
    room = {name: sizes[name] - floor[name] for name in names}
    more = share_out(room, min(size - sum(floor.values()), sum(room.values())))
    return {name: floor[name] + more[name] for name in names}


def share_out(room: Mapping[str, int], cases: int) -> dict[str, int]:
    """Share ``cases`` out over the strata in proportion to ``room``, what is left in each, by largest remainder.

    Ties go by the name of the stratum in code-point order. So a sample is extended from its reserve: what was drawn is
    never allocated again. Raises Refused where there is less room than ``cases``.
    """
    names, total = sorted(room), sum(room.values())
    if not 0 <= cases <= total:
        why, remedy = f"{cases} cases cannot come from a reserve of {total}.", f"Give a number from 1 to {total}."
        raise Refused([Fault(FaultCode.OUT_OF_RANGE, "reserve", why, remedy)])
    if total == 0:
        return dict.fromkeys(names, 0)
    whole = {name: cases * room[name] // total for name in names}
    by_remainder = sorted(names, key=lambda name: (-(cases * room[name] % total), name))
    for name in by_remainder[: cases - sum(whole.values())]:
        whole[name] += 1
    return whole


def _one_at_a_time(sizes: Mapping[str, int], floor: Mapping[str, int], size: int) -> dict[str, int]:
    given = dict.fromkeys(sorted(sizes), 0)
    for _ in range(2):
        for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
            if sum(given.values()) < size and given[name] < floor[name]:
                given[name] += 1
    return given


def _composed(case: Listed) -> Listed:
    return Listed(*(unicodedata.normalize("NFC", part) for part in (case.case, case.kind, case.stratum)))


def _field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text


def _refuse_bad(cases: Sequence[Listed], seed: str, size: int) -> None:
    faults = []
    if not seed:
        faults.append(Fault(FaultCode.EMPTY_CELL, "draw", "there is no seed.", "Give the seed as text."))
    times = Counter(case.case for case in cases)
    if "" in times:
        why, remedy = "there is a row without a case reference.", "Give the case its reference."
        faults.append(Fault(FaultCode.EMPTY_CELL, "case list", why, remedy, column="case"))
    for case, count in times.items():
        if count > 1 and case:
            why = f"case '{case}' stands on the list {count} times."
            remedy = "Keep one row for each case."
            faults.append(Fault(FaultCode.REPEATED_CASE, "case list", why, remedy, column="case"))
    if not 1 <= size <= len(cases):
        why = f"{size} cases cannot be drawn from a list of {len(cases)}."
        remedy = f"Give a size from 1 to {len(cases)}." if cases else "Put the cases on the list."
        faults.append(Fault(FaultCode.OUT_OF_RANGE, "draw", why, remedy))
    if faults:
        raise Refused(faults)
