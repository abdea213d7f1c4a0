"""Rubbish for every page and role: random fields, extra keys, wrong types, huge and odd texts, deep paging.

What is asked follows from the seed alone, so that a request that broke something can be made again.
"""

import json
import random
import re
import sys
import traceback
from contextlib import contextmanager
from html import unescape
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction

FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"(?:[^>]*?\bvalue=\"([^\"]*)\")?")
ODD = (
    "",
    " ",
    "\0",
    "a\0b",
    "\u202e",
    "é" * 300,
    "'\";--",
    "' OR 1=1 --",
    "{{7*7}}{% now %}",
    "<script>alert(1)</script>",
    "=1+1",
    "../../etc/passwd",
    "a\r\nSet-Cookie: x=1",
    "%00",
    "%s%n{0}",
    "-1",
    "0",
    "1",
    "1e400",
    "NaN",
    "9" * 40,
    "٣",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "31 February 2026",
    "24:61",
    "on",
    "null",
    "[]",
    "x" * 5_000,
)
MEGABYTE_TEXT = "x" * 1_000_000
EXTRA = ("page", "q", "state", "role", "is_superuser", "pk", "id", "by", "inspection", "sort", "_method", "kind", "in")
QUERIES = ("page=999999999999", "page=-1", "page=x", "q=%00", "q=" + "a" * 3000, "sort=password", "kind=%27", "in=99")
AS_JSON = (None, True, 0, -1, 1.5, "x", "\0", "\ud800", [], {}, [[]], {"entries": None}, 10**30)


def rubbish(chance):
    """Return one text that nobody would type; now and then a megabyte of it."""
    if chance.random() < 0.005:
        return MEGABYTE_TEXT
    if chance.random() < 0.15:
        return "".join(chr(chance.choice((chance.randrange(1, 128), chance.randrange(0xA0, 0xD7FF)))) for _ in range(9))
    return chance.choice(ODD)


def nested(chance, depth=0):
    """Return something that JSON can say."""
    if depth > 3 or chance.random() < 0.4:
        return chance.choice((*AS_JSON, rubbish(chance)))
    if chance.random() < 0.5:
        return [nested(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {rubbish(chance): nested(chance, depth + 1) for _ in range(chance.randrange(4))}


@contextmanager
def errors_kept():
    """Collect the tracebacks of whatever no view caught."""
    kept = []

    def keep(**_):
        kept.append("".join(traceback.format_exception(*sys.exc_info())[-12:]))

    got_request_exception.connect(keep)
    try:
        yield kept
    finally:
        got_request_exception.disconnect(keep)


class Fuzzer:
    """Sends rubbish as many people, and keeps what broke: (who, method, address, status, traceback).

    ``addresses`` are those of each of the people; ``sign_in`` lets one in again who signed out.
    """

    def __init__(self, seed, clients, addresses, sign_in):
        self.chance = random.Random(seed)  # noqa: S311 - rubbish is no secret
        self.clients, self.addresses, self.sign_in = clients, addresses, sign_in
        self.fields = {}
        self.not_taken = set()
        self.broken = []
        self.statuses = {}

    def run(self, times):
        """Send so many requests."""
        with errors_kept() as errors:
            for _ in range(times):
                who = self.chance.choice(list(self.clients))
                address = self.chance.choice(self.addresses[who])
                method, told = self._send(who, address)
                if told.status_code >= 500:
                    self.broken.append((who, method, address, told.status_code, errors[-1:]))
                self.statuses[told.status_code] = self.statuses.get(told.status_code, 0) + 1
                if len(errors) > 5:
                    del errors[:-1]
                if who != "visitor" and not self.clients[who].cookies.get("sessionid", None):
                    self.sign_in(who)

    def _send(self, who, address):
        client, kind = self.clients[who], self.chance.random()
        if ("GET", address) in self.not_taken:
            kind = max(kind, 0.35)
        elif ("POST", address) in self.not_taken:
            kind = min(kind, 0.34)
        with transaction.atomic():
            if kind < 0.35:
                method, told = "GET", client.get(self._odd(address), headers=self._headers())
            elif kind < 0.85:
                method, told = "POST", client.post(address, self._form(client, address), headers=self._headers())
            elif kind < 0.95:
                content = json.dumps(nested(self.chance))
                method, told = "JSON", client.post(address, content, content_type="application/json")
            else:
                content = self.chance.choice((b"", b"\xff\xfe\0", b"a=%zz&b", b"--x\r\n\r\n", b'{"a":' * 500))
                type_ = self.chance.choice(("multipart/form-data; boundary=x", "text/xml", "", "application/json"))
                method, told = "BODY", client.generic("POST", address, content, content_type=type_)
            if told.streaming:
                list(told)
            transaction.set_rollback(True)
        if told.status_code == 405:  # asked once, and then in the way that it is meant to be
            self.not_taken.add(("GET" if method == "GET" else "POST", address))
        return method, told

    def _odd(self, address):
        """Return an address with an odd question, or with a part of it changed."""
        choice = self.chance.random()
        if choice < 0.4:
            return f"{address}?{self.chance.choice(QUERIES)}&{self.chance.choice(EXTRA)}={self._quoted()}"
        if choice < 0.7:
            parts = address.split("/")
            parts[self.chance.randrange(1, max(2, len(parts) - 1))] = self._quoted()
            return "/".join(parts)
        return address

    def _quoted(self):
        return quote(rubbish(self.chance)[:2000], safe="", errors="replace")

    def _headers(self):
        if self.chance.random() < 0.7:
            return {}
        name = self.chance.choice(("Accept-Language", "Accept", "Referer", "X-Forwarded-For", "If-Modified-Since"))
        return {name: self.chance.choice(("", "*", "xx-\xff", "a" * 4000, "en;q=x,,,", "Thu, 99 Foo 9999"))}

    def _form(self, client, address):
        """Return fields: those of the page at the address, if it has any, filled with what fits and with rubbish."""
        key = (id(client), address)
        if key not in self.fields:
            with transaction.atomic():
                answer = client.get(address)
                text = "" if answer.streaming else answer.content.decode(errors="replace")
                if answer.streaming:
                    list(answer)
                transaction.set_rollback(True)
            self.fields[key] = [(unescape(name), unescape(value)) for name, value in FIELD.findall(text)]
        given = {}
        for name, value in self.fields[key]:
            if self.chance.random() < 0.85 and name != "csrfmiddlewaretoken":
                given[name] = value if self.chance.random() < 0.5 else self._value()
        for name in self.chance.sample(EXTRA, 2):
            given.setdefault(name, self._value())
        return given

    def _value(self):
        choice = self.chance.random()
        if choice < 0.05:
            content = self.chance.choice((b"", b"PK\3\4" + b"\0" * 99, b"a,b\n1,\0\n", b"%PDF-1.4", b"\xff" * 999))
            return SimpleUploadedFile(self.chance.choice(("a.xlsx", "a.csv", "a.pdf", ".x", "a" * 300)), content)
        return [rubbish(self.chance) for _ in range(3)] if choice < 0.15 else rubbish(self.chance)
