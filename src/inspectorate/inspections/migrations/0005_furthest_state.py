"""The furthest state an inspection was ever in; those that there are get it from where they stand and their record."""

from django.db import migrations, models

ORDER = ["arranged", "announced", "sampled", "fieldwork", "rating", "drafting", "checking", "signed_off", "released", "closed"]
LED_TO = {
    "inspection.announce": "announced",
    "inspection.settle_sample": "sampled",
    "inspection.begin_fieldwork": "fieldwork",
    "inspection.finish_fieldwork": "rating",
    "inspection.settle_ratings": "drafting",
    "inspection.send_draft": "checking",
    "inspection.sign_off": "signed_off",
    "inspection.release": "released",
    "inspection.close": "closed",
}


def fill(apps, schema_editor):
    inspections, entries = apps.get_model("inspections", "Inspection"), apps.get_model("record", "Entry")
    for inspection in inspections.objects.all():
        told = entries.objects.filter(
            subject_kind="inspection", subject_id=inspection.public_id, verb__in=LED_TO
        ).values_list("verb", flat=True)
        states = {inspection.state, inspection.state_before, *(LED_TO[verb] for verb in told)} & set(ORDER)
        inspection.reached = max(states, key=ORDER.index, default="")
        inspection.save(update_fields=["reached"])


class Migration(migrations.Migration):

    dependencies = [
        ("inspections", "0004_weeks_dates_and_reinspections"),
        ("record", "0001_initial"),
        ("register", "0003_released_results"),
    ]

    operations = [
        migrations.AddField(
            model_name="inspection",
            name="reached",
            field=models.CharField(blank=True, editable=False, help_text="the furthest state it was ever in", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("reached__in", ["", *ORDER])), name="inspections_reached_is_known"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
