"""``inspectorate sample-size``: how many cases to inspect."""

import argparse
from dataclasses import replace

from inspectorate.config.cli import inputs, show
from inspectorate.methodology import editions
from inspectorate.methodology.sampling.size import SizeRule, sample_size


def configure(parser: argparse.ArgumentParser) -> None:
    """Take a population, and either a confidence and a margin or an edition."""
    parser.add_argument("--population", type=int, required=True, metavar="N", help="cases on the list")
    parser.add_argument("--confidence", type=float, help="default 0.8, or the edition's")
    parser.add_argument("--margin", type=float, help="default 0.05, which is five points, or the edition's")
    parser.add_argument("--edition", metavar="E", help="take the rule, with its least and most, from this edition")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.epilog = "example: inspectorate sample-size --population 203"


def run(arguments: argparse.Namespace) -> int:
    """Print the size and how it was worked out, for each kind of case of the edition; 2 where refused."""
    return inputs.refusing(lambda: _run(arguments), as_json=arguments.json)


def _run(arguments: argparse.Namespace) -> int:
    given = {"confidence": arguments.confidence, "margin": arguments.margin}
    chosen = {name: value for name, value in given.items() if value is not None}
    rules = {"": SizeRule("finite-population@1")}
    if arguments.edition:
        rules = {kind: plan.size for kind, plan in editions.load(arguments.edition).sampling.items()}
    if chosen and any(rule.steps for rule in rules.values()):
        why = f"{arguments.edition} takes the size from the caseload, without a confidence or a margin."
        inputs.refuse(f"--{min(chosen)}", why, "Leave these out, or leave --edition out.")
    rules = {kind: replace(rule, **chosen) for kind, rule in rules.items()}
    sizes = {kind: sample_size(arguments.population, rule) for kind, rule in rules.items()}
    if arguments.json:
        found = [
            {
                "kind": kind or None,
                "population": size.population,
                "sample": size.cases,
                "account": size.account.as_data(),
            }
            for kind, size in sizes.items()
        ]
        show.as_json({"edition": arguments.edition, "sizes": found} if arguments.edition else found[0])
        return 0
    for kind, size in sizes.items():
        print(f"{kind}: {size.account.as_text()}" if kind else size.account.as_text())
    return 0
