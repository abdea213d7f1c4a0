"""The pages that gather from all stages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start_page(request: HttpRequest) -> HttpResponse:
    """Say what this is, who it is for and what to do first."""
    return render(request, "desk/start.html")
