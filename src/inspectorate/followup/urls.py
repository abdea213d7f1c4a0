"""The addresses of follow-up."""

from django.urls import path

from inspectorate.followup import views

app_name = "followup"
HERE = "<str:public_id>/follow-up/"
urlpatterns = [
    path(HERE, views.follow_up_page, name="follow_up"),
    path(f"{HERE}close/", views.close_page, name="close"),
    path(f"{HERE}reopen/", views.reopen_page, name="reopen"),
]
