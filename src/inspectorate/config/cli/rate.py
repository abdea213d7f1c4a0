"""``inspectorate rate``: from the ratings of the standards to points and the overall rating."""

import argparse
from pathlib import Path

from inspectorate.config.cli import inputs, show
from inspectorate.methodology import editions
from inspectorate.methodology.rating import rate


def configure(parser: argparse.ArgumentParser) -> None:
    """Take an edition and a file of ratings."""
    parser.add_argument("--edition", required=True, metavar="E", help="the edition, such as youth/2018")
    parser.add_argument(
        "--standards", required=True, metavar="FILE", help='JSON: {"1.1": "Good", …}; null where not rated'
    )
    parser.add_argument(
        "--module", action="append", default=[], metavar="M", help="an optional module of the edition, such as company"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.epilog = "example: inspectorate rate --edition youth/2018 --standards docs/examples/youth-ratings.json"


def run(arguments: argparse.Namespace) -> int:
    """Print points, overall rating and account; 2 where the file is refused."""
    return inputs.refusing(lambda: _run(arguments), as_json=arguments.json)


def _run(arguments: argparse.Namespace) -> int:
    edition = editions.load(arguments.edition)
    inputs.known_modules(edition, arguments.module)
    file = Path(arguments.standards).name
    result = rate(edition, inputs.ratings_from(arguments.standards), file, arguments.module)
    if arguments.json:
        overall = result.band.title.en if result.band else None
        show.as_json(
            {
                "edition": edition.code,
                "digest": edition.digest,
                "points": result.points,
                "most_points": result.most_points,
                "overall": overall,
                "account": result.account.as_data(),
            }
        )
    else:
        print(result.account.as_text())
    return 0
