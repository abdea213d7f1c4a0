"""``inspectorate draw``: a sample that anyone can draw again."""

import argparse

from inspectorate.config.cli import inputs, show
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.sampling.draw import Listed, draw


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the frozen list, the seed and the size."""
    parser.add_argument("--case-list", required=True, metavar="FILE", help="CSV or XLSX: case, kind, stratum, …")
    parser.add_argument("--seed", required=True, metavar="TEXT", help="the seed, made after the list was frozen")
    parser.add_argument("--size", required=True, type=int, metavar="n", help="how many cases to draw")
    parser.add_argument(
        "--by", metavar="COLUMN", help="stratify by this column; left out: one draw from the whole list"
    )
    parser.add_argument("--kind", metavar="K", help="draw from the cases of this kind: each kind has its own sample")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.epilog = (
        "example: inspectorate draw --case-list docs/examples/iaow-cases.csv --seed 00ff --size 20 --by stratum"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the digest, the drawn cases and the reserve; 2 where the list is refused."""
    return inputs.refusing(lambda: _run(arguments), as_json=arguments.json)


def _run(arguments: argparse.Namespace) -> int:
    table = inputs.table_from(arguments.case_list, ("case",))
    if arguments.by and arguments.by not in table.columns:
        why = f"there is no column '{arguments.by}' to stratify by."
        raise Refused(
            [Fault(FaultCode.UNKNOWN_COLUMN, table.file, why, "Check the heads of the list.", 1, arguments.by)]
        )
    columns = (table.columns["case"], table.column("kind"), table.column(arguments.by or "stratum"))
    empty = [index for index, case in enumerate(columns[0]) if not case]
    if empty:
        why, remedy = "there is no case reference.", "Give the case its reference."
        raise Refused([Fault(FaultCode.EMPTY_CELL, table.file, why, remedy, table.row(i), "case") for i in empty])
    listed = [Listed(*row) for row in zip(*columns, strict=True)]
    if arguments.kind is not None:
        kinds = {case.kind for case in listed}
        listed = [case for case in listed if case.kind == arguments.kind]
        if not listed:
            inputs.refuse("--kind", f"the list has no case of the kind '{arguments.kind}'.", f"It has: {_said(kinds)}.")
    drawn = draw(listed, arguments.seed, arguments.size, stratified=arguments.by is not None)
    if arguments.json:
        show.as_json(
            {
                "digest": drawn.digest,
                "seed": drawn.seed,
                "allocation": dict(drawn.allocation),
                "drawn": [_data(case) for case in drawn.drawn],
                "reserve": [_data(case) for case in drawn.reserve],
                "account": drawn.account.as_data(),
            }
        )
        return 0
    print(drawn.account.as_text())
    rows = [("drawn", *_data(case).values()) for case in drawn.drawn]
    rows += [("reserve", *_data(case).values()) for case in drawn.reserve]
    show.as_table(("", "case", "kind", "stratum"), rows, left=(0, 1, 2, 3))
    return 0


def _said(kinds: set[str]) -> str:
    return ", ".join(sorted(kind or "cases of no kind" for kind in kinds))


def _data(case: Listed) -> dict[str, str]:
    return {"case": case.case, "kind": case.kind, "stratum": case.stratum}
