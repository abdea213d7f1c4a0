"""The pages about the installation itself."""

from django.urls import path

from inspectorate.config.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("epoch.json", views.epoch_view, name="epoch"),
    path("system/", views.status_page, name="status"),
    path("system/in-force/", views.in_force_page, name="in_force"),
    path("system/duties/<str:code>/run/", views.run_again, name="run_again"),
]
