"""Drafts, comments and signed reports as they stand now."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from inspectorate.inspections.models import Inspection
from inspectorate.reports.models import Answer, Comment, Draft, Reopening, SignedReport


def latest_draft(inspection: Inspection) -> Draft | None:
    """Return the draft that was sent last; None where none was."""
    return Draft.objects.filter(inspection=inspection).order_by("-number").select_related("settlement").first()


def comments_of(inspection: Inspection) -> Sequence[Comment]:
    """Return the comments on all drafts, in the order in which they came, each with ``answers`` newest first."""
    found = Comment.objects.filter(draft__inspection=inspection).select_related("draft").defer("draft__content")
    return found.prefetch_related(Prefetch("answers", Answer.objects.order_by("-number"))).order_by("pk")


def counted(inspection: Inspection) -> tuple[int, int]:
    """Return how many comments there are on all drafts, and how many of them have no answer."""
    answered = Exists(Answer.objects.filter(comment=OuterRef("pk")))
    found = Comment.objects.filter(draft__inspection=inspection).annotate(answered=answered)
    counts = found.aggregate(all=Count("pk"), open=Count("pk", filter=Q(answered=False)))
    return counts["all"], counts["open"]


def unanswered(inspection: Inspection) -> "QuerySet[Comment]":
    """Return the comments that have no answer."""
    answers = Answer.objects.filter(comment=OuterRef("pk"))
    return Comment.objects.filter(~Exists(answers), draft__inspection=inspection)


def unchanged_though_accepted(draft: Draft) -> "QuerySet[Comment]":
    """Return the comments on this draft that were accepted: what they change stands in a later draft or nowhere."""
    latest = Answer.objects.filter(comment=OuterRef("pk")).order_by("-number").values("verdict")[:1]
    return Comment.objects.filter(draft=draft).annotate(verdict=Subquery(latest)).filter(verdict="accepted")


def signed_report(inspection: Inspection) -> SignedReport | None:
    """Return the signed report in force: the one that was signed last; None where none was."""
    return SignedReport.objects.filter(inspection=inspection).order_by("-number").first()


def open_reopening(report: SignedReport) -> Reopening | None:
    """Return the request to reopen a report that waits for a second person; None where none does."""
    return report.reopenings.filter(decision="").first()
