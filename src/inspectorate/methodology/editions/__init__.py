"""Editions: folders of data, read, checked and digested. The only package of the methodology that touches files.

    >>> from inspectorate.methodology import editions
    >>> edition = editions.load("iaow/2013")
    >>> edition.title.en
    'Inspection of Adult Offending Work'

An adopted edition is frozen: its digest stands in ``adopted.lock``, and one whose files have changed since is refused.
"""

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from inspectorate.methodology import consistency
from inspectorate.methodology.criteria import Criterion, Source, read_criteria
from inspectorate.methodology.documents import Document
from inspectorate.methodology.faults import Fault, FaultCode, Refused
from inspectorate.methodology.forms import Form, Kind, read_form
from inspectorate.methodology.guidance import introduction, split_guidance, with_welsh
from inspectorate.methodology.plans import Plan, read_plan
from inspectorate.methodology.sampling.size import SamplingPlan, read_sampling
from inspectorate.methodology.texts import Text

PARTS = ("edition", "criteria", "form", "scoring", "sampling", "timetable")
SUPPLEMENTS = ("crosswalk", "hours", "life")
FROZEN = ("criteria.yaml", "form.yaml", "sampling.yaml", "scoring.yaml", "guidance/*.md")
LOCK = "adopted.lock"
BOTH = "both"
"""The nation of what holds in England and in Wales alike."""
CODE = re.compile(r"[\w-][\w.-]{0,60}/[\w-][\w.-]{0,60}")
"""What the code of an edition may look like: the path of its folder, and never one that leads elsewhere."""
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who adopted an edition, on which day, why, and the digest that it has kept since."""

    digest: str
    on: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A state that an edition entered: on which day, by whose hand, why, and the digest of its files then."""

    state: str
    on: str
    by: str
    reason: str
    digest: str


@dataclass(frozen=True)
class Edition:
    """One edition, whole and checked. ``about`` holds the plain contents of ``edition.yaml``.

    ``guidance`` is Markdown by code; under the code of a section (the name of its file) stands its introduction.
    """

    code: str
    title: Text
    about: Mapping[str, Any]
    criteria: tuple[Criterion, ...]
    form: Form
    plan: Plan
    sampling: Mapping[str, SamplingPlan]
    timetable: tuple[Mapping[str, Any], ...]
    guidance: Mapping[str, Text]
    digest: str
    adoption: Adoption | None
    sources: tuple[Source | None, ...] = ()
    crosswalk: Mapping[str, Any] = field(default_factory=dict)
    """Codes that continue those of the edition replaced, standards of others that overlap, and research; plain data."""
    hours: tuple[Mapping[str, Any], ...] = ()
    examples: tuple[tuple[str, Mapping[str, Any]], ...] = field(default=(), repr=False)
    before_adoption: tuple[Moment, ...] = ()
    """What ``life.yaml`` says of the time before the adoption, oldest first."""

    @property
    def life(self) -> tuple[Moment, ...]:
        """Every state that somebody has answered for, oldest first."""
        adoption = self.adoption
        adopted = (Moment("adopted", adoption.on, adoption.by, adoption.reason, adoption.digest),) if adoption else ()
        return (*self.before_adoption, *adopted)

    @property
    def status(self) -> str:
        """The latest state of its life; ``piloted`` or ``draft`` as ``edition.yaml`` says where there is none."""
        return self.life[-1].state if self.life else str(self.about["status"])

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules that every inspection has; the optional ones are added by name."""
        return tuple(module["code"] for module in self.about["modules"] if not module["optional"])

    def kinds_in(self, modules: Collection[str] = ()) -> tuple[Kind, ...]:
        """Return the kinds of case of which an inspection with these optional modules needs a list and a sample."""
        there = {"", *self.modules, *modules}
        return tuple(kind for kind in self.form.kinds if kind.module in there)

    def said_in(self, nation: str, part: str) -> tuple[Mapping[str, Any], ...]:
        """Return the ``partners`` or ``feeds`` that hold in ``england`` or ``wales``; the whole entries, as written."""
        return tuple(item for item in self.about.get(part, ()) if item.get("nation", BOTH) in {nation, BOTH})

    @cached_property
    def nodes(self) -> dict[str, Criterion]:
        """Every node of the criteria, by code."""
        return {node.code: node for root in self.criteria for node in root.walk()}


@lru_cache(maxsize=1)
def standards_folder() -> Path:
    """Return the folder of all editions: beside the package when installed, at the root of a checkout otherwise."""
    here = Path(__file__).resolve()
    installed = here.parents[2] / "data" / "standards"
    return installed if installed.is_dir() else here.parents[4] / "standards"


def codes(root: Path | None = None) -> tuple[str, ...]:
    """Return the code of every edition, sorted."""
    root = root or standards_folder()
    return tuple(sorted(path.parent.relative_to(root).as_posix() for path in root.glob("*/*/edition.yaml")))


def exists(code: str, root: Path | None = None) -> bool:
    """Say whether there is an edition of that code, without looking at the others."""
    return bool(CODE.fullmatch(code)) and ((root or standards_folder()) / code / "edition.yaml").is_file()


def load(code: str, root: Path | None = None) -> Edition:
    """Return the edition of that code; raise Refused with every fault, or when there is no such edition.

    It is read once and kept until one of its files changes; so the same edition may be returned again.
    """
    root = root or standards_folder()
    if not exists(code, root):
        why, remedy = f"there is no edition '{code}'.", f"Choose one of: {', '.join(codes(root)) or 'none are here'}."
        raise Refused([Fault(FaultCode.UNKNOWN_EDITION, "edition", why, remedy)])
    return _loaded(code, root, stamp_of(code, root))


def stamp_of(code: str, root: Path | None = None) -> Stamp:
    """Return name, time and size of every file that makes an edition: another stamp means, read it again."""
    root = root or standards_folder()
    lock = [entry for entry in os.scandir(root) if entry.name == LOCK]
    return tuple(sorted(_stamps(root / code))) + tuple(
        (entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in lock
    )


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _stamps(Path(entry.path))
        else:
            about = entry.stat()
            yield entry.path, about.st_mtime_ns, about.st_size


@lru_cache(maxsize=64)
def _loaded(code: str, root: Path, _stamp: Stamp) -> Edition:
    edition = read_folder(root / code, adoptions(root).get(code))
    if edition.code != code:
        why, remedy = f"edition.yaml calls it '{edition.code}'.", "The code of an edition is the path of its folder."
        raise Refused([Fault(FaultCode.UNKNOWN_EDITION, f"{code}/edition.yaml", why, remedy, 1, "code")])
    return edition


def read_folder(folder: Path, adoption: Adoption | None = None) -> Edition:
    """Read one edition's folder; raise Refused naming file, line, reason and remedy of every fault.

    ``adoption`` is its entry in the lock; where the digest differs the edition is refused: it may only be superseded.
    """
    documents = _documents(folder)
    digest = digest_of(folder)
    if adoption and adoption.digest != digest:
        why = f"its files have changed since it was adopted on {adoption.on}."
        remedy = "Put them back as they were; a change needs a new edition that replaces this one."
        raise Refused([Fault(FaultCode.CHANGED_AFTER_ADOPTION, folder.as_posix(), why, remedy)])
    data = {name: document.data for name, document in documents.items()}
    faults = consistency.faults_in(documents, _guidance_places(folder))
    if faults:
        raise Refused(faults)
    welsh = _welsh(folder)
    data = {name: with_welsh(part, welsh) for name, part in data.items()}
    about = data["edition"]
    return Edition(
        code=about["code"],
        title=Text.read(about["title"]),
        about=about,
        criteria=read_criteria(data["criteria"]),
        form=read_form(data["form"]),
        plan=read_plan(data["scoring"]),
        sampling=read_sampling(data["sampling"]),
        timetable=tuple(data["timetable"]["events"]),
        guidance=_guidance(folder),
        digest=digest,
        adoption=adoption,
        sources=tuple(Source.read(item) for item in about["sources"]),
        crosswalk=data.get("crosswalk", {}),
        hours=tuple(data.get("hours", {"activities": ()})["activities"]),
        before_adoption=tuple(Moment(**moment) for moment in data.get("life", {"life": ()})["life"]),
    )


def read_examples(folder: Path) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Return the worked examples beside an edition, by file name; raise Refused where one is not well formed."""
    found = []
    for path in sorted((folder / "examples").glob("*.yaml")):
        document = Document(f"examples/{path.name}", _text(path, f"examples/{path.name}"))
        faults = _schema_faults("example", document)
        if faults:
            raise Refused(faults)
        found.append((path.name, document.data))
    return tuple(found)


def digest_of(folder: Path) -> str:
    """Return the SHA-256 over the frozen files: for each, in the order of their paths, path, NUL, length, NUL, bytes.

    Line ends are normalised to LF before they are counted, so that a checkout on any machine gives the same digest.
    """
    found = hashlib.sha256()
    for path in sorted({path for pattern in FROZEN for path in folder.glob(pattern)}, key=lambda p: p.as_posix()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        name = path.relative_to(folder).as_posix().encode()
        found.update(name + b"\0" + str(len(content)).encode() + b"\0" + content)
    return found.hexdigest()


def adoptions(root: Path) -> dict[str, Adoption]:
    """Return what ``adopted.lock`` says, by edition."""
    path = root / LOCK
    try:
        entries = json.loads(_text(path, LOCK)) if path.exists() else {}
        return {code: Adoption(**entry) for code, entry in entries.items()}
    except (ValueError, TypeError, AttributeError) as error:
        why, remedy = "it is not a map from editions to digest, on, by and reason.", "Restore it from the last commit."
        raise Refused([Fault(FaultCode.UNREADABLE, LOCK, why, remedy)]) from error


def _documents(folder: Path) -> dict[str, Document]:
    """Read the YAML files of an edition and hold each against its schema."""
    found: dict[str, Document] = {}
    faults: list[Fault] = []
    for name in (*PARTS, *SUPPLEMENTS):
        path = folder / f"{name}.yaml"
        if not path.exists():
            if name in SUPPLEMENTS:
                continue
            why, remedy = "the file is missing.", "An edition needs it: standards/README.md says what it holds."
            faults.append(Fault(FaultCode.MISSING_FILE, path.name, why, remedy))
            continue
        try:
            found[name] = Document(path.name, _text(path, path.name))
        except Refused as refused:
            faults += refused.faults
        else:
            faults += _schema_faults(name, found[name])
    if faults:
        raise Refused(faults)
    return found


def _text(path: Path, name: str) -> str:
    """Return the text of a file, of which messages speak as ``name``; raise Refused where there is none to read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        why, remedy = "the file is not UTF-8 text.", "Save it as UTF-8."
        raise Refused([Fault(FaultCode.UNREADABLE, name, why, remedy, line)]) from error
    except OSError as error:
        why = f"the file cannot be read ({error.strerror})."
        raise Refused([Fault(FaultCode.MISSING_FILE, name, why, "Check that it is a plain file.")]) from error


@lru_cache(maxsize=16)
def _validator(name: str) -> Any:
    path = standards_folder() / "schema" / f"{name}.schema.json"
    return jsonschema_rs.validator_for(json.loads(path.read_text(encoding="utf-8")))


def _schema_faults(name: str, document: Document) -> list[Fault]:
    found = []
    for error in _validator(name).iter_errors(document.data):
        path = list(error.instance_path)
        place = "/".join(map(str, path)) or "the file as a whole"
        why = f"{place}: {error.message[:200]}."
        remedy = "standards/README.md shows the shape; a code such as 1.1 must stand in quotes."
        found.append(Fault(FaultCode.WRONG_SHAPE, document.name, why, remedy, document.line(path)))
    return found


def _guidance_files(folder: Path, language: str = "") -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "guidance" / language).glob("*.md")):
        yield path.name, _text(path, path.relative_to(folder).as_posix())


def _guidance_places(folder: Path) -> list[tuple[str, tuple[str, int]]]:
    return [(code, place) for name, text in _guidance_files(folder) for code, place, _ in split_guidance(name, text)]


def _guidance(folder: Path) -> dict[str, Text]:
    welsh = dict(_guidance_by_code(folder, "cy"))
    return {code: Text(words, welsh.get(code)) for code, words in _guidance_by_code(folder)}


def _guidance_by_code(folder: Path, language: str = "") -> Iterator[tuple[str, str]]:
    """Yield the introduction of each section under its code, then the guidance of each code."""
    files = list(_guidance_files(folder, language))
    for name, text in files:
        if words := introduction(text):
            yield name.removesuffix(".md"), words
    for name, text in files:
        for code, _, words in split_guidance(name, text):
            yield code, words


def _welsh(folder: Path) -> dict[str, str]:
    path = folder / "cy.yaml"
    if not path.exists():
        return {}
    document = Document("cy.yaml", _text(path, "cy.yaml"))
    why, remedy = "Welsh stands as a map from the English text to the Welsh.", "Write: English words: Welsh words."
    if not isinstance(document.data, Mapping):
        raise Refused([Fault(FaultCode.WRONG_SHAPE, "cy.yaml", why, remedy, 1)])
    wrong = [key for key, words in document.data.items() if not isinstance(words, str)]
    if wrong:
        lines = [document.line([key]) for key in wrong]
        raise Refused([Fault(FaultCode.WRONG_SHAPE, "cy.yaml", why, remedy, line) for line in lines])
    return dict(document.data)
