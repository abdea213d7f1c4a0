"""The heads leave: signed, every day, by every way that is set: a folder outside, e-mail, a printed line.

A way that fails stops no other. What left and what failed is an entry of the record, in a stream of its own.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from inspectorate.record.actions import append, export_head, seal
from inspectorate.record.names import RefusedError
from inspectorate.record.signing import SIGNED_FORMAT, SignedHead, file_of, line_of, sign

STREAM = ("record", "heads")
SENT = "heads.sent"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one way out: ``folder``, ``e-mail`` or ``line``; where to; and the fault, "" for none."""

    way: str
    to: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A head that left, and by which ways."""

    signed: SignedHead
    ways: tuple[Sent, ...]

    @property
    def faults(self) -> tuple[Sent, ...]:
        """The ways that failed."""
        return tuple(way for way in self.ways if way.fault)


class NotSentError(RefusedError):
    """A head did not leave by every way; ``leaving`` says by which it did."""

    def __init__(self, leaving: Leaving) -> None:
        self.leaving = leaving
        told = "; ".join(f"{one.way} to {one.to}: {one.fault}" for one in leaving.faults)
        super().__init__("not-sent", f"The head of the record did not leave by every way. Mend and send again: {told}.")


def latest_head() -> SignedHead | None:
    """Return the head that left last, as it lies in the folder of heads; None where none has left.

    A file that cannot be read, or was begun and not ended, is passed over for the one before it.
    """
    for path in sorted(Path(settings.HEADS_FOLDER).glob("head-*.json"), reverse=True):
        try:
            signed: SignedHead = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(signed, dict) and signed.get("format") == SIGNED_FORMAT:
            return signed
    return None


def send_heads(*, by: tuple[str, str], at: datetime | None = None) -> Leaving:
    """Seal the record, sign its head, send it by every way that is set, and record what left.

    Raises NotSentError, after recording it, when a way failed: a duty then shows as failed, and trying again sends the
    head of that minute by all ways. ``at`` is the time of the head, by default now.
    """
    seal(at=at)
    signed = sign(export_head(at=at))
    leaving = Leaving(signed, tuple(_sent(way, to, do, signed) for way, to, do in _ways()))
    _note(leaving, by)
    if leaving.faults:
        raise NotSentError(leaving)
    return leaving


@transaction.atomic
def _note(leaving: Leaving, by: tuple[str, str]) -> None:
    head = leaving.signed["head"]
    payload = {"head": head["head"], "seals": head["seals"], "ways": [asdict(way) for way in leaving.ways]}
    append(stream=STREAM, by=by, verb=SENT, subject=STREAM, payload=payload)


Way = tuple[str, str, Callable[[SignedHead], None]]


def _ways() -> list[Way]:
    """Return the ways that are set; the folder always is."""
    ways: list[Way] = [("folder", str(settings.HEADS_FOLDER), _put_into_folder)]
    if settings.HEADS_EMAIL:
        ways.append(("e-mail", ", ".join(settings.HEADS_EMAIL), _mail))
    if settings.HEADS_LINE:
        ways.append(("line", settings.HEADS_LINE, _print_line))
    return ways


def _sent(way: str, to: str, do: Callable[[SignedHead], None], signed: SignedHead) -> Sent:
    try:
        do(signed)
    except OSError as error:  # a full disk, a printer that is off; a mail server's refusals are OSErrors as well
        return Sent(way, to, " ".join(str(error).split())[:300] or type(error).__name__)
    return Sent(way, to)


def _put_into_folder(signed: SignedHead) -> None:
    folder = Path(settings.HEADS_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    _write_new(folder / f"{_name(signed)}.json", file_of(signed))


def _name(signed: SignedHead) -> str:
    return f"head-{signed['head']['at'].replace(':', '').replace('.', '-')}"


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _mail(signed: SignedHead) -> None:
    head = signed["head"]
    body = (
        f"The record had {head['entries']} entries in {head['streams']} streams on {head['at']}. Keep this message: "
        f"with it anybody can find out whether the record was rewritten since.\n\n{line_of(signed)}\n"
    )
    message = EmailMessage(f"Head of the record, {head['at'][:10]}", body, to=settings.HEADS_EMAIL)
    message.attach(f"{_name(signed)}.json", file_of(signed), "application/json")
    message.send()


def _print_line(signed: SignedHead) -> None:
    with Path(settings.HEADS_LINE).open("a", encoding="utf-8") as out:
        out.write(f"{line_of(signed)}\n")
