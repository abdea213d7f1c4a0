"""Our own command line, run as another process, as an operator would run it."""

import os
import subprocess
import sys
from collections.abc import Mapping

from inspectorate.config.upkeep.backup.refusals import Refusal, RefusedError

SECONDS = 2 * 3600


def run_ours(words: list[str], given: Mapping[str, str]) -> str:
    """Run a command in another installation, named by ``given`` settings; return what it prints, or refuse."""
    command = [sys.executable, "-m", "inspectorate.config.cli", *words]
    environment = os.environ | dict(given)
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        why = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no word why"]
        raise RefusedError(Refusal.COMMAND_FAILED, f"{' '.join(words[:2])!r} failed: {why[0]}")
    return done.stdout
