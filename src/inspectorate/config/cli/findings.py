"""``inspectorate findings``: the results question by question."""

import argparse
from typing import Any

from inspectorate.config.cli import inputs, show
from inspectorate.config.cli.score import add_files, read_files
from inspectorate.methodology.findings import Finding, findings, findings_by

HEADS = ("code", "question", "sufficient", "applicable", "per cent", "low", "high", "reasons")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the same files as ``score``."""
    add_files(parser)
    parser.epilog = "example: inspectorate findings --edition iaow/2013 --answers docs/examples/iaow-answers.csv"


def run(arguments: argparse.Namespace) -> int:
    """Print the finding at every question, largest failings first; 2 where the files are refused."""
    return inputs.refusing(lambda: _run(arguments), as_json=arguments.json)


def _run(arguments: argparse.Namespace) -> int:
    edition, answers, case_list = read_files(arguments)
    whole = findings(answers, case_list, arguments.confidence)
    parts: dict[str, tuple[Finding, ...]] = {}
    if arguments.by and case_list is not None:
        parts = findings_by(answers, case_list, arguments.by, arguments.confidence)
    if arguments.json:
        data: dict[str, Any] = {"edition": edition.code, "findings": [finding.as_data() for finding in whole]}
        if arguments.by:
            groups = [{"value": value, "findings": [f.as_data() for f in found]} for value, found in parts.items()]
            data["by"] = {"column": arguments.by, "parts": groups}
        show.as_json(data)
        return 0
    for title, found in [("", whole), *((f"\n{arguments.by}: {value}", found) for value, found in parts.items())]:
        if title:
            print(title)
        show.as_table(HEADS, [_row(finding) for finding in found], left=(0, 1, 7))
    return 0


def _row(finding: Finding) -> tuple[Any, ...]:
    reasons = ", ".join(f"{code} {count}" for code, count in finding.reasons.items())
    return (
        finding.question.code,
        finding.question.text.en,
        finding.sufficient,
        finding.applicable,
        finding.per_cent,
        finding.low,
        finding.high,
        reasons or None,
    )
