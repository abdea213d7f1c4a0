"""``inspectorate restore``: a backup into an empty installation, verified."""

import argparse
import os
import sys
from pathlib import Path

OK, REFUSED = 0, 2
BY = ("system", "command-line")


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the file and the key."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the backup")
    parser.add_argument("--key", metavar="FILE", type=Path, help="the key (otherwise INSPECTORATE_BACKUP_KEY)")
    parser.epilog = (
        "The installation must be empty: a new folder INSPECTORATE_VAR, and a database without tables. What is"
        "\nrestored is compared with the counts, the hashes and the head of the record in the backup before it is used."
        "\n\nexample: inspectorate restore --help"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restore; return 2 with a sentence where that cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    from inspectorate.config.upkeep.actions import restore_backup  # noqa: PLC0415 - the same
    from inspectorate.methodology.refusals import RefusedError  # noqa: PLC0415 - the same

    try:
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
