"""The pages of the editions and their files: each reads the address, makes one call and answers.

Answers are compressed: a form with all its guidance is long. That is safe here, for these pages hold no token and
nothing of the person who reads them, so there is no secret whose length could be guessed.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from inspectorate.standards import compared, downloads, pages, queries
from inspectorate.standards.queries import ComparisonAsked, EditionsAsked, QuestionsAsked


def _answers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 where there is no such thing, and with the faults in words where an edition cannot be read."""

    @require_safe
    @gzip_page
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        try:
            return view(request, *args, **given)
        except queries.UnknownError as unknown:
            raise Http404(str(unknown)) from unknown
        except queries.Refused as refused:
            return render(request, "standards/unreadable.html", {"faults": refused.faults}, status=503)

    return answer


@_answers
def editions_page(request: HttpRequest, root: Path | None = None) -> HttpResponse:
    """Show the list of editions."""
    found = queries.editions_page(EditionsAsked.read(request.GET), root)
    return render(request, "standards/editions.html", pages.editions(found))


@_answers
def editions_csv(request: HttpRequest, root: Path | None = None) -> HttpResponse:
    """Give the list as a file."""
    return downloads.editions_as_csv(EditionsAsked.read(request.GET), root)


@_answers
def edition_page(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Show the front page of one edition."""
    found = queries.edition_page(f"{programme}/{year}", root)
    return render(request, "standards/edition.html", pages.edition(found))


@_answers
def criteria_page(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Show the tree of criteria."""
    return render(request, "standards/criteria.html", queries.criteria_page(f"{programme}/{year}", root))


@_answers
def questions_page(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Show the form."""
    found = queries.questions_page(f"{programme}/{year}", QuestionsAsked.read(request.GET), root)
    return render(request, "standards/questions.html", pages.questions(found))


@_answers
def question_page(
    request: HttpRequest, programme: str, year: str, question: str, root: Path | None = None
) -> HttpResponse:
    """Show one question."""
    found = queries.question_page(f"{programme}/{year}", question, root)
    return render(request, "standards/question.html", pages.question(found))


@_answers
def questions_csv(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Give the questions as CSV."""
    return downloads.questions_as_csv(f"{programme}/{year}", QuestionsAsked.read(request.GET), root)


@_answers
def questions_xlsx(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Give the questions as a workbook."""
    return downloads.questions_as_xlsx(f"{programme}/{year}", QuestionsAsked.read(request.GET), root)


@_answers
def edition_json(_request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Give the whole edition as JSON."""
    return downloads.whole_edition_as_json(f"{programme}/{year}", root)


@_answers
def xform(_request: HttpRequest, programme: str, year: str, kind: str, root: Path | None = None) -> HttpResponse:
    """Give the form of one kind of case as an XForm."""
    return downloads.kind_as_xform(f"{programme}/{year}", kind, root)


@_answers
def examples_page(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Show the worked examples."""
    found = queries.examples_page(f"{programme}/{year}", root)
    return render(request, "standards/examples.html", pages.examples(found))


@_answers
def comparison_page(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Show this edition and another side by side."""
    found = queries.comparison_page(f"{programme}/{year}", ComparisonAsked.read(request.GET), root)
    return render(request, "standards/compare.html", compared.page(found))


@_answers
def comparison_csv(request: HttpRequest, programme: str, year: str, root: Path | None = None) -> HttpResponse:
    """Give the differences as CSV."""
    return compared.as_file(queries.comparison_page(f"{programme}/{year}", ComparisonAsked.read(request.GET), root))
