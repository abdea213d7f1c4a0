"""The addresses of the register and of the published record."""

from django.urls import path

from inspectorate.register import views

app_name = "register"
urlpatterns = [
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/bodies.csv", views.bodies_csv, name="bodies_csv"),
    path("bodies/<slug:public_id>/", views.body, name="body"),
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<slug:programme>/<slug:year>/", views.programme_year, name="programme_year"),
    path("programmes/<slug:programme>/<slug:year>/table.csv", views.programme_year_csv, name="programme_year_csv"),
    path("programmes/<slug:programme>/<slug:year>/table.json", views.programme_year_json, name="programme_year_json"),
]
