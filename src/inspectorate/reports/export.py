"""Everything that was written for the report of an inspection, as sheets: heads first, then rows."""

from inspectorate.inspections.models import Inspection
from inspectorate.reports.models import Comment, Draft, Recommendation, Reopening, SectionVersion, SignedReport

Sheet = list[list[object]]


def sheets_of(inspection: Inspection) -> dict[str, Sheet]:
    """Return every version, recommendation, draft, comment, answer and signed report, by the name of its sheet."""
    return {
        "report_versions": _versions(inspection),
        "recommendations": _recommendations(inspection),
        "drafts": _drafts(inspection),
        "draft_comments": _comments(inspection),
        "signed_reports": _signed(inspection),
        "reopenings": _reopenings(inspection),
    }


def _versions(inspection: Inspection) -> Sheet:
    head: list[object] = ["section", "language", "number", "after", "settles", "written_at", "written_by", "text"]
    rows = SectionVersion.objects.filter(inspection=inspection).select_related("after", "settles").order_by("pk")
    return [
        head,
        *(
            [
                row.section,
                row.language,
                row.number,
                row.after.number if row.after else None,
                row.settles.number if row.settles else None,
                row.written_at.isoformat(),
                row.written_by_name,
                row.text,
            ]
            for row in rows
        ),
    ]


def _recommendations(inspection: Inspection) -> Sheet:
    head: list[object] = ["number", "text", "addressee", "addressee_body", "by_when", "rests_on", "taken_out"]
    rows = Recommendation.objects.filter(inspection=inspection).select_related("addressee_body").order_by("place", "pk")
    return [
        head,
        *(
            [
                row.place,
                row.text,
                row.addressee,
                row.addressee_body.public_id if row.addressee_body else None,
                row.by_when.isoformat() if row.by_when else None,
                row.rests_on,
                row.place is None,
            ]
            for row in rows
        ),
    ]


def _drafts(inspection: Inspection) -> Sheet:
    head: list[object] = ["number", "digest", "sent_at", "due_on", "corrected_at", "corrected_because"]
    rows = Draft.objects.filter(inspection=inspection).select_related("correction").defer("content").order_by("number")
    found = []
    for row in rows:
        correction = getattr(row, "correction", None)
        why = [correction.corrected_at.isoformat(), correction.reason] if correction else [None, None]
        found.append([row.number, row.digest, row.sent_at.isoformat(), row.due_on.isoformat(), *why])
    return [head, *found]


def _comments(inspection: Inspection) -> Sheet:
    head: list[object] = ["draft", "paragraph", "made_at", "made_by", "late", "wrong", "should_say", "evidence"]
    answers: list[object] = ["answer", "verdict", "reason", "answered_at"]
    rows = Comment.objects.filter(draft__inspection=inspection).select_related("draft").defer("draft__content")
    found = []
    for row in rows.prefetch_related("answers").order_by("pk"):
        said = [
            row.draft.number,
            row.paragraph,
            row.made_at.isoformat(),
            row.made_by_name,
            row.late,
            row.wrong,
            row.should_say,
            row.evidence,
        ]
        given = sorted(row.answers.all(), key=lambda answer: answer.number)
        found += [
            [*said, answer.number, answer.verdict, answer.reason, answer.answered_at.isoformat()] for answer in given
        ] or [[*said, None, None, None, None]]
    return [[*head, *answers], *found]


def _signed(inspection: Inspection) -> Sheet:
    head: list[object] = ["number", "draft", "digest", "supersedes", "signed_at"]
    rows = SignedReport.objects.filter(inspection=inspection).select_related("draft", "supersedes")
    return [
        head,
        *(
            [
                row.number,
                row.draft.number,
                row.digest,
                row.supersedes.number if row.supersedes else None,
                row.signed_at.isoformat(),
            ]
            for row in rows.order_by("number")
        ),
    ]


def _reopenings(inspection: Inspection) -> Sheet:
    head: list[object] = ["report", "reason", "asked_at", "decision", "decision_reason", "decided_at"]
    rows = Reopening.objects.filter(report__inspection=inspection).select_related("report").order_by("pk")
    return [
        head,
        *(
            [
                row.report.number,
                row.reason,
                row.asked_at.isoformat(),
                row.decision,
                row.decision_reason,
                row.decided_at.isoformat() if row.decided_at else None,
            ]
            for row in rows
        ),
    ]
