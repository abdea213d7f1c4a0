"""Guidance beside its question in the survey; that of criteria and steps, and Welsh laid over English, in sheets."""

import re
from typing import Any

from inspectorate.methodology.guidance import introduction, split_guidance
from inspectorate.methodology.spreadsheet.tables import Book, Rows, as_sheet, from_sheet

GUIDANCE = "file code guidance:text"
WELSH = "english welsh"
SHEETS = ("guidance", "welsh")
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
Guides = dict[tuple[str, str], Any]


def beside(contents: dict[str, Any]) -> Guides:
    """Return all guidance as texts, by file (without its ending) and code; an introduction by its file, code empty."""
    found: Guides = {}
    for language, folder in (("en", "guidance"), ("cy", "guidance/cy")):
        for file, text in contents.get(folder, {}).items():
            name = file.removesuffix(".md")
            parts = [("", introduction(text)), *((code, words) for code, _, words in split_guidance(file, text))]
            for code, words in parts:
                if words:
                    found.setdefault((name, code), {"en": "", "cy": None})[language] = words
    return found


def in_survey(contents: dict[str, Any]) -> Guides:
    """Return what stands in the survey: under (section, question), and under ("", section) for introductions."""
    found = beside(contents)
    shown: Guides = {}
    for kind in contents["form"]["kinds"]:
        for section in kind["sections"]:
            name = section["code"]
            codes = [(name, question["code"]) for question in section["questions"]]
            shown |= {key: found[key] for key in codes if key in found}
            if (name, "") in found:
                shown["", name] = found[name, ""]
    return shown


def written(contents: dict[str, Any]) -> dict[str, Rows]:
    """Return the guidance that stands beside no question, and the Welsh supplement."""
    survey = contents["survey_guidance"]
    rest = [
        {"file": name, "code": code, "guidance": text}
        for (name, code), text in beside(contents).items()
        if (name, code) not in survey and not (code == "" and ("", name) in survey)
    ]
    welsh = [{"english": english, "welsh": words} for english, words in contents.get("cy", {}).items()]
    return {"guidance": as_sheet(GUIDANCE, rest), "welsh": as_sheet(WELSH, welsh)}


def read(book: Book, form: dict[str, Any]) -> dict[str, Any]:
    """Return the guidance files in both languages, and the Welsh supplement."""
    rows = from_sheet(GUIDANCE, book, "guidance")
    found: Guides = {}
    for row, item in rows:
        name = item.get("file", "")
        if not FILE.fullmatch(name):
            book.fault("guidance", row, "file", f"'{name}' is no name of a file.", "Write the code of a section.")
        found[name, item.get("code", "")] = item.get("guidance") or {"en": "", "cy": None}
    welsh = {item.get("english", ""): item.get("welsh", "") for _, item in from_sheet(WELSH, book, "welsh")}
    return {"rest": found, **({"cy": welsh} if welsh else {}), "titles": _titles(form)}


def _titles(form: dict[str, Any]) -> dict[str, str]:
    return {part["code"]: part["title"]["en"] for kind in form["kinds"] for part in kind["sections"]}


def as_files(guides: Guides, titles: dict[str, str], language: str) -> dict[str, str]:
    """Return guidance files in one language: a title, the introduction, and a heading for each code."""
    files: dict[str, list[str]] = {}
    for (name, code), text in sorted(guides.items(), key=lambda one: one[0][1] != ""):
        if words := text[language]:
            lines = files.setdefault(f"{name}.md", [f"# {titles.get(name, name)}"])
            lines += [words] if code == "" else [f"## {code}\n{words}"]
    return {name: "\n\n".join(lines) + "\n" for name, lines in files.items()}
