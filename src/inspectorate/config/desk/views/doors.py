"""What programs may ask, as a document that programs read."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from inspectorate.config.desk.doors import document


@require_safe
def openapi_view(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the same for everybody
    """Answer the OpenAPI document."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 2})
