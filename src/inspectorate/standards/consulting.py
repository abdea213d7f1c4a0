"""The page on which a draft edition is read, commented on and answered; and its comments as a file."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.methodology.faults import Refused
from inspectorate.record.ids import new_public_id
from inspectorate.register.downloads import as_csv
from inspectorate.standards import actions
from inspectorate.standards.models import LONGEST_COMMENT, LONGEST_NAME, Consultation
from inspectorate.standards.queries import consultation as said
from inspectorate.standards.queries import shelf
from inspectorate.standards.queries.front import head
from inspectorate.standards.queries.shelf import Held

COMMENT_HEADS = (
    "clause", "title", "received_at", "name", "organisation", "comment", "answer", "answered_by", "answered_at",
    "edition", "edition_digest", "erased_at", "invented",
)  # fmt: skip
TOO_LONG = "Write at most {limit_value} characters; it has {show_value}."


class Comment(forms.Form):
    """What a visitor says of a clause."""

    sent_id = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    clause = forms.ChoiceField(label="What is it about?", required=False)
    text = forms.CharField(
        label="Your comment",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea,
        help_text=f"Everybody will be able to read it. At most {LONGEST_COMMENT:,} characters; name no person.",
        error_messages={"required": "Write what you want to say."},
    )
    name = forms.CharField(
        label="Your name (optional)", required=False, max_length=LONGEST_NAME, help_text="Shown with the comment."
    )
    organisation = forms.CharField(label="Your organisation (optional)", required=False, max_length=LONGEST_NAME)

    def __init__(self, data: Any = None, *, clauses: list[tuple[str, str]], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["clause"].choices = [("", said.WHOLE), *((code, f"{code} {title}") for code, title in clauses)]

    def as_said(self) -> actions.Said:
        """Return the comment; call it once the form is valid."""
        return actions.Said(**self.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def consultation_page(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Show what is asked, the comments with their answers, and the form while it is open; take a comment."""
    held, now = _held_or_404(f"{programme}/{year}", root), timezone.now()
    found = said.consultation_of(held.code, at=now)
    if request.method == "POST" and found is None:
        raise Http404
    start = {"sent_id": new_public_id(), "clause": request.GET.get("clause", "")}
    form = Comment(request.POST if request.method == "POST" else None, clauses=_clauses(held), initial=start)
    if found and form.is_valid():
        try:
            actions.receive_comment(consultation=found, said=form.as_said(), by=("visitor", "anonymous"), at=now)
        except actions.NotDoneError as refused:
            form.add_error(None if refused.code == "closed" else "text", str(refused))
        else:
            return redirect(f"{request.path}?sent=yes")
    given = {**head(held), **_shown(held, found, now), "form": form, "sent": "sent" in request.GET}
    return render(request, "standards/consultation.html", given, status=422 if form.errors else 200)


@require_safe
def comments_csv(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:  # noqa: ARG001
    """Give every comment that is shown, with its answer, as a file."""
    held = _held_or_404(f"{programme}/{year}", root)
    found = said.consultation_of(held.code, at=timezone.now())
    if found is None:
        raise Http404
    titles = dict(_clauses(held))
    rows = [
        (
            one.clause,
            titles.get(one.clause, said.WHOLE),
            one.received_at.isoformat(),
            one.name,
            one.organisation,
            one.text,
            one.reply or "",
            one.signed or "",
            one.replied_at.isoformat() if one.replied_at else "",
            found.edition,
            found.edition_digest,
            one.erased_at.isoformat() if one.erased_at else "",
            "yes" if found.invented else "no",
        )
        for one in said.shown_comments(found)
    ]
    return as_csv(f"{programme}-{year}-comments", COMMENT_HEADS, rows)


def _shown(held: Held, found: Consultation | None, now: datetime) -> dict[str, Any]:
    comments = said.shown_comments(found) if found else []
    return {
        "consultation": found,
        "open": bool(found and found.is_open(now)),
        "changed": bool(found and found.edition_digest != held.edition.digest),
        "clauses": [node for root in held.edition.criteria for node in root.walk()],
        "groups": said.by_clause(_clauses(held), comments),
        "comments": comments,
        "reviews": said.reviews_of(held.code),
        "csv": held.href("comments_csv"),
        "downloads": [{"format": "CSV", "href": held.href("comments_csv"), "about": "the comments with their answers"}],
    }


def _clauses(held: Held) -> list[tuple[str, str]]:
    return [(node.code, str(node.title)) for root in held.edition.criteria for node in root.walk()]


def _held_or_404(code: str, root: Path | None) -> Held:
    try:
        return shelf.held(code, root)
    except (shelf.UnknownError, Refused) as unknown:
        raise Http404 from unknown
