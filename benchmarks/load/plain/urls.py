"""The one view of the reference."""

import json
from datetime import UTC, datetime

from django.db import transaction
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from benchmarks.load.plain.models import History, Permit, Row


@require_POST
def save(request, row):
    """Session, token, one look whether they may, a row locked and changed, a line of history."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    given = json.loads(request.body)
    with transaction.atomic():
        if not Permit.objects.filter(user=request.user, row=row).exists():
            return JsonResponse({}, status=403)
        held = Row.objects.select_for_update().get(pk=row)
        held.value, held.changed_at = given["value"], datetime.now(UTC)
        held.save()
        History.objects.create(id=given["id"], row=held, user=request.user, value=held.value, at=held.changed_at)
    return JsonResponse({"receipts": [{"id": given["id"]}]})


urlpatterns = [path("rows/<int:row>/", save)]
