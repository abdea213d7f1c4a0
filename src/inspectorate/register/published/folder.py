"""The folder ``published/`` itself: where it is, its digest, and its files read once in a process."""

import csv
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from inspectorate.methodology.documents import values_in

PACKAGE = Path(__file__).resolve().parents[2]
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def published_folder() -> Path:
    """Return the folder: inside the package in an installed wheel, at the root of a checkout."""
    installed = PACKAGE / "data" / "published"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "published"


def folder_digest() -> str:
    """Return the SHA-256 of ``SHA256SUMS``, which itself holds the digest of every file of the folder."""
    return hashlib.sha256((published_folder() / "SHA256SUMS").read_bytes()).hexdigest()


@cache
def yaml_file(name: str) -> dict[str, Any]:
    """Read one YAML file of the folder."""
    found: dict[str, Any] = values_in((published_folder() / name).read_text(encoding="utf-8"))
    return found


@cache
def csv_file(name: str) -> tuple[dict[str, str], ...]:
    """Read one CSV file of the folder."""
    with (published_folder() / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def json_file(stem: str) -> Any:
    """Read one JSON file of the folder, named without its ending."""
    return json.loads((published_folder() / f"{stem}.json").read_text(encoding="utf-8"))


def documents() -> dict[str, str]:
    """Return the titles of the documents by their short names."""
    titles: dict[str, str] = yaml_file("programmes.yaml")["documents"]
    return titles


def iso_month(words: str) -> str:
    """Turn "July 2011" into "2011-07"."""
    month, year = words.split()
    return f"{year}-{MONTHS.index(month) + 1:02}"


def plain(name: str) -> str:
    """Return a name by which the tables and the lists of reports agree: they differ in "&", hyphens and capitals."""
    return name.replace("&", "and").replace("-", " ").lower()
