"""The epoch of this server, for devices."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inspectorate.config.upkeep.actions import epoch_now


@require_safe
@never_cache
def epoch_view(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the same for everybody
    """Say which epoch is in force: a device that knows of another one offers again what it had sent."""
    epoch = epoch_now(by=("system", "server"))
    told = {"number": epoch.number, "id": epoch.public_id, "began_at": epoch.began_at.isoformat()}
    return JsonResponse(told, headers={"Inspectorate-Epoch": f"{epoch.number}-{epoch.public_id}"})
