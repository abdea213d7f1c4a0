"""The pages of inspections."""

from django.urls import path

from inspectorate.inspections import views

app_name = "inspections"
urlpatterns = [
    path("<str:public_id>/", views.overview_page, name="overview"),
]
