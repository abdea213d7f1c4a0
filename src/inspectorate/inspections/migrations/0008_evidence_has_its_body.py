"""Every version of evidence has its body; its own migration, as PostgreSQL alters no table with rows just changed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0007_evidence_of_a_body")]

    operations = [
        migrations.AlterField(
            model_name="evidenceversion",
            name="body",
            field=models.ForeignKey(
                help_text="whose evidence it is",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="register.body",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidenceversion",
            constraint=models.UniqueConstraint(
                fields=("inspection", "body", "edition", "standard", "number"),
                name="inspections_evidence_versions_are_numbered",
            ),
        ),
    ]
