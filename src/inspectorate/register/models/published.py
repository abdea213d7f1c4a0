"""What was published about bodies: a programme-year, its tables, their rows and cells.

A cell is never updated: a correction is a further version, and the newest version that is visible counts.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspectorate.record.ids import new_public_id
from inspectorate.register.models.bodies import Body
from inspectorate.register.tables import (
    ORGANISATION,
    PER_CENT,
    PER_CENT_AND_STARS,
    PREVIOUS_YEAR,
    PROGRAMME_TO_DATE,
    RATING,
    STARS,
    YEAR,
)


class PublishedProgrammeYear(models.Model):
    """One programme in one year: where its results are printed and how they are to be read."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    programme = models.SlugField(max_length=30)
    year = models.CharField(max_length=9)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    document = models.CharField(max_length=60)
    document_title = models.CharField(max_length=200)
    body_word = models.CharField(max_length=60, default="Body")
    also_printed = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="register_programme_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.year}"

    def get_absolute_url(self) -> str:
        """Return the address of the page: a year of the inspectorate itself has one of another kind."""
        if self.programme == ORGANISATION:
            return reverse("register:year", args=[self.year])
        return reverse("register:programme_year", args=[self.programme, self.year])


class PublishedMeasure(models.Model):
    """One column of a programme-year's tables."""

    programme_year = models.ForeignKey(PublishedProgrammeYear, on_delete=models.PROTECT, related_name="measures")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    short = models.CharField(max_length=80)
    scale = models.CharField(max_length=20, default=PER_CENT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme_year", "code"], name="register_measure_once"),
            models.UniqueConstraint(fields=["programme_year", "position"], name="register_measure_has_its_place"),
            models.CheckConstraint(
                condition=Q(scale__in=[PER_CENT, PER_CENT_AND_STARS, STARS, RATING]),
                name="register_measure_scale_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PublishedTable(models.Model):
    """One printed table. A table of reinspections counts in no lowest, highest, median or aggregate."""

    programme_year = models.ForeignKey(PublishedProgrammeYear, on_delete=models.PROTECT, related_name="tables")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    paragraph = models.CharField(max_length=100)
    focus = models.CharField(max_length=100, blank=True)
    reinspection = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme_year", "code"], name="register_table_once"),
            models.UniqueConstraint(fields=["programme_year", "position"], name="register_table_has_its_place"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_year}: {self.title}"


class PublishedFigure(models.Model):
    """A lowest, highest or aggregate that the document prints beside a table, in per cent."""

    table = models.ForeignKey(PublishedTable, on_delete=models.PROTECT, related_name="figures")
    measure = models.ForeignKey(PublishedMeasure, on_delete=models.PROTECT, related_name="figures")
    of = models.CharField(max_length=20)
    statistic = models.CharField(max_length=10)
    per_cent = models.PositiveSmallIntegerField()
    paragraph = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "measure", "of", "statistic"], name="register_figure_once"),
            models.CheckConstraint(condition=Q(per_cent__lte=100), name="register_figure_is_a_per_cent"),
            models.CheckConstraint(
                condition=Q(of__in=[YEAR, PREVIOUS_YEAR, PROGRAMME_TO_DATE])
                & Q(statistic__in=["aggregate", "lowest", "highest"]),
                name="register_figure_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statistic} of {self.measure}: {self.per_cent}"


class Visit(models.TextChoices):
    """Which visit: the first, or the one after a result of concern."""

    ORIGINAL = "original", _("Original inspection")
    REINSPECTION = "reinspection", _("Reinspection")


class PublishedRow(models.Model):
    """What a table says of one body on one visit."""

    table = models.ForeignKey(PublishedTable, on_delete=models.PROTECT, related_name="rows")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="published_rows")
    visit = models.CharField(max_length=20, choices=Visit.choices, default=Visit.ORIGINAL)
    position = models.PositiveSmallIntegerField(help_text="its place in the printed table")
    printed_as = models.CharField(max_length=200, blank=True, help_text="the name as printed, where it differs")
    remark = models.TextField(blank=True)
    inspected_on = models.DateField(null=True, blank=True)
    report_month = models.CharField(max_length=7, blank=True, help_text="as in 2011-07")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "body", "visit"], name="register_row_once"),
            models.UniqueConstraint(fields=["table", "position"], name="register_row_has_its_place"),
            models.CheckConstraint(
                condition=Q(visit__in=Visit.values),
                name="register_row_visit_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name}, {self.get_visit_display()}"


class PublishedResult(models.Model):
    """One cell: per cent, stars or a rating, as published. It may be seen from ``visible_from`` on, and not before.

    One that is withdrawn before its minute is never seen; one that is hidden was seen, and is not for now.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    row = models.ForeignKey(PublishedRow, on_delete=models.PROTECT, related_name="results")
    measure = models.ForeignKey(PublishedMeasure, on_delete=models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField(default=1)
    per_cent = models.PositiveSmallIntegerField(null=True, blank=True)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    rating = models.CharField(max_length=60, blank=True)
    flag = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True, help_text="the page of the released result, if there is one")
    visible_from = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="taken back before it was visible")
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="taken down, with the page of its release")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "measure", "version"], name="register_result_version_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__lt=F("visible_from")),
                name="register_result_withdrawn_before_its_minute",
            ),
            models.CheckConstraint(
                condition=Q(per_cent__isnull=True) | Q(per_cent__gte=0, per_cent__lte=100),
                name="register_result_is_a_per_cent",
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=4),
                name="register_result_has_one_to_four_stars",
            ),
            models.CheckConstraint(
                condition=Q(per_cent__isnull=False) | Q(stars__isnull=False) | ~Q(rating=""),
                name="register_result_says_something",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="register_result_version_from_one"),
        ]
        indexes = [models.Index(F("visible_from"), name="register_result_visible")]

    def __str__(self) -> str:
        return f"{self.row}: {self.measure} {self.per_cent if self.per_cent is not None else '*' * (self.stars or 0)}"


class DrawnChart(models.Model):
    """A chart drawn once. Its name is the digest of the figures it shows, so that it can never show others."""

    digest = models.CharField(max_length=64, unique=True)
    svg = models.TextField()

    def __str__(self) -> str:
        return self.digest


class PublishedSheet(models.Model):
    """Any other printed table of a programme-year: heads, rows, base, notes and flags, as ``sheets.Sheet`` has them.

    A sheet is never updated: a correction is a further version, and the newest version that is visible counts.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    programme_year = models.ForeignKey(PublishedProgrammeYear, on_delete=models.PROTECT, related_name="sheets")
    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(help_text="its place on the page")
    body = models.JSONField(help_text="what sheets.kept gives")
    visible_from = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme_year", "code", "version"], name="register_sheet_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="register_sheet_version_from_one"),
            models.CheckConstraint(condition=~Q(code=""), name="register_sheet_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_year}: {self.code}"


class ReportKind(models.TextChoices):
    """What a listed report is about."""

    INSPECTION = "inspection", _("Inspection")
    REINSPECTION = "reinspection", _("Reinspection")
    AGGREGATE = "aggregate", _("Aggregate report")
    THEMATIC = "thematic", _("Thematic report")


class PublishedReport(models.Model):
    """One report in the list of a year. The title stands as listed; ``body`` is empty where it is about no one body."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    year = models.CharField(max_length=9, help_text="the year of the list, as in 2011-12")
    position = models.PositiveSmallIntegerField(help_text="its place in the list")
    programme = models.SlugField(max_length=30)
    kind = models.CharField(max_length=20, choices=ReportKind.choices)
    title = models.CharField(max_length=400)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="published_reports")
    month = models.CharField(max_length=7, help_text="as in 2011-07")
    document = models.CharField(max_length=60)
    document_title = models.CharField(max_length=200)
    paragraph = models.CharField(max_length=100)
    flag = models.TextField(blank=True)
    visible_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "position"], name="register_report_has_its_place"),
            models.CheckConstraint(condition=~Q(title=""), name="register_report_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="register_report_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.programme}, {self.month})"
