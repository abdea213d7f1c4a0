"""Many people who save, from one process: each has a connection that stays open, and thinks between two savings."""

import asyncio
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

TOKEN = secrets.token_hex(16)


@dataclass
class Person:
    """Somebody who saves: where, with which session, and how the next thing to save is made (id and body)."""

    path: str
    session: str
    make: Callable[[], tuple[str, bytes]]


@dataclass
class Told:
    """What came of it: seconds of each saving, what was acknowledged, and what was no acknowledgement."""

    seconds: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lasted: float = 0.0


class Connection:
    """One connection to the server that is asked again and again; made anew where it was closed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, person: Person, body: bytes) -> tuple[int, bytes]:
        """Send a body; return the status and what was answered."""
        head = (
            f"POST {person.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Cookie: sessionid={person.session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        if self.ends is None:
            self.ends = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.ends
        try:
            writer.write(head.encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(answer.split("content-length:", 1)[1].split("\r\n", 1)[0])
            return int(answer.split(" ", 2)[1]), await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError, IndexError):
            writer.close()
            self.ends = None
            raise


async def _save(person: Person, connection: Connection, told: Told) -> None:
    id_, body = person.make()
    began = time.perf_counter()
    try:
        status, content = await connection.post(person, body)
    except (OSError, asyncio.IncompleteReadError, IndexError) as error:
        told.errors.append(type(error).__name__)
        return
    told.seconds.append(time.perf_counter() - began)
    if status == 200 and f'"id": "{id_}"'.encode() in content:
        told.acknowledged.append(id_)
    else:
        told.errors.append(f"{status} {content[:200]!r}")


async def _goes_on(person: Person, port: int, told: Told, until: float, every: float) -> None:
    connection, chance = Connection(port), random.Random(person.path)  # noqa: S311 - when to save is no secret
    if every:
        await asyncio.sleep(chance.uniform(0, every))
    while (began := time.perf_counter()) < until:
        await _save(person, connection, told)
        if every:
            await asyncio.sleep(max(0.0, began + every * chance.uniform(0.8, 1.2) - time.perf_counter()))
    if connection.ends:
        connection.ends[1].close()


def load(people: list[Person], port: int, *, seconds: float, every: float) -> Told:
    """Let these people save for so long: one every so many seconds each, or without a pause where that is nought."""

    async def all_of_them() -> Told:
        told, began = Told(), time.perf_counter()
        await asyncio.gather(*(_goes_on(one, port, told, began + seconds, every) for one in people))
        told.lasted = time.perf_counter() - began
        return told

    return asyncio.run(all_of_them())
