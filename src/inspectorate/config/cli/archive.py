"""``inspectorate archive``: keep the changes of PostgreSQL as they are written, make a base, look at all of it.

``keep`` is called by the server for each file of its log, as its own account: it loads no Django, asks no database, and
takes everything from the words that it is given.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OK, BROKEN, REFUSED = 0, 1, 2
BY = ("system", "command-line")
WORDS = {
    "keep": "keep a file of the log: what archive_command calls",
    "base": "make a base, from which the log is replayed",
    "verify": "read the newest base and everything kept since, to the end",
    "accept": "verify what was replayed, and begin a new epoch: what a restore calls",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add what can be done."""
    parser.epilog = (
        "In postgresql.conf (docs/how-to/back-up-and-restore.md says the rest):\n"
        "  archive_command = 'inspectorate archive keep %p %f --to /archive/inspectorate --key /etc/backup-key'\n\n"
        "example: inspectorate archive base --help"
    )
    doing = parser.add_subparsers(dest="doing", metavar="|".join(WORDS), required=True)
    subs = {name: doing.add_parser(name, help=words, description=f"{words}.") for name, words in WORDS.items()}
    subs["keep"].add_argument("path", metavar="PATH", type=Path, help="the file (%%p)")
    subs["keep"].add_argument("name", metavar="NAME", help="its name (%%f)")
    subs["keep"].add_argument("--to", metavar="FOLDER", type=Path, required=True, help="the archive")
    subs["keep"].add_argument("--key", metavar="FILE", type=Path, required=True, help="its public line is enough")
    for name in ("base", "verify"):
        subs[name].add_argument("--in", dest="folder", metavar="FOLDER", type=Path, help="or INSPECTORATE_ARCHIVE")
    subs["verify"].add_argument("--key", metavar="FILE", type=Path, help="the key (otherwise INSPECTORATE_BACKUP_KEY)")
    subs["accept"].add_argument("place", metavar="FOLDER", type=Path, help="where the base was unpacked")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 0 done, 1 what is kept is not to be relied on, 2 refused."""
    from inspectorate.methodology.refusals import RefusedError  # noqa: PLC0415 - a call is quick that needs little

    doing: dict[str, Callable[[argparse.Namespace], int]] = {
        "keep": _keep,
        "base": _base,
        "verify": _verify,
        "accept": _accept,
    }
    try:
        return doing[arguments.doing](arguments)
    except RefusedError as refusal:
        print(f"inspectorate archive: {refusal.sentence}", file=sys.stderr)
        return BROKEN if arguments.doing == "verify" else REFUSED
    except OSError as error:
        print(f"inspectorate archive: {error}", file=sys.stderr)
        return REFUSED


def _keep(arguments: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.archive.keeping import keep  # noqa: PLC0415 - a call is quick that needs little
    from inspectorate.config.upkeep.backup.key import read_key  # noqa: PLC0415 - the same

    keep(arguments.path, arguments.name, arguments.to, read_key(arguments.key))
    return OK


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()


def _folder(arguments: argparse.Namespace) -> Path:
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError  # noqa: PLC0415 - the same

    if not (arguments.folder or settings.ARCHIVE):
        raise RefusedError(Refusal.NOT_ARCHIVED, "Say where the archive is: --in FOLDER, or set INSPECTORATE_ARCHIVE.")
    return Path(arguments.folder or settings.ARCHIVE)


def _base(arguments: argparse.Namespace) -> int:
    _django()
    from inspectorate.config.upkeep.actions import make_base  # noqa: PLC0415 - after Django is set up

    made = make_base(by=BY, folder=_folder(arguments))
    print(f"{made.path}")
    print(f"{made.manifest.rows:,} rows, {made.size:,} bytes; the server has archived what goes with it.")
    return OK


def _verify(arguments: argparse.Namespace) -> int:
    _django()
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    from inspectorate.config.upkeep.archive.verifying import verify_archive  # noqa: PLC0415 - the same
    from inspectorate.config.upkeep.backup.key import read_key  # noqa: PLC0415 - the same

    base, number = verify_archive(_folder(arguments), read_key(arguments.key or Path(settings.BACKUP_KEY)))
    print(f"{base.name} is whole, and so are all {number} segments since, without a gap.")
    return OK


def _accept(arguments: argparse.Namespace) -> int:
    _django()
    from inspectorate.config.upkeep.actions import accept_replayed  # noqa: PLC0415 - after Django is set up
    from inspectorate.record.models import Entry  # noqa: PLC0415 - the same

    about, epoch = accept_replayed(place=arguments.place, by=BY)
    last = Entry.objects.exclude(verb="epoch.began").order_by("-id").first()
    print(f"Replayed onto the base of {about.made_at}; counts, hashes and record hold.")
    if last is not None:
        print(f"The last thing in the record is of {last.at.isoformat(timespec='seconds')}.")
    print(f"Epoch {epoch.number} begins, and every session has ended.")
    return OK
