"""The status page: what ran, what is late, what failed and why; how the backups stand; what is in force."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from inspectorate.config import in_force
from inspectorate.config.upkeep import actions
from inspectorate.config.upkeep.duties.standing import runner_seen, standings
from inspectorate.config.upkeep.duties.table import duty
from inspectorate.config.upkeep.models import DutyRun, Epoch
from inspectorate.config.upkeep.queries import backups_stand
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import Person, may
from inspectorate.people.asking import rule_page

TONES = {"fine": "", "notice": "care", "wrong": "stop"}
FAILURES_SHOWN = 10


def _page(request: HttpRequest, person: Person, *, refused: str = "", status: int = 200) -> HttpResponse:
    now = datetime.now(UTC)
    duties, (seen, absent) = standings(now), runner_seen(now)
    backups = backups_stand(now)
    failures = list(
        DutyRun.objects.filter(outcome__in=[DutyRun.Outcome.FAILED, DutyRun.Outcome.DIED]).order_by("-id")[
            :FAILURES_SHOWN
        ]
    )
    titles = {one.duty.code: one.duty.title for one in duties}
    scanner = in_force.scanner()
    wrong = (
        (scanner.verdict == "wrong")
        + sum(one.late or one.failed for one in duties)
        + sum(one.verdict == "wrong" for one in backups)
        + absent
    )
    told = {
        "duties": duties,
        "seen": seen,
        "absent": absent,
        "backups": [{"stand": one, "tone": TONES[one.verdict]} for one in backups],
        "failures": [
            [run.ended_at, titles.get(run.duty, run.duty), run.get_outcome_display(), run.said] for run in failures
        ],
        "wrong": wrong,
        "scanner": {"stand": scanner},
        "may_run": may(person, "system.run"),
        "epoch": Epoch.objects.order_by("-number").first(),
        "refused": refused,
        "asked": request.GET.get("done") == "asked",
    }
    return render(request, "upkeep/status.html", told, status=status)


@require_safe
@rule_page("system.read")
def status_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show how the installation stands."""
    return _page(request, person)


@require_POST
@rule_page("system.run")
def run_again(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """Ask that a duty run now."""
    try:
        actions.ask_again(duty=duty(code).code, by=person.name)
    except RefusedError as error:
        return _page(request, person, refused=error.sentence, status=409)
    return redirect("/system/?done=asked")


@require_safe
@rule_page("system.read")
def in_force_page(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 - the same for whoever may
    """Show what ``inspectorate doctor`` prints."""
    facts = in_force.facts()
    rows = [
        [one.name, one.value, {"component": "tag", "text": _(one.verdict), "tone": TONES[one.verdict]}, one.advice]
        for one in facts
    ]
    columns = [{"title": title} for title in (_("What"), _("In force"), _("Verdict"), _("What to do"))]
    return render(request, "upkeep/in_force.html", {"columns": columns, "rows": rows})
