"""The pages about the installation itself."""

from django.urls import path

from inspectorate.config.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("epoch.json", views.epoch_view, name="epoch"),
]
