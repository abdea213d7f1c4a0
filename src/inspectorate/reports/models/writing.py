"""What people write: the versions of each section, and the recommendations."""

from django.db import models
from django.db.models import F, Q

from inspectorate.inspections.models import Inspection
from inspectorate.record.ids import new_public_id
from inspectorate.record.names import ID_LENGTH, KIND_LENGTH
from inspectorate.record.once import Once
from inspectorate.register.models import Body

CODE_LENGTH = 60
NAME_LENGTH = 150


class SectionVersion(Once):
    """One version of the text of a section, in one language; who wrote it, when, and what it came after.

    ``after`` is the version that its writer had before them. Two that come after the same one stand side by side, and a
    person decides by a version that comes after the one and ``settles`` the other. What nothing came after, and nothing
    settled, is current.
    """

    class Language(models.TextChoices):
        """The languages of a report."""

        ENGLISH = "en", "English"
        WELSH = "cy", "Welsh"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="section_versions", db_index=False
    )
    section = models.CharField(max_length=CODE_LENGTH)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    number = models.PositiveIntegerField(help_text="from 1, within the section and language")
    text = models.TextField(blank=True)
    after = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    settles = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="settled_by")
    written_at = models.DateTimeField()
    written_by_kind = models.CharField(max_length=KIND_LENGTH)
    written_by_id = models.CharField(max_length=ID_LENGTH)
    written_by_name = models.CharField(max_length=NAME_LENGTH, help_text="the name of the writer, as it was then")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "section", "language", "number"], name="reports_one_version_of_a_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="reports_version_number_from_one"),
            models.CheckConstraint(condition=~Q(section=""), name="reports_version_has_a_section"),
            models.CheckConstraint(condition=Q(language__in=["en", "cy"]), name="reports_version_language_is_known"),
            models.CheckConstraint(
                condition=Q(settles__isnull=True) | (Q(after__isnull=False) & ~Q(settles=F("after"))),
                name="reports_version_settles_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}, version {self.number}"


class Recommendation(models.Model):
    """What somebody should do, to whom it is addressed, by when, and which score or finding it rests on.

    It changes until the report is signed off; ``revision`` counts the changes, so that nobody writes over what they
    have not seen. One that was taken out stays, without a place.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="recommendations")
    place = models.PositiveIntegerField(null=True, blank=True, help_text="from 1; empty once it was taken out")
    text = models.TextField()
    addressee_body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    addressee = models.CharField(max_length=200, help_text="the organisation, by name")
    by_when = models.DateField(null=True, blank=True)
    rests_on = models.CharField(max_length=100, blank=True, help_text="a figure: {score:…} or {finding:…}")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "place"], name="reports_one_recommendation_at_a_place"),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | Q(place__gte=1), name="reports_recommendation_place_from_one"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="reports_recommendation_has_a_text"),
            models.CheckConstraint(condition=~Q(addressee=""), name="reports_recommendation_is_addressed"),
        ]

    def __str__(self) -> str:
        return f"{self.place or 'taken out'}: {self.text}"
