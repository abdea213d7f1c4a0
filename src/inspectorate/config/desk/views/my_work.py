"""The desk of whoever has signed in: what is theirs to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from inspectorate.config.desk.clearances import unsaid
from inspectorate.config.desk.gathered import to_do
from inspectorate.people.access import Person, may
from inspectorate.people.access_table import mine
from inspectorate.people.asking import rule_page
from inspectorate.people.models import Role

NOTHING = {
    Role.CHIEF_INSPECTOR: _(
        "What waits for a second person comes here: moves of ratings, reports to sign off, releases."
    ),
    Role.LEAD_INSPECTOR: _("What you lead comes here, step by step, with the day by which it is due."),
    Role.INSPECTOR: _("Cases come here once a lead inspector takes you into a team and gives you some."),
    Role.LOCAL_ASSESSOR: _("Cases come here once a lead inspector takes you into a team and gives you some."),
    Role.BODY_CONTACT: _("When your body is told of an inspection, what to give and by when comes here."),
    Role.OVERSEER: _("Once the result of a body that you oversee is out, you find its inspection in the list."),
    Role.PUBLICATIONS: _("Signed reports stand in the list of inspections, each with the page of its publication."),
    Role.AUDITOR: _("You read the record and the log of readings; nothing waits for you."),
    Role.ADMINISTRATOR: _("You look after accounts, the system and its security log; nothing waits for you."),
    Role.NONE: _("You have an account and no role yet: ask the chief inspector to give you one."),
}


@require_safe
@rule_page("desk.read")
def my_work_page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what is theirs to do, late things first, and what they may do here."""
    tasks = to_do(person, timezone.now())
    groups = [
        {"id": "late", "title": _("Late"), "tasks": tasks.late},
        {"id": "this-week", "title": _("This week"), "tasks": tasks.this_week},
        {"id": "later", "title": _("Later"), "tasks": tasks.later},
    ]
    told = {
        "person": person,
        "role": Role(person.role).label,
        "count": len(tasks),
        "groups": [group for group in groups if group["tasks"]],
        "nothing": NOTHING[Role(person.role)],
        "mine": mine(person),
        "sees_log": may(person, "readings.log"),
        "sees_security": may(person, "security.log"),
        "sees_system": may(person, "system.read"),
        "sees_privacy": may(person, "privacy.read"),
        "sees_people": may(person, "people.read"),
        "unsaid": unsaid() if may(person, "clearances.require") else 0,
        "sees_clearances": may(person, "clearances.read"),
    }
    return render(request, "desk/my_work.html", told)
