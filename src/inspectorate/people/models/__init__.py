"""Accounts, and the ties of a person to a body or a case."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from inspectorate.people.models.clearances import Clearance, Requirement, Withdrawal
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.record.once import Once, OnceQuerySet

__all__ = [
    "FORMER_EMPLOYER_BARS",
    "STAFF",
    "WITHOUT_CASES",
    "Alarm",
    "Clearance",
    "Employment",
    "Reading",
    "Requirement",
    "Role",
    "SecurityEvent",
    "Session",
    "Tie",
    "Ties",
    "User",
    "Withdrawal",
]


class Role(models.TextChoices):
    """What a person is here for; what each may do stands in ``access``."""

    CHIEF_INSPECTOR = "chief_inspector", "Chief inspector"
    LEAD_INSPECTOR = "lead_inspector", "Lead inspector"
    INSPECTOR = "inspector", "Inspector"
    LOCAL_ASSESSOR = "local_assessor", "Local assessor"
    BODY_CONTACT = "body_contact", "Body contact"
    OVERSEER = "overseer", "Overseeing body"
    PUBLICATIONS = "publications", "Publications staff"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    NONE = "none", "No role yet"


STAFF = (Role.CHIEF_INSPECTOR, Role.LEAD_INSPECTOR, Role.INSPECTOR)
WITHOUT_CASES = (Role.PUBLICATIONS, Role.AUDITOR, Role.ADMINISTRATOR, Role.NONE)
"""The roles that see nothing of a case: an administrator gives these, and no other."""


class Employment(models.TextChoices):
    """On what footing somebody works here; it changes nothing that they may do, which follows from the role."""

    STAFF = "staff", "Employed staff"
    SECONDEE = "secondee", "Secondee"
    FEE_PAID = "fee_paid", "Fee-paid associate"
    PLACEMENT = "placement", "Short placement"
    LENT = "lent", "Lent by a service"
    PARTNER = "partner", "From a partner inspectorate"
    OUTSIDE = "outside", "Works for somebody else"


class User(AbstractUser):
    """A person with an account. Named in the record by ``("user", public_id)``."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.NONE)
    employment = models.CharField(max_length=20, choices=Employment.choices, blank=True)
    grade = models.CharField(max_length=60, blank=True, help_text="as the employer calls it")
    until = models.DateField(null=True, blank=True, help_text="the last day of a placement: access ends with it")
    demonstration = models.BooleanField(default=False, help_text="an invented person of a demonstration")
    access_ended_at = models.DateTimeField(null=True, blank=True, help_text="links sent before then work no longer")

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="people_role_is_known"),
            models.CheckConstraint(
                condition=Q(employment="") | Q(employment__in=Employment.values), name="people_employment_is_known"
            ),
            # People sign in by their address: it is one person's alone, however it is typed.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="people_address_in_small_letters"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="people_one_account_for_an_address"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as people say it."""
        return self.get_full_name() or self.username

    @property
    def name(self) -> tuple[str, str]:
        """How the record names this person."""
        return ("user", self.public_id)


class Session(AbstractBaseSession):
    """A browser that somebody is signed in with, or that only looks: what Django keeps, and whose it is.

    Django's own table holds the person inside a sealed text: to end somebody's access it would have to be read whole.
    """

    # Not unique: when a session gets a new key, Django makes the new row before it deletes the old one.
    public_id = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    began_at = models.DateTimeField(null=True)
    place = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta(AbstractBaseSession.Meta):
        constraints = [
            # Whoever is signed in can be named, and their session ended by its name.
            models.CheckConstraint(
                condition=Q(user__isnull=True) | ~Q(public_id=""),
                name="people_session_of_somebody_has_a_name",
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return how it is kept."""
        from inspectorate.people.sessions import SessionStore  # noqa: PLC0415 - it asks for this model

        return SessionStore


FORMER_EMPLOYER_BARS = 3
"""Years after the last day there for which one who worked for a body is barred from it; for ever where no day is given.
Ours, to be looked at in November 2027: the inspectorate prints no number."""


class Ties(models.QuerySet["Tie"]):
    """Ties by the day."""

    def holding(self, since: date | None = None) -> "Ties":
        """Return the ties that hold today: not ended, and no employment that ended before the day ``since``."""
        day = since or former_since(timezone.localdate())
        return self.filter(ended_at__isnull=True).exclude(kind=Tie.Kind.WORKED_FOR, until__lt=day)


def former_since(today: date) -> date:
    """Return the day before which an employment has to have ended that bars no more."""
    on = today.replace(day=28) if (today.month, today.day) == (2, 29) else today  # not in every year
    return on.replace(year=on.year - FORMER_EMPLOYER_BARS)


_DECLARABLE = ("family", "friendship", "case_known", "other")


class Tie(models.Model):
    """What ties a person to a body or a case: works there, worked there, is family, knows the case.

    For a body contact, working for a body opens the pages of that body; so does overseeing it, for an overseeing body,
    once its result is out. For everybody else any tie is an interest, and bars the person from the inspections of that
    body and from that case. A local assessor works for a body and in a team of it: in programmes whose rule says so,
    only the cases of that team are kept from them.
    """

    class Kind(models.TextChoices):
        """What the tie is."""

        WORKS_FOR = "works_for", "Works for it"
        OVERSEES = "oversees", "Oversees it"
        WORKS_IN = "works_in", "Works in this team of it"
        WORKED_FOR = "worked_for", "Worked for it"
        FAMILY = "family", "Family"
        FRIENDSHIP = "friendship", "Friendship"
        CASE_KNOWN = "case_known", "Knows the case"
        OTHER = "other", "Another interest"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject_kind = models.CharField(max_length=KIND_LENGTH)
    subject_id = models.CharField(max_length=ID_LENGTH)
    note = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True, help_text="the last day of a former employment")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Ties.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(kind="worked_for"), name="people_last_day_of_an_employment"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["works_for", "works_in", "oversees", "worked_for", *_DECLARABLE]),
                name="people_tie_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind__in=["body", "case"]) & ~Q(kind="works_in")
                | Q(subject_kind="team", kind="works_in"),
                name="people_tie_to_body_or_case",
            ),
            models.CheckConstraint(condition=~Q(subject_id=""), name="people_tie_has_a_subject"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="people_tie_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "subject_kind", "subject_id"],
                condition=Q(ended_at__isnull=True),
                name="people_one_open_tie_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()} ({self.subject_kind} {self.subject_id})"


class Reading(models.Model):
    """Somebody was shown a case, a list of cases, or a report before it is out: once a minute for each way and thing.

    It names what was read by kind and public id, and keeps no word of it: what is erased later leaves the log whole.
    """

    class Way(models.TextChoices):
        """How it was read."""

        PAGE = "page", "A page of it"
        ACCOUNT = "account", "The account of a score"
        LIST = "list", "A list"
        FILE = "file", "A file handed over"
        EXPORT = "export", "An export"

    class Because(models.TextChoices):
        """What the reader had to do with it in that moment."""

        OWN = "own", "It was allocated to them"
        LEADS = "leads", "They lead, or decide on assessments"
        CHIEF = "chief", "They are the chief inspector"
        BODY = "body", "Their body handed it in"
        TEAM = "team", "They were in the team, and it was not theirs"
        SIGNED = "signed", "It was signed off, and they publish it"

    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readings", db_index=False)
    subject_kind = models.CharField(max_length=KIND_LENGTH)
    subject_id = models.CharField(max_length=ID_LENGTH)
    inspection = models.CharField(max_length=ID_LENGTH, help_text="the public id of the inspection it is of")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.PAGE)
    because = models.CharField(max_length=10, choices=Because.choices, default=Because.TEAM)
    at = models.DateTimeField()
    minute = models.DateTimeField(help_text="the minute in which it was read")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "minute", "subject_kind", "subject_id", "way"], name="people_reading_once_a_minute"
            ),
            models.CheckConstraint(
                condition=Q(subject_kind__in=["case", "case_list", "inspection", "draft", "report"]),
                name="people_reading_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["page", "account", "list", "file", "export"]), name="people_reading_way_is_known"
            ),
            models.CheckConstraint(
                condition=Q(because__in=["own", "leads", "chief", "body", "team", "signed"]),
                name="people_reading_because_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["inspection", "-at"], name="people_reading_inspection"),
            models.Index(fields=["-at"], name="people_reading_at"),
        ]

    def __str__(self) -> str:
        return f"{self.reader} read {self.subject_kind} {self.subject_id} at {self.at:%Y-%m-%d %H:%M}"


class Alarm(models.Model):
    """Somebody read cases in an unusual way on a day; it waits for whoever answers for the inspection."""

    class Kind(models.TextChoices):
        """What was unusual."""

        MANY = "many", "Many cases in a few minutes"
        NOT_OWN = "not_own", "Cases that were not allocated to them"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="alarms")
    inspection = models.CharField(max_length=ID_LENGTH)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True, help_text="what came of looking at it")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "inspection", "kind", "day"], name="people_one_alarm_a_day"),
            models.CheckConstraint(condition=Q(kind__in=["many", "not_own"]), name="people_alarm_kind_is_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="people_alarm_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("reader")),
                name="people_alarm_answered_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["inspection"], condition=Q(answered_at__isnull=True), name="people_alarm_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reader} on {self.day}"


class SecurityEventQuerySet(OnceQuerySet["SecurityEvent"]):
    """Lines of the security log; old ones alone can go."""

    def erase(self) -> int:
        """Delete these lines; ``actions.forget_security_events`` alone calls it, by the table of retention."""
        return models.QuerySet.delete(self)[0]


class SecurityEvent(Once):
    """A line of the security log: what happened at a door of the product, when, to whom, from where.

    It holds public ids, places and addresses of pages; no password, no text that somebody typed, no word of a case.
    """

    class Kind(models.TextChoices):
        """What happened."""

        SIGN_IN = "sign_in", "Signed in"
        SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"
        FACTOR_FAILED = "factor_failed", "Second factor failed"
        SIGN_OUT = "sign_out", "Signed out"
        SESSIONS_ENDED = "sessions_ended", "Sessions ended"
        REFUSED = "refused", "Page refused"
        NOT_FOUND = "not_found", "Page not found"
        THROTTLED = "throttled", "Too many attempts"
        FORGED = "forged", "Forged or stale form"
        FILE_REFUSED = "file_refused", "File refused"
        TOO_LARGE = "too_large", "Request too large"
        ERROR = "error", "Error of the server"
        LEFT_OUT = "left_out", "Lines left out"

    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField()
    who = models.CharField(max_length=ID_LENGTH, blank=True, help_text="the public id of the person, where known")
    place = models.CharField(max_length=45, blank=True, help_text="the network address it came from")
    about = models.CharField(max_length=200, blank=True, help_text="the page, or what else it is about")
    detail = models.CharField(max_length=200, blank=True)
    once = models.CharField(max_length=64, unique=True, help_text="the same for what is written once a minute")

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "sign_in",
                        "sign_in_failed",
                        "factor_failed",
                        "sign_out",
                        "sessions_ended",
                        "refused",
                        "not_found",
                        "throttled",
                        "forged",
                        "file_refused",
                        "too_large",
                        "error",
                        "left_out",
                    ]
                ),
                name="people_security_event_kind_is_known",
            ),
        ]
        indexes = [models.Index(fields=["-at"], name="people_security_event_at")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"
