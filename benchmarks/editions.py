"""How long it takes to check every edition and to compare two: ``python -m benchmarks.editions``.

Prints seconds of processor time and of the clock, the best and the median of seven: every edition read and checked with
its worked examples, as ``inspectorate editions check`` does; and each compared with the one it replaces, read afresh.
"""

import statistics
import time
from collections.abc import Callable, Iterator

from inspectorate.methodology import editions
from inspectorate.methodology.comparison import compare
from inspectorate.methodology.examples import differences

ROUNDS = 7


def check() -> None:
    root = editions.standards_folder()
    for code in editions.codes():
        edition = editions.load(code)
        for name, example in editions.read_examples(root / code):
            if differences(edition, name, example):
                raise SystemExit(f"{code}: {name} does not come out as it says.")


def pairs() -> Iterator[tuple[str, str]]:
    for code in editions.codes():
        before = editions.load(code).about["replaces"]
        if before in editions.codes():
            yield before, code


def told(name: str, work: Callable[[], object]) -> None:
    cpu, wall = [], []
    for _ in range(ROUNDS):
        started = (time.process_time(), time.perf_counter())
        work()
        cpu.append(time.process_time() - started[0])
        wall.append(time.perf_counter() - started[1])
    figures = (f"{min(one):.2f} to {statistics.median(one):.2f} s" for one in (cpu, wall))
    print(f"{name}: {next(figures)} of the processor, {next(figures)} by the clock")


def main() -> None:
    told(f"{len(editions.codes())} editions checked", check)
    for before, code in pairs():
        told(f"{code} compared with {before}", lambda a=before, b=code: compare(editions.load(a), editions.load(b)))


if __name__ == "__main__":
    main()
