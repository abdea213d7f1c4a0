"""Inspections: what is visited, by which edition each module is judged, whose work is looked at, and by whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse

from inspectorate.methodology.lifecycle import INSPECTION
from inspectorate.record.ids import new_public_id
from inspectorate.register.models import Body, Nation

DIGEST_LENGTH = 64  # hexadecimal digits of a SHA-256


class Inspection(models.Model):
    """One inspection: it visits one body, or one area whose bodies it names as providers.

    ``parent`` joins the units of a region to it, and the parts of a joint inspection. ``state`` moves by the verbs of
    ``methodology.lifecycle`` alone; ``state_before`` is where it goes on after it was set aside. ``fieldwork_on`` is
    the Monday of the first fieldwork week.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    title = models.CharField(max_length=200)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="inspections")
    area = models.CharField(max_length=200, blank=True, help_text="an area by name, where no single body is visited")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    focus = models.CharField(max_length=200, blank=True, help_text="what this inspection looks at more closely")
    nation = models.CharField(max_length=20, choices=Nation.choices, default=Nation.ENGLAND)
    fieldwork_on = models.DateField(null=True, blank=True, help_text="the Monday of the first fieldwork week")
    fieldwork_weeks = models.PositiveSmallIntegerField(default=1, help_text="weeks of fieldwork, by size: 1 to 3")
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    public_from = models.DateTimeField(null=True, blank=True, editable=False, help_text="when its result is out")
    dates = models.JSONField(default=list, blank=True, editable=False)
    """Every date as it was worked out when the week was set, with its account; read by ``inspections.dates``."""
    sent_id = models.CharField(max_length=32, null=True, blank=True, editable=False)  # noqa: DJ001 - absent, not empty
    """Made with the form that arranged it: the same form sent twice arranges one inspection."""
    reinspects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reinspections"
    )
    invented = models.BooleanField(default=False, help_text="true for an inspection made up for a demonstration")
    state = models.CharField(max_length=40, default="arranged")
    state_before = models.CharField(max_length=40, blank=True, help_text="where it goes on after it was set aside")
    reached = models.CharField(max_length=40, blank=True, editable=False, help_text="the furthest state it was ever in")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="inspections_inspection_has_a_title"),
            models.CheckConstraint(
                condition=Q(body__isnull=False, area="") | (Q(body__isnull=True) & ~Q(area="")),
                name="inspections_visits_a_body_or_an_area",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="inspections_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.code for state in INSPECTION.states]),
                name="inspections_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=INSPECTION.aside) & ~Q(state_before="")
                | (~Q(state__in=INSPECTION.aside) & Q(state_before="")),
                name="inspections_set_aside_knows_its_way_back",
            ),
            models.CheckConstraint(
                condition=Q(
                    reached__in=["", *(one.code for one in INSPECTION.states if one.code not in INSPECTION.aside)]
                ),
                name="inspections_reached_is_known",
            ),
            models.CheckConstraint(
                condition=Q(fieldwork_on__isnull=True) | Q(fieldwork_on__iso_week_day=1),
                name="inspections_fieldwork_begins_on_a_monday",
            ),
            models.CheckConstraint(
                condition=Q(fieldwork_weeks__gte=1, fieldwork_weeks__lte=3),
                name="inspections_fieldwork_of_one_to_three_weeks",
            ),
            models.UniqueConstraint(fields=["sent_id"], name="inspections_one_inspection_from_a_form"),
            models.UniqueConstraint(
                fields=["reinspects"], condition=~Q(state="cancelled"), name="inspections_reinspected_once"
            ),
            models.CheckConstraint(
                condition=Q(reinspects__isnull=True) | ~Q(reinspects=F("id")),
                name="inspections_does_not_reinspect_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its overview."""
        return reverse("inspections:overview", args=[self.public_id])

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this inspection; it is also the stream of all that happens in it."""
        return ("inspection", self.public_id)


class Module(models.Model):
    """A module of an inspection and the edition it is judged by, pinned by code and digest for the whole inspection."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="modules")
    code = models.CharField(max_length=40, default="main")
    edition = models.CharField(max_length=80, help_text="the code of the edition, such as iaow/2013")
    edition_digest = models.CharField(max_length=DIGEST_LENGTH)
    partner = models.CharField(max_length=200, blank=True, help_text="the inspectorate that leads it, where not ours")
    reason = models.CharField(max_length=500, blank=True, help_text="why this inspection has it, where it is optional")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "code"], name="inspections_one_edition_for_a_module"),
            models.CheckConstraint(condition=~Q(code=""), name="inspections_module_has_a_code"),
            models.CheckConstraint(condition=~Q(edition=""), name="inspections_module_has_an_edition"),
            models.CheckConstraint(
                condition=Exact(Length("edition_digest"), DIGEST_LENGTH), name="inspections_module_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.edition}"


class InspectedProvider(models.Model):
    """A body whose work is looked at in an inspection; there may be several."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="inspected_providers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inspected_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "body"], name="inspections_provider_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body} in {self.inspection}"


class TeamRole(models.TextChoices):
    """What somebody does in an inspection."""

    LEAD = "lead", "Lead inspector"
    INSPECTOR = "inspector", "Inspector"
    LOCAL_ASSESSOR = "local_assessor", "Local assessor"


class TeamMember(models.Model):
    """Somebody in the team of an inspection, from a day on; who leaves stays here with the moment and the reason."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="teams")
    role = models.CharField(max_length=20, choices=TeamRole.choices)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["lead", "inspector", "local_assessor"]), name="inspections_team_role_is_known"
            ),
            models.UniqueConstraint(
                fields=["inspection", "user"],
                condition=Q(left_at__isnull=True),
                name="inspections_in_the_team_once",
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(left_at__isnull=True, role="lead"),
                name="inspections_one_lead_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_because="") | (Q(left_at__isnull=False) & ~Q(left_because="")),
                name="inspections_who_left_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class MovedDate(models.Model):
    """A date that a person moved away from the day that was worked out; who moves it again ends this one."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="moved_dates")
    code = models.CharField(max_length=60, help_text="the code of the event in the edition's timetable")
    on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="inspections_moved_date_has_a_reason"),
            models.CheckConstraint(condition=~Q(code=""), name="inspections_moved_date_has_a_code"),
            models.UniqueConstraint(
                fields=["inspection", "code"],
                condition=Q(ended_at__isnull=True),
                name="inspections_date_stands_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.inspection}: {self.on.isoformat()}"
