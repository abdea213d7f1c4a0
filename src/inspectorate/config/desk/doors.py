"""What programs may ask, as an OpenAPI document: every address that speaks JSON, with what it takes and answers.

The addresses come from the routes themselves, so that none can differ; ``DOORS`` says what each is about.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

JSON = "application/json"
ENTRIES = "fieldwork:entries"
# The name of the route -> what a program gets there.
DOORS: dict[str, str] = {
    "desk:openapi": "This document.",
    "desk:record_head": "The signed head of the record that left last, to be kept.",
    "upkeep:epoch": "Which life of this installation it is: another one began where it was restored from a backup.",
    "register:programme_year_json": "The published table of a programme in a year, with sources.",
    "register:year_json": "The published table of a year, with sources.",
    "standards:edition_json": "An edition of standards, whole: criteria, questions, scoring, examples.",
    "publication:result_json": "A public result: scores with intervals, ratings, accounts.",
    "ratings:scores_json": "The scores of a file that was handed in, with intervals and accounts.",
    "ratings:findings_json": "What the judgements of a file that was handed in say, question by question.",
    "ratings:judgements": "The judgements of a file that was handed in, as they were read.",
    "inspection_ratings:scores_json": "The scores of an inspection, with intervals and accounts.",
    "inspection_ratings:scores_json_of": "The scores of one module of an inspection.",
    "inspection_ratings:findings_json": "What the judgements of an inspection say, question by question.",
    "inspection_ratings:findings_json_of": "What the judgements of one module of an inspection say.",
    "inspection_ratings:settlement_json": "Ratings of an inspection as they were settled, with their inputs.",
    ENTRIES: "Sends entries of a device's journal; each is stored once by its id, and answered with a receipt.",
}
OF_AN_INSPECTION = "inspections/"
WORD = re.compile(r"<(?:(\w+):)?(\w+)>")

ID = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
ID_OR_NONE = {"anyOf": [ID, {"type": "null"}]}
ENTRY = {
    "type": "object",
    "required": ["id", "device", "counter", "question", "device_time"],
    "properties": {
        "id": ID | {"description": "128 random bits, made on the device"},
        "device": {"type": "string", "minLength": 1, "maxLength": 64},
        "counter": {"type": "integer", "minimum": 1, "maximum": 2**53 - 1},
        "question": {"type": "string", "minLength": 1, "maxLength": 60},
        "part": {"enum": ["answer", "reasons", "note"], "default": "answer"},
        "value": {"type": "string", "maxLength": 400},
        "text": {"type": "string", "maxLength": 100_000},
        "supersedes": ID_OR_NONE,
        "decides": ID_OR_NONE,
        "device_time": {"type": "string", "format": "date-time"},
    },
}
REFUSAL = {
    "type": "object",
    "required": ["code", "sentence"],
    "properties": {"code": {"type": "string"}, "sentence": {"type": "string"}},
}
RECEIPT = {
    "type": "object",
    "required": ["id", "sequence", "hash"],
    "properties": {"id": ID, "sequence": {"type": "integer"}, "hash": {"type": "string"}},
}
DELIVERY = {
    "type": "object",
    "required": ["receipts", "refused", "conflicts"],
    "properties": {
        "receipts": {"type": "array", "items": RECEIPT},
        "refused": {"type": "array", "items": REFUSAL},
        "conflicts": {"type": "array", "items": {"type": "string"}},
    },
}


def routes(patterns: Any = None, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and the pattern of every address of the product."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        whole = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", whole
        elif isinstance(one, URLResolver):
            yield from routes(one.url_patterns, whole, f"{space}{one.namespace}:" if one.namespace else space)


def document() -> dict[str, Any]:
    """Return the document."""
    paths = {"/" + WORD.sub(r"{\2}", pattern): _door(name, pattern) for name, pattern in routes() if name in DOORS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Inspectorate",
            "version": version("inspectorate"),
            "description": "What is private needs a session, and sending a token; what is public needs neither.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}},
        },
    }


def _door(name: str, pattern: str) -> dict[str, Any]:
    given = [_parameter(word, kind) for kind, word in WORD.findall(pattern)]
    door: dict[str, Any] = {"parameters": given} if given else {}
    if name != ENTRIES:
        return door | {"get": _operation(name, pattern, {"200": _answer("What was asked for.", {"type": "object"})})}
    token = {"type": "object", "required": ["token"], "properties": {"token": {"type": "string"}}}
    sent = {"type": "object", "required": ["entries"]}
    sent["properties"] = {"entries": {"type": "array", "maxItems": 500, "items": ENTRY}}
    answers = {"200": _answer("What became of each entry.", DELIVERY)}
    answers |= {status: _answer(said, REFUSAL) for status, said in REFUSED.items()}
    post = _operation(f"{name}:send", pattern, answers)
    post["parameters"] = [_asked("assessment", "query"), _asked("X-CSRFToken", "header")]
    post["requestBody"] = {"required": True, "content": {JSON: {"schema": sent}}}
    return door | {
        "get": _operation(f"{name}:token", pattern, {"200": _answer("A fresh token.", token)}),
        "post": post,
    }


REFUSED = {
    "400": "It cannot be read as entries.",
    "409": "Nothing was stored, and why.",
    "410": "The assessment is not there any more.",
    "413": "It is too large.",
    "503": "Not saved just now: send the same again after Retry-After.",
}


def _operation(code: str, pattern: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    # Without the right to it: a way to sign in, a page that says why not, or as if it did not exist.
    others = {"302": "Sign in first.", "403": "Not allowed.", "404": "There is no such thing, or not for you."}
    said = {status: {"description": words} for status, words in others.items()}
    about = DOORS[code.removesuffix(":send").removesuffix(":token")]
    operation = {"operationId": code.replace(":", "_"), "summary": about, "responses": {**said, **answers}}
    return operation | ({"security": [{"session": []}]} if pattern.startswith(OF_AN_INSPECTION) else {})


def _answer(words: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {JSON: {"schema": schema}}}


def _parameter(word: str, kind: str) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string", "minLength": 1}
    return {"name": word, "in": "path", "required": True, "schema": schema}


def _asked(name: str, where: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": True, "schema": {"type": "string"}}
