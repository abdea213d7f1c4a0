"""``inspectorate backup``: make one, read one back, rehearse restoring it."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OK, BROKEN, REFUSED = 0, 1, 2
BY = ("system", "command-line")
WORDS = {
    "key": "make the key of the backups, in a file that only its owner can read",
    "make": "make a backup while the installation is in use, and read it back",
    "verify": "read a backup to its end and compare it with what it says of itself",
    "drill": "restore the newest backup elsewhere, verify it and open ten records",
    "epoch": "begin a new epoch, after the database was restored by other means",
    "look": "open ten records of this installation",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what can be done."""
    parser.epilog = (
        "Keep a copy of the key where no backup is: without it no backup can be read. Then, daily or by the duties:\n"
        "inspectorate backup make; inspectorate backup drill.\n\nexample: inspectorate backup key"
    )
    doing = parser.add_subparsers(dest="doing", metavar="|".join(WORDS), required=True)
    subs = {
        name: doing.add_parser(name, help=words, description=f"{words.capitalize()}.") for name, words in WORDS.items()
    }
    subs["key"].add_argument("--out", metavar="FILE", type=Path, help="the file (otherwise INSPECTORATE_BACKUP_KEY)")
    subs["make"].add_argument("--to", metavar="FOLDER", type=Path, help="the folder (otherwise INSPECTORATE_BACKUPS)")
    subs["verify"].add_argument("file", metavar="FILE", type=Path, nargs="?", help="the backup (otherwise the newest)")
    subs["verify"].add_argument("--key", metavar="FILE", type=Path, help="the key (otherwise INSPECTORATE_BACKUP_KEY)")
    subs["epoch"].add_argument("--because", required=True, help="what was restored, and to which moment")
    for name in ("drill", "look"):
        subs[name].add_argument("--json", action="store_true", help="print what was found as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and return the exit code: 0 done, 1 the backup is not to be relied on, 2 refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    from inspectorate.methodology.refusals import RefusedError  # noqa: PLC0415 - the same

    doing: dict[str, Callable[[argparse.Namespace], int]] = {
        "key": _key,
        "make": _make,
        "verify": _verify,
        "drill": _drill,
        "epoch": _epoch,
        "look": _look,
    }
    try:
        return doing[arguments.doing](arguments)
    except RefusedError as refusal:
        print(refusal.sentence, file=sys.stderr)
        return BROKEN if arguments.doing in ("verify", "drill") else REFUSED
    except DatabaseError as error:
        print(f"The database cannot be read ({error}). If it is new, run: inspectorate manage migrate", file=sys.stderr)
        return REFUSED


def _key(arguments: argparse.Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    from inspectorate.config.upkeep.backup.key import make_key  # noqa: PLC0415 - the same

    path = arguments.out or Path(settings.BACKUP_KEY)
    key = make_key(path)
    print(f"The key is in {path}; its public part is {key.public}.")
    print("Keep a copy of the file where no backup is. Without it no backup can be read, by anybody.")
    return OK


def _make(arguments: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.actions import make_backup  # noqa: PLC0415 - after Django is set up

    made = make_backup(by=BY, folder=arguments.to)
    print(f"{made.path}")
    rows = f"{made.manifest.rows:,} rows in {len(made.manifest.tables)} tables"
    print(f"{rows}, {len(made.manifest.files) - 1} files, {made.size:,} bytes, read back to the end.")
    return OK


def _verify(arguments: argparse.Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    from inspectorate.config.upkeep.backup.key import read_key  # noqa: PLC0415 - the same
    from inspectorate.config.upkeep.backup.making import newest, scratch  # noqa: PLC0415 - the same
    from inspectorate.config.upkeep.backup.reading import check_database, read_through  # noqa: PLC0415 - the same
    from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError  # noqa: PLC0415 - the same

    path = arguments.file or newest(Path(settings.BACKUPS))
    if path is None:
        raise RefusedError(Refusal.NONE_THERE, f"There is no backup in {settings.BACKUPS}: make one first.")
    folder = Path(settings.VAR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch(folder) as place:
        about = read_through(path, read_key(arguments.key or Path(settings.BACKUP_KEY)), into=place)
        check_database(about, place)
    print(
        f"{path.name} is whole: made {about.made_at} by release {about.product}, "
        f"{about.rows:,} rows, epoch {about.epoch}."
    )
    return OK


def _drill(arguments: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.actions import drill  # noqa: PLC0415 - after Django is set up

    found = drill(by=BY)
    if arguments.json:
        print(json.dumps(found))
    else:
        print(
            f"{found['backup']} was restored in {found['seconds']} s, verified, and {found['opened']} records opened."
        )
    return OK


def _epoch(arguments: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.actions import begin_epoch  # noqa: PLC0415 - after Django is set up

    epoch = begin_epoch(because=arguments.because, by=BY)
    print(f"Epoch {epoch.number} begins, and every session has ended: devices offer again what they had sent.")
    return OK


def _look(arguments: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.backup.drill import look  # noqa: PLC0415 - after Django is set up

    found = look()
    print(json.dumps(found) if arguments.json else f"{found['opened']} records opened.")
    for line in found["wrong"]:
        print(line, file=sys.stderr)
    return BROKEN if found["wrong"] else OK
