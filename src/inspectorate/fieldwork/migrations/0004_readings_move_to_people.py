from django.db import migrations


def moved(apps, schema_editor):
    """Carry over who opened which case on which day, as a reading in the minute of the first time."""
    Old, New = apps.get_model("fieldwork", "CaseReading"), apps.get_model("people", "Reading")
    Allocation = apps.get_model("fieldwork", "Allocation")
    own = set(Allocation.objects.values_list("case_id", "assessor_id"))
    role = {"chief_inspector": "chief", "lead_inspector": "leads"}
    lines = []
    for old in Old.objects.select_related("reader", "case__case_list__inspection").iterator(chunk_size=1000):
        because = "own" if (old.case_id, old.reader_id) in own else role.get(old.reader.role, "team")
        lines.append(
            New(
                reader_id=old.reader_id,
                subject_kind="case",
                subject_id=old.case.public_id,
                inspection=old.case.case_list.inspection.public_id,
                way="page",
                because=because,
                at=old.first_at,
                minute=old.first_at.replace(second=0, microsecond=0),
            )
        )
    New.objects.bulk_create(lines, ignore_conflicts=True, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ("fieldwork", "0003_readings_and_one_live_assessment"),
        ("people", "0004_kinds_of_people_and_readings"),
        ("inspections", "0006_public_from"),
    ]

    operations = [
        migrations.RunPython(moved, migrations.RunPython.noop),
        migrations.DeleteModel(name="CaseReading"),
    ]
