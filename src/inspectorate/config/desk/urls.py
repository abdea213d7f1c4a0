"""The pages that gather from all stages."""

from django.urls import path

from inspectorate.config.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start_page, name="start"),
    path("accessibility/", views.accessibility_page, name="accessibility"),
    path("my-work/", views.my_work_page, name="my_work"),
]
