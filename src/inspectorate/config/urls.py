"""Every address of the product, stage by stage."""

from django.urls import URLPattern, URLResolver, include, path

from inspectorate.config.desk.views import overview_page
from inspectorate.inspections import urls as inspections

handler500 = "inspectorate.config.not_saved.server_error"
# The overview gathers from later stages, and is still the page of its inspection: ``inspections:overview``.
OVERVIEW = path("<str:public_id>/", overview_page, name="overview")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("inspectorate.config.desk.urls")),
    path("", include("inspectorate.config.upkeep.urls")),
    path("", include("inspectorate.people.urls")),
    path("", include("inspectorate.register.urls")),
    path("components/", include("inspectorate.ui.urls")),
    path("editions/", include("inspectorate.standards.urls")),
    path("score/", include("inspectorate.ratings.urls")),
    path("inspections/", include(([*inspections.urlpatterns, OVERVIEW], inspections.app_name))),
    path("inspections/", include("inspectorate.sampling.urls")),
    path("inspections/", include("inspectorate.fieldwork.urls")),
    path("inspections/", include("inspectorate.quality.urls")),
    path("inspections/", include("inspectorate.ratings.urls.inspections")),
    path("inspections/", include("inspectorate.reports.urls")),
    path("", include("inspectorate.publication.urls")),
    path("inspections/", include("inspectorate.followup.urls")),
]
