"""The review page of the components."""

from django.urls import path

from inspectorate.ui import views

app_name = "ui"
urlpatterns = [path("", views.components_page, name="components")]
