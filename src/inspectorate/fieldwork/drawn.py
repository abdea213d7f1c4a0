"""The cards of the case form as HTML.

They are written here and not in a template, because a form has a hundred cards with a thousand options and reasons, and
must open in a blink. What is the same in every case is escaped and put together once for each edition and language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from inspectorate.fieldwork.shown import ANSWER, NOTE, REASONS, Card, plain_cards

CHECKED = (">", " checked>")


@dataclass(frozen=True)
class Fixed:
    """The parts of one card that are the same in every case, as safe HTML."""

    code: str
    legend: str
    when: str
    options: tuple[tuple[str, str, str], ...]
    """code of the option, what stands before and after its mark of being chosen"""
    none: str
    reasons: tuple[tuple[str, str, str], ...]
    note: str
    folded: str
    """The words behind which the evidence is folded while there is none; empty where it stands open, at a judgement."""
    guidance: str


@lru_cache(maxsize=32)
def fixed_cards(edition: str, digest: str, kind: str, language: str) -> dict[str, Fixed]:
    """Return the fixed parts of every card of a kind, by the code of its question."""
    found = {}
    for plain in plain_cards(edition, digest, kind, language):
        code = escape(plain.question.code)
        hidden = f'<span class="govuk-visually-hidden"> for {code}</span>'
        guidance = (
            f'<details class="ins-card__guidance"><summary>Guidance<span class="govuk-visually-hidden"> for '
            f'{code}</span></summary><div class="ins-guidance">{plain.guidance}</div></details>'
        )
        found[plain.question.code] = Fixed(
            code=code,
            legend=f'<legend class="ins-card__text"><span class="ins-code">{code}</span> {escape(plain.text)}</legend>',
            when=escape(plain.when),
            options=tuple(
                (
                    option,
                    f'<label class="ins-answer"><input type="radio" name="answer:{code}" value="{escape(option)}"',
                    f"<span><kbd>{key}</kbd>{escape(text)}</span></label>",
                )
                for key, option, text in plain.options
            ),
            none=f'<label class="ins-answer ins-answer--none"><input type="radio" name="answer:{code}" value="">'
            "<span>No answer</span></label>",
            reasons=tuple(
                (
                    reason,
                    f'<li><label><input type="checkbox" name="reasons:{code}" value="{escape(reason)}"',
                    f" {escape(text)}</label></li>",
                )
                for reason, text in plain.reasons
            ),
            note=f'<label class="ins-card__label" for="note-{code}">Evidence<span class="govuk-visually-hidden"> for '
            f'{code}</span></label><textarea class="govuk-textarea ins-card__note" id="note-{code}" '
            f'name="note:{code}" rows="2" maxlength="100000"',
            folded="" if plain.question.role == "judgement" else f"Add evidence{hidden}",
            guidance=guidance if plain.guidance else "",
        )
    return found


def draw(cards: Iterable[Card], fixed: dict[str, Fixed], *, writable: bool) -> SafeString:
    """Return the cards of a section as HTML."""
    drawn = [_card(card, fixed[card.code], writable=writable) for card in cards]
    return mark_safe("".join(drawn))  # noqa: S308 - every part was escaped where it was made


def _card(card: Card, fixed: Fixed, *, writable: bool) -> str:
    marks = (" ins-card--returned" if card.decision else "") + (" ins-card--doubt" if card.doubts else "")
    data = ("" if card.asked else " data-out") + (" data-done" if card.answered else "")
    off = "" if card.asked and writable else " disabled"
    return (
        f'<div class="ins-card{marks}" id="q-{fixed.code}" data-q="{fixed.code}"{data}>'
        f'<fieldset class="ins-card__question"{off}>{fixed.legend}{_said_first(card, fixed)}'
        f"{_answers(card, fixed, writable=writable)}{_reasons(card, fixed, writable=writable)}"
        f"{_note(card, fixed, writable=writable)}</fieldset>{fixed.guidance}</div>"
    )


def _said_first(card: Card, fixed: Fixed) -> str:
    kept = "Not asked any more; your answer is kept until you hand in. " if not card.asked and card.value else ""
    out = f'<p class="ins-card__out">{kept}{fixed.when}</p>' if fixed.when else ""
    if card.decision:
        out += format_html('<p class="ins-card__returned"><strong>Returned:</strong> {}</p>', card.decision.reason)
    return out


def _was(card: Card, part: str, *, writable: bool) -> str:
    if not writable:
        return ""
    return f'<input type="hidden" name="was:{part}:{escape(card.code)}" value="{escape(card.was[part])}">'


def _answers(card: Card, fixed: Fixed, *, writable: bool) -> str:
    if ANSWER in card.doubts:
        return _doubt(card, ANSWER, writable=writable)
    options = "".join(f"{before}{CHECKED[option == card.value]}{after}" for option, before, after in fixed.options)
    return f'{_was(card, ANSWER, writable=writable)}<div class="ins-answers">{options}{fixed.none}</div>'


def _reasons(card: Card, fixed: Fixed, *, writable: bool) -> str:
    if REASONS in card.doubts:
        return _doubt(card, REASONS, writable=writable)
    if not fixed.reasons:
        return ""
    items = "".join(f"{before}{CHECKED[reason in card.ticked]}{after}" for reason, before, after in fixed.reasons)
    idle = "" if card.short else " data-idle"
    return (
        f'<div class="ins-reasons"{idle}>{_was(card, REASONS, writable=writable)}<p class="ins-reasons__title" '
        f'id="why-{fixed.code}">Why, if it is not sufficient</p><ul aria-labelledby="why-{fixed.code}">{items}</ul>'
        "</div>"
    )


def _note(card: Card, fixed: Fixed, *, writable: bool) -> str:
    if NOTE in card.doubts:
        return _doubt(card, NOTE, writable=writable)
    read_only = "" if writable else " readonly"
    # A browser drops one line break after the opening tag; the text keeps its own.
    box = f"{_was(card, NOTE, writable=writable)}{fixed.note}{read_only}>\n{escape(card.note)}</textarea>"
    if not fixed.folded:
        return box
    open_ = " open" if card.note else ""
    return f'<details class="ins-card__evidence"{open_}><summary>{fixed.folded}</summary>{box}</details>'


def _doubt(card: Card, part: str, *, writable: bool) -> str:
    given = {"sides": card.doubts[part], "part": part, "code": card.code, "writable": writable}
    return str(render_to_string("fieldwork/doubt.html", given))
