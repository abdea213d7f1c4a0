"""A row that is changed, who may change it, and its history."""

from django.conf import settings
from django.db import models


class Row(models.Model):
    """What is changed."""

    value = models.CharField(max_length=400, blank=True)
    changed_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.value


class Permit(models.Model):
    """Who may change which row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    row = models.ForeignKey(Row, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "row"], name="plain_permit_once")]

    def __str__(self):
        return f"{self.user} {self.row}"


class History(models.Model):
    """A change: who, what, when; known by the id that the client made."""

    id = models.CharField(max_length=32, primary_key=True)
    row = models.ForeignKey(Row, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    value = models.CharField(max_length=400)
    at = models.DateTimeField()

    def __str__(self):
        return self.value
