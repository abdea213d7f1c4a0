"""A hatch through which a server of PostgreSQL asks this process for something, file by file, and waits for the answer.

The server runs under an account of its own, which need not be able to run this product or read the key: a few lines of
shell put its question into one pipe and take the answer, an exit code, from another.
"""

import os
import shlex
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STOPS = 250
"""An exit code that PostgreSQL takes for a breakdown; every one up to 125 it takes for "there is none"."""
SCRIPT = """#!/bin/sh
cd "$(dirname "$0")" || exit {stops}
printf '%s\\n' "$1" >asked || exit {stops}
read -r said <said || exit {stops}
[ "$said" != 0 ] || [ $# -lt 2 ] || cp given "$2" || exit {stops}
exit "$said"
"""
Answer = Callable[[str], int]


class Hatch:
    """Answers in a thread beside; ``why`` is what went wrong last, ``command`` what the server is to call."""

    def __init__(self, folder: Path, answer: Answer) -> None:
        self.folder, self._answer = folder, answer
        self.why: Exception | None = None
        for name in ("asked", "said"):
            os.mkfifo(folder / name, 0o600)
        (folder / "ask").write_text(SCRIPT.format(stops=STOPS), encoding="utf-8")

    @property
    def command(self) -> str:
        """The words of the shell that come before what is asked for."""
        return shlex.join(["sh", str(self.folder / "ask")])

    def serve(self) -> None:
        """Answer until somebody asks for nothing."""
        while asked := self._read():
            try:
                code = self._answer(asked)
            except Exception as error:  # noqa: BLE001 - whatever it is, the server must stop at it
                self.why, code = error, STOPS
            (self.folder / "said").write_text(f"{code}\n", encoding="ascii")

    def _read(self) -> str:
        return (self.folder / "asked").read_text(encoding="utf-8").strip()

    def close(self) -> None:
        """Have ``serve`` end, unless somebody stopped half way through asking: then it ends with this process."""
        try:
            descriptor = os.open(self.folder / "asked", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            return
        os.close(descriptor)


@contextmanager
def hatch_in(folder: Path, answer: Answer) -> Iterator[Hatch]:
    """Yield a hatch in a folder that is there for it; it is closed at the end."""
    made = Hatch(folder, answer)
    beside = threading.Thread(target=made.serve, daemon=True)
    beside.start()
    try:
        yield made
    finally:
        made.close()
        beside.join(5)
