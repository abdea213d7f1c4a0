"""NUL in an address or a query: PostgreSQL cannot be asked for it, and nothing here is named with one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"


class TakeOutNul:
    """Take it out of what is asked; an address that had one leads nowhere, as any that does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what is left of the request."""
        request.path_info = request.path_info.replace("\0", IN_ITS_PLACE)
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return self.get_response(request)
