"""The page of a release stands with each result, so that it is seen from the result's own minute on."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def hand_down(apps, _schema_editor):
    """Give every result the address of its row."""
    row, result = apps.get_model("register", "PublishedRow"), apps.get_model("register", "PublishedResult")
    address = row.objects.filter(pk=OuterRef("row")).values("address")
    result.objects.exclude(row__address="").update(address=Subquery(address))


def hand_up(apps, _schema_editor):
    """Give every row the address of its newest result."""
    row, result = apps.get_model("register", "PublishedRow"), apps.get_model("register", "PublishedResult")
    newest = result.objects.filter(row=OuterRef("pk")).exclude(address="").order_by("-visible_from", "-pk")
    held = row.objects.filter(pk__in=result.objects.exclude(address="").values("row"))
    held.update(address=Subquery(newest.values("address")[:1]))


class Migration(migrations.Migration):
    dependencies = [("register", "0003_released_results")]

    operations = [
        migrations.AddField(
            model_name="publishedresult",
            name="address",
            field=models.CharField(
                blank=True, help_text="the page of the released result, if there is one", max_length=200
            ),
        ),
        migrations.RunPython(hand_down, hand_up),
        migrations.RemoveField(model_name="publishedrow", name="address"),
    ]
