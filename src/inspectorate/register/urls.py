"""The addresses of the register and of the published record."""

from django.urls import path

from inspectorate.register import views

app_name = "register"
PROGRAMME_YEAR = "programmes/<slug:programme>/<slug:year>/"
urlpatterns = [
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/bodies.csv", views.bodies_csv, name="bodies_csv"),
    path("bodies/<slug:public_id>/", views.body, name="body"),
    path("programmes/", views.programmes, name="programmes"),
    path(PROGRAMME_YEAR, views.programme_year, name="programme_year"),
    path(f"{PROGRAMME_YEAR}table.csv", views.programme_year_csv, name="programme_year_csv"),
    path(f"{PROGRAMME_YEAR}table.json", views.programme_year_json, name="programme_year_json"),
    path(f"{PROGRAMME_YEAR}tables.csv", views.sheets_csv, name="sheets_csv"),
    path(f"{PROGRAMME_YEAR}tables/<slug:code>.csv", views.sheets_csv, name="sheet_csv"),
    path("years/", views.years, name="years"),
    path("years/<slug:year>/", views.programme_year, name="year"),
    path("years/<slug:year>/table.json", views.programme_year_json, name="year_json"),
    path("years/<slug:year>/tables.csv", views.sheets_csv, name="year_sheets_csv"),
    path("years/<slug:year>/tables/<slug:code>.csv", views.sheets_csv, name="year_sheet_csv"),
    path("reports/", views.reports, name="reports"),
    path("reports/reports.csv", views.reports_csv, name="reports_csv"),
]
