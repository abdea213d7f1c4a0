"""The review page: every component from its own examples."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inspectorate.ui import components


def components_page(request: HttpRequest) -> HttpResponse:
    """Show every component with its purpose, its examples and its parameters."""
    shown = [
        {
            "about": component,
            "examples": [
                {"name": example["name"], "html": components.render(name, **example["given"])}
                for example in component.examples
            ],
            "rows": [
                [row["name"], "yes" if row.get("required") else "", str(row.get("default", "")), row["says"]]
                for row in component.parameters
            ],
        }
        for name in components.names()
        for component in [components.find(name)]
    ]
    columns = [{"title": "Parameter"}, {"title": "Required"}, {"title": "Unless given"}, {"title": "Meaning"}]
    return render(request, "ui/components.html", {"shown": shown, "columns": columns})
