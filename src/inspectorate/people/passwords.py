"""Which passwords are not taken, besides short and common ones: those known from breaches, and those of the place."""

import hashlib
import json
import mmap
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from inspectorate.people.models import User

MARK = b"inspectorate-breached-1"
LONGEST_HEAD = 400
MISTAKEN = 1e-6
"""How often a password that is in no list is taken for one that is."""
SHA1 = re.compile(r"^([0-9A-Fa-f]{40})(?::(\d+))?$")
ALWAYS = ("inspectorate", "inspector", "inspection", "probation", "offender", "youth", "justice", "password", "welcome")
"""Words that everybody who works here has in mind; those of the organisation are set by INSPECTORATE_PASSWORD_WORDS."""
LEFT_AT_LEAST = 8
"""Characters that have to be left of a password without such words: what is left is what has to be guessed."""
SHORTEST_WORD = 4
INSTEAD = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})


class ListError(Exception):
    """A list of breached passwords that cannot be made or read."""


@dataclass(frozen=True)
class About:
    """The head of a list: how many passwords went in, how many bits it has, how many are asked of each."""

    entries: int
    bits: int
    asked: int


def digests(lines: Iterable[bytes], at_least: int = 1) -> Iterator[bytes]:
    """Yield the SHA-1 of each password of a file: one a line, or its SHA-1 with how often it was seen."""
    for line in lines:
        text = line.rstrip(b"\r\n")
        found = SHA1.match(text.decode("ascii", "replace"))
        if found is None and text:
            yield _sha1(text)
        elif found is not None and int(found[2] or at_least) >= at_least:
            yield bytes.fromhex(found[1])


def make_list(source: Path, target: Path, *, at_least: int = 1) -> About:
    """Make a compact list from a file; it says of a password only whether it is in it, and holds none."""
    with source.open("rb") as lines:
        entries = sum(1 for _one in digests(lines, at_least))
    if not entries:
        raise ListError(f"{source} holds no password that was seen so often.")
    bits = max(64, ceil(-entries * log(MISTAKEN) / log(2) ** 2))
    about = About(entries, bits, max(1, round(bits / entries * log(2))))
    held = bytearray(ceil(bits / 8))
    with source.open("rb") as lines:
        for digest in digests(lines, at_least):
            for place in _places(digest, about):
                held[place >> 3] |= 1 << (place & 7)
    head = MARK + json.dumps(vars(about)).encode() + b"\n"
    new = target.with_suffix(".new")
    new.write_bytes(head + held)
    new.replace(target)
    return about


class BreachedList:
    """A list as it was made, read in place: the largest need not fit into memory."""

    def __init__(self, file: BinaryIO) -> None:
        head = file.readline(LONGEST_HEAD)
        try:
            self.about = About(**json.loads(head.removeprefix(MARK)))
        except (ValueError, TypeError) as error:
            raise ListError("It is no list of breached passwords.") from error
        self.begin = len(head)
        self.held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if not head.startswith(MARK) or len(self.held) != self.begin + ceil(self.about.bits / 8):
            raise ListError("It is cut short, or of another make.")

    def __contains__(self, password: str) -> bool:
        places = _places(_sha1(password.encode("utf-8", "replace")), self.about)
        return all(self.held[self.begin + (place >> 3)] & 1 << (place & 7) for place in places)


def _sha1(text: bytes) -> bytes:
    return hashlib.sha1(text, usedforsecurity=False).digest()  # published lists are kept so; nothing here rests on it


def _places(digest: bytes, about: About) -> Iterator[int]:
    mixed = hashlib.sha256(digest).digest()
    first, step = int.from_bytes(mixed[:16], "big"), int.from_bytes(mixed[16:], "big") | 1
    return ((first + number * step) % about.bits for number in range(about.asked))


def the_list() -> BreachedList | None:
    """Return the list of this installation, None where none was loaded; raise ListError where it cannot be read."""
    path = Path(settings.BREACHED_PASSWORDS)
    try:
        return _opened(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ListError("It cannot be read.") from error


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int) -> BreachedList:
    with path.open("rb") as file:
        return BreachedList(file)


class Breached:
    """Refuse a password that stands in the list of this installation; nothing of it leaves the machine."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - Django's words
        """Look it up, as typed and in small letters; a list that cannot be read takes no password."""
        try:
            known = the_list()
        except ListError as error:
            sentence = _("Passwords cannot be checked just now: tell whoever runs this service. Nothing was changed.")
            raise ValidationError(sentence, code="list_unreadable") from error
        if known is not None and (password in known or password.lower() in known):
            sentence = _("This password is known from a breach elsewhere, and is among the first that are tried.")
            raise ValidationError(sentence, code="breached")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return _("It must not be known from a breach elsewhere.")


class WordsOfThePlace:
    """Refuse a password that is hardly more than words of the organisation, its place or this product."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Take the words out, also where figures stand for letters; enough has to be left."""
        left = password.lower()
        for word in words_of_the_place(user):
            left = re.sub("|".join(map(re.escape, {word, word.translate(INSTEAD)})), "", left)
            if word in left.translate(INSTEAD):
                left = left.translate(INSTEAD).replace(word, "")
        if len(left) < min(LEFT_AT_LEAST, len(password)):
            sentence = _("This password is little more than words of your organisation or of this service: add others.")
            raise ValidationError(sentence, code="words_of_the_place")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return _("It must not rest on words of your organisation or of this service.")


def words_of_the_place(user: User | None = None) -> list[str]:
    """Return the words, the longest first: always known ones, those that are set, the host names, the mail domain."""
    parts = [*settings.ALLOWED_HOSTS, *([user.email.rpartition("@")[2]] if user is not None else [])]
    labels = [label for part in parts for label in re.split(r"[^a-z0-9]+", part.lower())]
    found = {*ALWAYS, *(word.strip().lower() for word in settings.PASSWORD_WORDS), *labels}
    return sorted((word for word in found if len(word) >= SHORTEST_WORD), key=lambda word: (-len(word), word))
