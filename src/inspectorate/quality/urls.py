"""The pages of quality, below those of an inspection."""

from django.urls import path

from inspectorate.quality import views

app_name = "quality"
urlpatterns = [
    path("<str:public_id>/checks/", views.checks_page, name="checks"),
    path("<str:public_id>/checks/decisions.csv", views.decisions_csv, name="decisions_csv"),
    path("<str:public_id>/cases/<str:case>/check/", views.check_page, name="check"),
    path("<str:public_id>/cases/<str:case>/check/changes/", views.changes_page, name="changes"),
    path("<str:public_id>/cases/<str:case>/check/accept/", views.accept_view, name="accept"),
    path("<str:public_id>/cases/<str:case>/check/return/", views.return_page, name="return"),
]
