"""Every address of the product, stage by stage."""

from django.urls import URLPattern, URLResolver, include, path

handler500 = "inspectorate.config.not_saved.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("inspectorate.config.desk.urls")),
    path("", include("inspectorate.config.upkeep.urls")),
    path("", include("inspectorate.people.urls")),
    path("", include("inspectorate.register.urls")),
    path("components/", include("inspectorate.ui.urls")),
    path("editions/", include("inspectorate.standards.urls")),
    path("score/", include("inspectorate.ratings.urls")),
    path("inspections/", include("inspectorate.inspections.urls")),
    path("inspections/", include("inspectorate.sampling.urls")),
    path("inspections/", include("inspectorate.fieldwork.urls")),
    path("inspections/", include("inspectorate.quality.urls")),
    path("inspections/", include("inspectorate.ratings.urls.inspections")),
    path("inspections/", include("inspectorate.reports.urls")),
    path("", include("inspectorate.publication.urls")),
    path("inspections/", include("inspectorate.followup.urls")),
]
