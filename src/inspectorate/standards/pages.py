"""What the templates need beyond what was found: filters, tables, facts at a glance, counts, files to download."""

from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from inspectorate.methodology.forms import Kind
from inspectorate.standards import forms, tables
from inspectorate.standards.compared import FINDINGS
from inspectorate.standards.queries.questions import card_of
from inspectorate.standards.queries.sentences import counted, joined, said
from inspectorate.standards.queries.shelf import Held
from inspectorate.ui.words import written_date

Found = dict[str, Any]


def editions(found: Found) -> Found:
    """Return what the list of editions needs."""
    asked, shown = found["asked"], len(found["editions"])
    every = counted(found["all"], "edition")
    return found | {
        "filters": forms.editions_filter(asked, found["states"]),
        "kept": [{"name": "sort", "value": asked.sort}] if asked.sort != "edition" else [],
        "count": every if shown == found["all"] else f"{shown} of {every}",
        "reset": reverse("standards:editions"),
        "empty": f"There is {every} in all." if found["all"] == 1 else f"There are {every} in all.",
        "table": tables.editions_table(found),
        "downloads": [_file("CSV", reverse("standards:editions_csv") + forms.address(asked), "the list of editions")],
    }


def edition(found: Found) -> Found:
    """Return what the front page of an edition needs."""
    held = found["held"]
    checked = "" if found["checker"] else "not yet checked by a second person"
    below = counted(len(found["scoring"]["below"]), "further score")
    return found | {
        "crumbs": [
            {"text": "Editions", "href": reverse("standards:editions")},
            {"text": f"{found['title']}, {found['year']}"},
        ],
        "notice": _notice(found["state"], checked, len(found["to_verify"])),
        "glance": _glance(found, checked),
        "below_words": f"{below} shown below the headline",
        "tables": tables.edition_tables(found),
        "downloads": [
            _file("CSV", held.href("questions_csv"), "the questions", "questions"),
            _file("XLSX", held.href("questions_xlsx"), "the questions", "questions"),
            _file("JSON", held.href("edition_json"), "the whole edition", "the whole edition"),
            *(_file("XForm", held.xform_href(kind), _for_odk(kind), _for_odk(kind)) for kind in held.kinds),
        ],
    }


def questions(found: Found) -> Found:
    """Return what the form needs."""
    held, asked = found["held"], found["asked"]
    every = counted(found["number"], "question")
    address = forms.address(asked) if asked.any else ""
    html = _cards(held, get_language())
    return found | {
        "shown_kinds": [
            kind | {"sections": [_section(one, html) for one in kind["sections"]]} for kind in found["shown_kinds"]
        ],
        "filters": forms.questions_filter(asked, found["choices"]),
        "count": f"{found['shown']} of {every}" if asked.any else every,
        "empty": f"There are {every} in this edition.",
        "downloads": [
            _file("CSV", held.href("questions_csv") + address, "the questions"),
            _file("XLSX", held.href("questions_xlsx") + address, "the questions"),
        ],
    }


# A form has up to two hundred cards, which look the same in every choice of them: they are made once.
@lru_cache(maxsize=32)
def _cards(held: Held, _language: str | None) -> dict[str, str]:
    """Return the HTML of every card, in the reader's language."""
    template, several = get_template("standards/card.html"), len(held.kinds) > 1
    return {
        question.code: template.render({"card": card_of(held, question), "several": several})
        for question in held.questions
        if not question.prompts
    }


def _section(section: Found, html: dict[str, str]) -> Found:
    return section | {"cards": [html[code] for code in section["codes"]]}


def question(found: Found) -> Found:
    """Return what the page of one question needs."""
    one = found["question"]
    options = found["options"]
    columns = [{"title": "Answer"}, {"title": "How it counts"}, {"title": "In Welsh"}]
    scored = any(option["counts"] for option in options) and one.role == "judgement"
    wanted = [True, scored, found["welsh"]]
    rows = [
        [
            option["text"].en,
            option["counts"],
            format_html('<span lang="cy">{}</span>', option["text"].cy) if option["text"].cy else "",
        ]
        for option in options
    ]
    return found | {
        "glance": _question_glance(found),
        "guidance": found["card"]["guidance"],
        "answers": {
            "columns": [column for column, keep in zip(columns, wanted, strict=True) if keep],
            "rows": [[cell for cell, keep in zip(row, wanted, strict=True) if keep] for row in rows],
        },
    }


def examples(found: Found) -> Found:
    """Return what the worked examples need."""
    number, passed = len(found["examples"]), found["passed"]
    words = f"All {number} come out as written" if passed == number else f"{passed} of {number} come out as written"
    shown = [tables.example_tables(one) | {"note": _example_note(one)} for one in found["examples"]]
    return found | {"examples": shown, "passed_words": words}


def _example_note(example: Found) -> str:
    """Say from how long a list the cases are, and which optional parts the inspection has."""
    parts = [f"from a list of {joined(example['list'])}"] if example["list"] else []
    parts += [f"with {joined(example['modules'])}"] if example["modules"] else []
    return ", ".join(parts)


def _notice(state: str, checked: str, to_verify: int) -> str:
    """Say what a reader should know before relying on an edition; what is adopted may still have to be verified."""
    words = joined([word for word in (state if state != "adopted" else "", checked) if word])
    if not words and to_verify:
        words = f"{state}, with {counted(to_verify, 'point')} still to verify"
    return words[:1].upper() + words[1:]


def _glance(found: Found, checked: str) -> list[dict[str, Any]]:
    about = found["facts"]
    rows = [
        ("State", found["state"].capitalize(), found["state_means"] if found["state"] == "adopted" else ""),
        ("In force", tables.in_force(about["in_force_from"], about["in_force_to"] or ""), ""),
        ("Legal basis", found["legal_basis"], ""),
        ("Written by", about["author"], ""),
        ("Checked by", about["checker"] or checked.capitalize(), ""),
        ("Next review", written_date(about["next_review"]), ""),
        ("Parts", "; ".join(found["modules"]), ""),
        ("Focus", "; ".join(found["focuses"]), ""),
        ("Kinds of case", ", ".join(title for title, _ in found["kinds"]), ""),
        ("Questions", _numbers(found), ""),
    ]
    listed = [{"key": key, "value": value, "note": note} for key, value, note in rows if value]
    return listed[:2] + _neighbours(found) + listed[2:]


def _neighbours(found: Found) -> list[dict[str, Any]]:
    rows = [("Replaces", found["replaces"]), *(("Replaced by", one) for one in found["replaced_by"])]
    return [
        {
            "key": key,
            "value": one["title"],
            "link": one["href"] or None,
            "note": "" if one["href"] else "not among these editions",
        }
        for key, one in rows
        if one
    ]


def _numbers(found: Found) -> str:
    kinds = found["kinds"]
    if len(kinds) == 1:
        return str(found["number"])
    return f"{found['number']} ({joined(f'{title} {number}' for title, number in kinds)})"


def _question_glance(found: Found) -> list[dict[str, Any]]:
    one, held = found["question"], found["held"]
    roles = {
        "fact": "A fact of the case. It decides what is asked later and is not scored.",
        "prompt": "A prompt. It informs the judgement at a summary question and counts in no score.",
        "judgement": "",
    }
    href = held.href("questions")
    score_links = [
        format_html('<a class="govuk-link" href="{}?score={}">{}</a>', href, step.code, said(step.title))
        for step in found["scores"]
    ]
    rows: list[tuple[str, Any]] = [
        ("What it is", f"{roles[one.role]}{'' if one.required else ' It may be left open.'}".strip()),
        ("Asked", _asked(found)),
        ("Informs", _link(held.question_href(one.prompts), one.prompts) if one.prompts else ""),
        ("Criterion", _path(found)),
        ("Counts in", format_html_join(", ", "{}", ((link,) for link in score_links))),
        ("Added", written_date(one.added)),
        ("Since the edition before", _since(found)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _for_odk(kind: Kind) -> str:
    return f"{said(kind.title)}, for ODK"


def _since(found: Found) -> Any:
    """Say how the question stands to the edition that this one replaces, with a link to both side by side."""
    since = found["since"]
    if since is None:
        return ""
    words = joined(FINDINGS[finding][0].lower() for finding in since.findings)
    if since.findings == ("unchanged",):
        return "Unchanged" if since.old == since.new else f"Unchanged; there it is {since.old}"
    return _link(f"{found['parts']['compare']}#q-{since.new}", words.capitalize())


def _asked(found: Found) -> Any:
    """Say when the question is asked, and by which answers that is decided."""
    rules = found["rules"]
    if not rules:
        return "In every case"
    parts = [
        format_html(
            '{} <span class="ins-note">({})</span>',
            rule["title"],
            format_html_join(
                "; ", "{}: {}", ((_link(fact["href"], fact["code"]), fact["answers"]) for fact in rule["facts"])
            ),
        )
        for rule in rules
    ]
    listed = format_html_join("; ", "{}", ((part,) for part in parts))
    return format_html("Only where all of this holds: {}", listed) if len(parts) > 1 else listed


def _path(found: Found) -> Any:
    href = found["parts"]["criteria"]
    links = (_link(f"{href}#c-{node.code}", f"{node.code} {said(node.title)}") for node in found["path"])
    return format_html_join(mark_safe("<br>"), "{}", ((link,) for link in links))


def _link(href: str, words: str) -> Any:
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, words)


def _file(kind: str, href: str, about: str, size: str = "") -> dict[str, str]:
    return {"format": kind, "href": href, "about": about, "size": size}
