"""``inspectorate restore``: a backup, or the archive of PostgreSQL up to a moment, into an empty installation."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

OK, REFUSED = 0, 2
BY = ("system", "command-line")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the file and the key."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup, or the folder of an archive")
    parser.add_argument("--key", metavar="FILE", type=Path, help="the key (otherwise INSPECTORATE_BACKUP_KEY)")
    parser.add_argument("--data", metavar="FOLDER", type=Path, help="archive: the new data folder of PostgreSQL")
    parser.add_argument("--until", metavar="TIME", type=_moment, help="archive: up to this moment, else to its end")
    parser.epilog = (
        "The installation must be empty: a new folder INSPECTORATE_VAR, and a database without tables. What is"
        "\nrestored is compared with the counts, the hashes and the head of the record in the backup before it is used."
        "\n\nAn archive is replayed into a new data folder, where no server runs; as root:"
        "\n  inspectorate restore /archive/inspectorate --data /var/lib/postgresql/15/main --until '2026-11-26 14:05'"
        "\n\nexample: inspectorate restore --help"
    )


def _moment(text: str) -> datetime:
    """Read a moment; without a zone it is meant in UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def run(arguments: argparse.Namespace) -> int:
    """Restore; return 2 with a sentence where that cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    from inspectorate.config.upkeep.actions import restore_backup  # noqa: PLC0415 - the same
    from inspectorate.methodology.refusals import RefusedError  # noqa: PLC0415 - the same

    try:
        if arguments.file.is_dir() or arguments.data:
            return _from_archive(arguments)
        about, epoch = restore_backup(path=arguments.file, key_file=arguments.key, by=BY)
    except RefusedError as refusal:
        print(refusal.sentence, file=sys.stderr)
        return REFUSED
    except DatabaseError as error:
        print(f"The database cannot be reached ({error}): look at INSPECTORATE_DATABASE_URL.", file=sys.stderr)
        return REFUSED
    print(f"Restored: {about.rows:,} rows as they were {about.made_at}; counts, hashes and record hold.")
    print(f"Epoch {epoch.number} begins, and every session has ended. What was done after the backup is not here:")
    print("look first at people who left since, and at what was erased on request since.")
    return OK


def _from_archive(arguments: argparse.Namespace) -> int:
    from inspectorate.config.upkeep.actions import restore_archive  # noqa: PLC0415 - after Django is set up

    if arguments.data is None:
        print("An archive is restored into a new data folder of PostgreSQL: name it with --data.", file=sys.stderr)
        return REFUSED
    about = {"folder": arguments.file, "data": arguments.data, "until": arguments.until, "key_file": arguments.key}
    print(restore_archive(**about, by=BY).strip())
    print(f"Now start PostgreSQL on {arguments.data}, with a new folder for its archive, and make a base at once.")
    print("What was done after that is not here: look first at people who left since, and what was erased on request.")
    return OK
