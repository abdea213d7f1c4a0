from django.db import migrations


def known(apps, schema_editor):
    """Tell each inspection from which minute its result is out."""
    Release, Inspection = apps.get_model("publication", "Release"), apps.get_model("inspections", "Inspection")
    found = Release.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True)
    for inspection, minute in found.values_list("inspection_id", "visible_from"):
        Inspection.objects.filter(pk=inspection).update(public_from=minute)


class Migration(migrations.Migration):

    dependencies = [
        ("publication", "0001_initial"),
        ("inspections", "0006_public_from"),
    ]

    operations = [migrations.RunPython(known, migrations.RunPython.noop)]
