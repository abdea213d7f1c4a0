"""``form.yaml`` as the sheets survey, choices, reasons and rules."""

from collections.abc import Iterator
from typing import Any

from inspectorate.methodology.spreadsheet.tables import Book, Rows, as_sheet, from_sheet

SOURCE = "source.document source.paragraph source.says:text to_verify"
SURVEY = (
    "type name label:text role module required:yes criterion asked_when:list reasons prompts added "
    f"guidance:text {SOURCE}"
)
CHOICES = "list_name name label:text counts"
REASONS = "list_name name label:text"
RULES = "code title:text when:when"
ONLY_KINDS = "only a kind of case belongs to a module."
SHEETS = ("survey", "choices", "reasons", "rules")
KEPT = ("role", "criterion", "asked_when", "required", "prompts", "added", "to_verify", "source")


def written(contents: dict[str, Any]) -> dict[str, Rows]:
    """Return the four sheets; answers of one question alone are a list that has the name of the question."""
    data = contents["form"]
    questions = [one for kind in data["kinds"] for section in kind["sections"] for one in section["questions"]]
    own = [(one["code"], one["answers"]) for one in questions if not isinstance(one["answers"], str)]
    ticked = [(one["code"], one["reasons"]) for one in questions if isinstance(one.get("reasons"), list)]
    return {
        "survey": as_sheet(SURVEY, _survey(contents)),
        "choices": as_sheet(CHOICES, _lists([*data.get("options", {}).items(), *own])),
        "reasons": as_sheet(REASONS, _lists([*data.get("reasons", {}).items(), *ticked])),
        "rules": as_sheet(RULES, ({"code": code, **rule} for code, rule in data.get("rules", {}).items())),
    }


def _lists(lists: Any) -> Iterator[dict[str, Any]]:
    for name, items in lists:
        for item in items:
            yield {"list_name": name, "name": item["code"], "label": item["text"], "counts": item.get("counts")}


def _survey(contents: dict[str, Any]) -> Iterator[dict[str, Any]]:
    guides = contents["survey_guidance"]
    for kind in contents["form"]["kinds"]:
        named = {"name": kind["code"], "label": kind["title"], "module": kind.get("module")}
        yield {"type": "begin_group", "role": "kind", **named}
        for section in kind["sections"]:
            yield {
                "type": "begin_group",
                "name": section["code"],
                "label": section["title"],
                "role": "section",
                "guidance": guides.get(("", section["code"])),
            }
            for one in section["questions"]:
                answers, reasons = one["answers"], one.get("reasons")
                yield {
                    "type": f"select_one {answers if isinstance(answers, str) else one['code']}",
                    "name": one["code"],
                    "label": one["text"],
                    "reasons": one["code"] if isinstance(reasons, list) else reasons,
                    "guidance": guides.get((section["code"], one["code"])),
                    **{key: one[key] for key in KEPT if key in one},
                }
            yield {"type": "end_group"}
        yield {"type": "end_group"}


def read(book: Book) -> dict[str, Any]:
    """Return ``form`` as its file holds it; the guidance of the survey waits under ``survey_guidance``."""
    options = _read_lists(book, "choices", CHOICES)
    reasons = _read_lists(book, "reasons", REASONS)
    kinds, guides = _Walk(book, options, reasons).kinds()
    own = {question["code"] for kind in kinds for part in kind["sections"] for question in part["questions"]}
    rules = {item.pop("code", ""): item for _, item in from_sheet(RULES, book, "rules")}
    data = {
        "options": {name: items for name, items in options.items() if name not in own},
        "reasons": {name: items for name, items in reasons.items() if name not in own},
        "rules": rules,
        "kinds": kinds,
    }
    return {"form": {key: value for key, value in data.items() if value}, "survey_guidance": guides}


def _read_lists(book: Book, sheet: str, shape: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row, item in from_sheet(shape, book, sheet):
        missing = [name for name in ("list_name", "name", "label") if name not in item]
        for name in missing:
            book.fault(sheet, row, name, "the cell is empty.", "Each answer needs its list, its code and its words.")
        if not missing:
            one = {"code": item["name"], "text": item["label"]}
            found.setdefault(item["list_name"], []).append(
                one | ({"counts": item["counts"]} if "counts" in item else {})
            )
    return found


class _Walk:
    """The survey from top to bottom: kinds hold sections, and sections hold questions."""

    def __init__(self, book: Book, options: dict[str, Any], reasons: dict[str, Any]) -> None:
        self.book, self.options, self.reasons = book, options, reasons
        self.open: list[dict[str, Any]] = []
        self.found: list[dict[str, Any]] = []
        self.guides: dict[tuple[str, str], Any] = {}

    def kinds(self) -> tuple[list[dict[str, Any]], dict[tuple[str, str], Any]]:
        """Return the kinds of case, and the guidance by section and code."""
        row = 1
        for row, item in from_sheet(SURVEY, self.book, "survey"):
            kind = item.get("type", "").split()
            if "module" in item and self.open:
                self.book.fault("survey", row, "module", ONLY_KINDS, "Write it beside the outer begin_group.")
            if kind[:1] == ["begin_group"]:
                self._begin(row, item)
            elif kind[:1] == ["end_group"] and self.open:
                self.open.pop()
            elif len(kind) == 2 and kind[0] == "select_one":
                self._question(row, item, kind[1])
            else:
                self._fault(row, "type", f"'{item.get('type', '')}' cannot stand here.")
        if self.open:
            self._fault(row, "type", "a group is not closed.")
        return self.found, self.guides

    def _fault(self, row: int, column: str, why: str) -> None:
        remedy = (
            "Write begin_group for a kind of case, in it begin_group for a section, then select_one LIST; end_group."
        )
        self.book.fault("survey", row, column, why, remedy)

    def _named(self, row: int, item: dict[str, Any]) -> bool:
        for name in ("name", "label"):
            if name not in item:
                self.book.fault("survey", row, name, "the cell is empty.", "Each line needs its code and its words.")
        return "name" in item and "label" in item

    def _begin(self, row: int, item: dict[str, Any]) -> None:
        if len(self.open) > 1:
            self._fault(row, "type", "a section cannot hold a group.")
        part = {"code": item.get("name"), "title": item.get("label")}
        if self._named(row, item) and self.open:
            self.open[-1].setdefault("sections", []).append(part)
            if "guidance" in item:
                self.guides["", str(item["name"])] = item["guidance"]
        elif not self.open:
            self.found.append(part | ({"module": item["module"]} if "module" in item else {}))
            part = self.found[-1]
        part["questions" if self.open else "sections"] = []
        self.open.append(part)

    def _question(self, row: int, item: dict[str, Any], answers: str) -> None:
        if len(self.open) != 2 or not self._named(row, item):
            if len(self.open) != 2:
                self._fault(row, "type", "a question stands outside a section.")
            return
        code = item["name"]
        if answers not in self.options:
            why = f"there is no list of answers called '{answers}'."
            self.book.fault("survey", row, "type", why, "Write its answers in the sheet choices, or correct the name.")
            return
        question = {"code": code, "text": item["label"]}
        question["answers"] = self.options[code] if answers == code else answers
        if "reasons" in item:
            question["reasons"] = self.reasons.get(code, code) if item["reasons"] == code else item["reasons"]
        question |= {key: item[key] for key in KEPT if key in item}
        self.open[-1]["questions"].append(question)
        if "guidance" in item:
            self.guides[self.open[-1]["code"], code] = item["guidance"]
