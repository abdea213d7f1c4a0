"""Verify an export of the record without the product: this one file, Python 3.8 or later, nothing to install.

    python3 verify_record.py record.jsonl --head head-2026-11-20.json --key 3d40…

The export comes from ``inspectorate record export``; the heads from where they were sent, day by day; the key from a
place you trust. The first row that does not hold is named by its stream and number. Exit code 0 whole, 1 broken, 2 not
verified. What is hashed stands, byte for byte, in ``docs/reference/record-format.md``; nothing of the product is used.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from contextlib import suppress
from typing import Any, Dict, List, Optional, Sequence, Tuple

Row = Dict[str, Any]
Point = Tuple[int, int, int, int]

GENESIS = "0" * 64
ERASE = "erase payload"
MASTER = "master/seals"
HEAD = ("format", "at", "entries", "streams", "seals", "head", "digest")
SIGNED = b"inspectorate signed-head@1\n"
ENTRY = ("actor", "at", "commitment", "previous", "sequence", "stream", "subject", "verb")
SEAL = ("at", "previous", "sequence", "stream", "stream_hash", "up_to")
WORDS = {
    "missing": "is missing: the row after it stands",
    "repeated": "stands here although its number was used or passed: a row was inserted or moved",
    "format": "bears a format that this verifier does not know",
    "unlinked": "does not follow from the one before: one of the two was rewritten, or rows were moved",
    "changed": "was changed: its hash is not that of its content",
    "unreadable": "cannot be read: a value in it is damaged",
    "payload-changed": "has a payload that is not the one committed to",
    "payload-missing": "has lost its payload, and no entry says that it was erased",
    "payload-returned": "has a payload again although a later entry erased it",
    "tail": "is missing, and so is all after it: the stream was longer",
    "head": "is not where the stream's row says that the stream ends",
    "empty": "is missing: the stream stands without any entry",
    "resealed": "is not the one that was sealed: it, an entry before it or the seal was rewritten",
    "stream-missing": "is missing with its whole stream, which was sealed",
    "stray": "belongs to no stream or entry, or stands beyond the end of its stream: a row was inserted or deleted",
    "seals-missing": "is missing, though the head that left counts it: the log was cut or replaced",
    "rewritten": "is not the one whose hash left: the log was rewritten at or before it",
    "head-file": "is as it left, but the other figures of the head are not: the head's file was changed",
    "export-cut": "was to be followed by more: the export is cut short, or lines were taken out of it",
}


class Broken(Exception):  # noqa: N818 - it is the verdict
    """The first row that does not hold: the stream, the number, and a code of WORDS."""

    def __init__(self, stream: str, number: int, code: str) -> None:
        self.stream, self.number, self.code = stream, number, code

    def sentence(self) -> str:
        """Say what is wrong, and where."""
        row = f"Seal {self.number}" if self.stream == MASTER else f"Entry {self.number} of {self.stream}"
        return f"{row} {WORDS[self.code]}."


class NotVerified(Exception):  # noqa: N818 - the same
    """Nothing can be said: a file cannot be read, a signature does not hold."""


def plain_json(value: Any) -> bytes:
    """Return the one form that is hashed: UTF-8, no white space, keys in the order given."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def link_hash(kind: str, row: Row, names: Sequence[str]) -> str:
    """Return the hash that an entry or a seal should bear."""
    content = {name: row[name] for name in names}
    content["format"] = kind
    return hashlib.sha256(plain_json({name: content[name] for name in sorted(content)})).hexdigest()


def check_link(where: str, point: Tuple[int, str], row: Row, kind: str, names: Sequence[str]) -> Tuple[int, str]:
    """Return the point that a row takes its chain to, or raise Broken."""
    expected, number = point[0] + 1, row.get("sequence")
    if type(number) is not int:
        raise Broken(where, expected, "changed")
    if number != expected:
        raise Broken(where, min(number, expected), "missing" if number > expected else "repeated")
    if row.get("format") != 1:
        raise Broken(where, expected, "format")
    if row.get("previous") != point[1]:
        raise Broken(where, expected, "unlinked")
    with suppress(KeyError, TypeError, ValueError):
        if link_hash(kind, row, names) == row["hash"]:
            return number, row["hash"]
    raise Broken(where, expected, "changed")


class Seals:
    """The master chain, and what it says of each stream."""

    def __init__(self) -> None:
        self.point = (0, GENESIS)
        self.rows: List[Tuple[Any, ...]] = []
        self.of_stream: Dict[str, Dict[int, str]] = {}

    def add(self, row: Row) -> None:
        """Take in the next seal."""
        self.point = check_link(MASTER, self.point, row, "seal@1", SEAL)
        self.rows.append((*row["stream"], row["up_to"], row["stream_hash"], row["hash"]))
        self.of_stream.setdefault("/".join(row["stream"]), {})[row["up_to"]] = row["stream_hash"]

    def head(self, count: int) -> Row:
        """Return the figures of the head as it was when there were ``count`` seals."""
        last: Dict[Tuple[str, str], Tuple[int, int, str]] = {}
        for number, (kind, public_id, up_to, stream_hash, _) in enumerate(self.rows[:count]):
            last[kind, public_id] = (number, up_to, stream_hash)
        total, digest = 0, hashlib.sha256()
        for (kind, public_id), (_, up_to, stream_hash) in sorted(last.items(), key=lambda one: one[1][0]):
            total += up_to
            digest.update(plain_json([kind, public_id, up_to, stream_hash]) + b"\n")
        head = self.rows[count - 1][4] if count else GENESIS
        return {"entries": total, "streams": len(last), "seals": count, "head": head, "digest": digest.hexdigest()}


class Stream:
    """One chain of entries, followed as its lines come."""

    def __init__(self, line: Row, sealed: Dict[int, str], payloads: bool) -> None:
        self.name = "/".join(line["stream"])
        self.pair, self.count, self.end = line["stream"], line["count"], line["head"]
        self.sealed, self.payloads, self.point = sealed, payloads, (0, GENESIS)
        self.gone: List[int] = []
        self.held: Dict[int, None] = {}
        self.erased: Dict[int, None] = {}
        if type(self.count) is not int:
            raise Broken(self.name, 1, "head")

    def add(self, row: Row) -> None:
        """Take in the next entry."""
        if row.get("stream") != self.pair:
            raise Broken(self.name, self.point[0] + 1, "changed")
        self.point = check_link(self.name, self.point, row, "entry@1", ENTRY)
        number = row["sequence"]
        if self.sealed.get(number, row["hash"]) != row["hash"]:
            raise Broken(self.name, number, "resealed")
        if row["verb"] == ERASE and row["subject"][0] == "entry":
            erased = row["subject"][1].rpartition("/")
            at = int(erased[2]) if erased[0] == self.name and erased[2].isdecimal() else 0
            self.erased[at] = None
            if at in self.held:
                raise Broken(self.name, number, "payload-returned")
        if self.payloads:
            self.weigh(number, row)

    def weigh(self, number: int, row: Row) -> None:
        """Hold a payload against its commitment."""
        salt = row.get("salt")
        if salt is None:
            self.gone.append(number)
            return
        self.held[number] = None
        try:
            raw = bytes.fromhex(salt)
            right = (
                raw.hex() == salt and hashlib.sha256(raw + row["text"].encode("utf-8")).hexdigest() == row["commitment"]
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            right = False
        if not right:
            raise Broken(self.name, number, "payload-changed")

    def close(self) -> None:
        """Hold the end against the stream's own row and its seals."""
        for number in self.gone:
            if number not in self.erased:
                raise Broken(self.name, number, "payload-missing")
        if self.count == 0 and self.point[0] == 0:
            raise Broken(self.name, 1, "empty")
        if self.point[0] < max([self.count, *self.sealed]):
            raise Broken(self.name, self.point[0] + 1, "tail")
        if self.point[1] != self.end:
            raise Broken(self.name, self.point[0], "head")


class Record:
    """An export, read line by line: what it opens with, its seals, its streams, and how it ends."""

    def __init__(self) -> None:
        self.opened: Optional[Row] = None
        self.ended: Optional[List[int]] = None
        self.stream: Optional[Stream] = None
        self.entries, self.seals = 0, Seals()
        self.streams: Dict[str, None] = {}

    def take(self, line: Row) -> None:
        """Take in one line."""
        if self.opened is None:
            if line.get("format") != "record-export@1":
                raise NotVerified("This is no export of the record: its first line must say record-export@1.")
            self.opened = line
        elif "seal" in line:
            self.seals.add(line["seal"])
        elif "stream" in line:
            self.close_stream()
            sealed = self.seals.of_stream.get("/".join(line["stream"]), {})
            self.stream = Stream(line, sealed, self.opened["payloads"])
            self.streams[self.stream.name] = None
        elif "entry" in line and self.stream is not None:
            self.stream.add(line["entry"])
            self.entries += 1
        else:
            self.take_rest(line)

    def take_rest(self, line: Row) -> None:
        """Take in what is no row that holds: one that cannot be read, a stray, the end."""
        if "unreadable" in line:
            raise Broken(line["unreadable"][0], line["unreadable"][1], "unreadable")
        if "stray" in line:
            self.close_stream()
            raise Broken(line["stray"][0], line["stray"][1], "stray")
        if "end" not in line:
            raise NotVerified("The export holds a line of an unknown kind: use the verifier of its release.")
        self.close_stream()
        self.ended = line["end"]

    def close_stream(self) -> None:
        """End the stream that is being followed, if any."""
        if self.stream is not None:
            self.stream.close()
        self.stream = None

    def finish(self) -> None:
        """Hold the whole against itself: no stream lost, no line cut off."""
        lost = [name for name in self.seals.of_stream if name not in self.streams] if self.ended else []
        if lost:
            raise Broken(lost[0], 1, "stream-missing")
        if self.ended != [self.seals.point[0], len(self.streams), self.entries]:
            at = (self.stream.name, self.stream.point[0]) if self.stream else (MASTER, self.seals.point[0])
            raise Broken(*at, "export-cut")

    def hold_against(self, head: Row) -> None:
        """Hold the seals against a head that left earlier."""
        if self.seals.point[0] < head["seals"]:
            raise Broken(MASTER, self.seals.point[0] + 1, "seals-missing")
        now = self.seals.head(head["seals"])
        if now["head"] != head["head"]:
            raise Broken(MASTER, head["seals"], "rewritten")
        if any(now[name] != head[name] for name in now):
            raise Broken(MASTER, head["seals"], "head-file")


def read_head(text: str, key: str = "") -> Tuple[Row, str]:
    """Return the head in ``text`` and the key that signed it ("" for none); or raise NotVerified."""
    read = _from_line if text.lstrip().startswith("inspectorate-head@1") else _from_json
    head, signer, signature = read(text)
    if set(head) != set(HEAD) or head["format"] != "head@1":
        raise NotVerified("This is no head: give the file or the line that left the system.")
    if key and key.lower() != signer:
        raise NotVerified(
            f"The head was signed by {signer or 'nobody'}, not by the key given: ask the inspectorate why."
        )
    if not signer:
        return head, ""
    message = SIGNED + plain_json({name: head[name] for name in sorted(head)})
    if not verify_ed25519(_bytes(signer), message, _bytes(signature)):
        raise NotVerified("The signature of the head does not hold: the head was changed since it was signed.")
    return head, signer


def _bytes(digits: Any) -> bytes:
    return bytes.fromhex(digits) if isinstance(digits, str) and re.fullmatch("([0-9a-f]{2})+", digits) else b""


def _from_json(text: str) -> Tuple[Row, str, str]:
    try:
        data = json.loads(text)
        if data.get("format") == "signed-head@1":
            return data["head"], data["key"], data["signature"]
    except (ValueError, KeyError, AttributeError) as error:
        raise NotVerified(f"The head cannot be read ({error}).") from None
    return data, "", ""


def _from_line(text: str) -> Tuple[Row, str, str]:
    names = ["entries", "streams", "seals", "head", "digest", "key", "signature"]
    pattern = r"\s*inspectorate-head@1\s+(\S+)" + "".join(rf"\s+{name}\s+([0-9a-f\s]+?)" for name in names) + r"\s*"
    found = re.fullmatch(pattern, text)
    if not found:
        raise NotVerified("The line of the head is incomplete: copy all of it, from inspectorate-head@1 on.")
    values = dict(zip(names, ("".join(part.split()) for part in found.groups()[1:])))  # noqa: B905 - Python 3.8 has no strict
    head: Row = {"format": "head@1", "at": found[1], "head": values["head"], "digest": values["digest"]}
    head.update({name: int(values[name]) for name in ("entries", "streams", "seals") if values[name].isdecimal()})
    return head, values["key"], values["signature"]


P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def _add(one: Point, other: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _same(one: Point, other: Point) -> bool:
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


def _point(data: bytes) -> Optional[Point]:
    """Return the point of 32 bytes, or None where they stand for none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return (x, y, 1, x * y % P) if x & 1 == sign else (P - x, y, 1, (P - x) * y % P)


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def verify_ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` of ``message`` was made with the secret half of ``key`` (RFC 8032, section 5.1.7)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, start = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or start is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return _same(_times(scalar, BASE), _add(start, _times(challenge, public)))


def verify(path: str, heads: Sequence[str] = (), key: str = "") -> str:
    """Read the export; return a sentence on what holds. Raise Broken at the first row that does not."""
    record = Record()
    try:
        held = []
        for file in heads:
            with open(file, encoding="utf-8") as opened:  # noqa: PTH123 - plain Python, whatever its age
                held.append(read_head(opened.read(), key))
        with open(path, encoding="utf-8") as lines:  # noqa: PTH123 - the same
            for line in lines:
                record.take(json.loads(line))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotVerified(f"A file cannot be read ({error}): give what 'inspectorate record export' wrote.") from None
    record.finish()
    for head, _ in held:
        record.hold_against(head)
    counts = f"{record.entries} entries in {len(record.streams)} streams, {len(record.seals.rows)} seals"
    told = f"The record is whole: {counts}."
    for head, signer in held:
        told += f" It contains the head of {head['at']}, " + (f"signed by the key {signer}." if signer else "unsigned.")
    return told


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Verify what the command line names; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("export", help="what 'inspectorate record export' wrote")
    parser.add_argument(
        "--head", action="append", default=[], help="a head that left the system, as a file; repeatable"
    )
    parser.add_argument(
        "--key", default="", help="the public key that must have signed the heads, 64 hexadecimal digits"
    )
    asked = parser.parse_args(arguments)
    try:
        print(verify(asked.export, asked.head, asked.key))
    except Broken as broken:
        print(
            f"The record is broken. {broken.sentence()}\nKeep a copy of everything as it is, and compare with backups."
        )
        return 1
    except NotVerified as reason:
        print(f"Nothing was verified. {reason}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
