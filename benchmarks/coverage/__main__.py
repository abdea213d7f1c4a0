"""Print the table of coverage as Markdown."""

import argparse
import time

import numpy as np

from benchmarks.coverage.caseloads import CASELOADS, sample
from benchmarks.coverage.limits import check, limits

SEED = 20261121
CELLS = {6: (40, 100, 600), 10: (40, 100, 600), 20: (40, 100, 600), 50: (100, 200, 600), 100: (200, 600)}
METHODS = ("adopted", "R's factor", "plain z")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=4000)
    repetitions = parser.parse_args().repetitions
    began = time.perf_counter()
    heads = [f"{name}: holds" for name in METHODS] + [f"{name}: points wide" for name in METHODS]
    print("| caseload | cases drawn | of | nothing to say | " + " | ".join(heads) + " |")
    print("|---|--:|--:|--:|" + "--:|" * len(heads))
    for number, caseload in enumerate(CASELOADS):
        for drawn, lists in CELLS.items():
            for listed in lists:
                chance = np.random.default_rng([SEED, number, drawn, listed])
                samples = sample(caseload, drawn, listed, repetitions, chance)
                found = limits(samples)
                check(samples, found["adopted"], range(min(40, repetitions)))
                said = ~np.isnan(found["adopted"][0]) & (samples.x.sum(axis=1) > 0)
                cells = [f"{100 * (1 - said.mean()):.1f}"]
                for name in METHODS:
                    low, high = (side[said] for side in found[name])
                    true = samples.true[said]
                    cells.append(f"{100 * np.mean((low <= true + 1e-12) & (true <= high + 1e-12)):.1f}")
                cells += [f"{100 * np.mean((found[m][1] - found[m][0])[said]):.0f}" for m in METHODS]
                print(f"| {caseload.name} | {drawn} | {listed} | " + " | ".join(cells) + " |", flush=True)
    print(f"\n{repetitions} repetitions a row, seed {SEED}, {time.perf_counter() - began:.0f} s.")


if __name__ == "__main__":
    main()
