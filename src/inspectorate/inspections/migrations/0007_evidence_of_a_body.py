"""Evidence belongs to the body whose contact wrote it."""

import django.db.models.deletion
from django.db import migrations, models


def say_whose(apps, _schema_editor):
    """Give every version the inspected body that its writer speaks for, else the body inspected, else the first."""
    versions = apps.get_model("inspections", "EvidenceVersion").objects
    providers = apps.get_model("inspections", "InspectedProvider").objects
    ties = apps.get_model("people", "Tie").objects
    for version in versions.filter(body__isnull=True).select_related("inspection"):
        inspected = providers.filter(inspection=version.inspection).order_by("pk")
        works_for = ties.filter(kind="works_for", subject_kind="body", user__public_id=version.saved_by_id)
        own = inspected.filter(body__public_id__in=works_for.values("subject_id")).first() or inspected.first()
        version.body_id = version.inspection.body_id or own.body_id
        version.save(update_fields=["body_id"])


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0006_public_from"),
        ("people", "0002_roles_and_ties"),  # it reads who works for whom
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint("evidenceversion", "inspections_evidence_versions_are_numbered"),
        migrations.AddField(
            model_name="evidenceversion",
            name="body",
            field=models.ForeignKey(
                help_text="whose evidence it is",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="register.body",
            ),
        ),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
    ]
