"""The pages about the installation itself."""

from django.urls import path

from inspectorate.config.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("epoch.json", views.epoch_view, name="epoch"),
    path("system/", views.status_page, name="status"),
    path("system/in-force/", views.in_force_page, name="in_force"),
    path("system/duties/<str:code>/run/", views.run_again, name="run_again"),
    path("privacy/", views.privacy_page, name="privacy"),
    path("privacy/due.csv", views.due_csv, name="due_csv"),
    path("privacy/holds/", views.place_hold, name="hold"),
    path("privacy/holds/<str:hold>/end/", views.end_hold, name="end_hold"),
    path("privacy/register/", views.register_page, name="register"),
    path("privacy/impact/", views.impact_page, name="impact"),
    path("privacy/one-person/", views.one_person_page, name="one_person"),
]
