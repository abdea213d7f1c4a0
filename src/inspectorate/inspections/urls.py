"""The pages of inspections."""

from django.urls import path

from inspectorate.inspections import views

app_name = "inspections"
urlpatterns = [
    path("", views.list_page, name="list"),
    path("inspections.csv", views.list_csv, name="list_csv"),
    path("new/", views.new_page, name="new"),
    path("<str:public_id>/", views.overview_page, name="overview"),
    path("<str:public_id>/team/", views.team_page, name="team"),
    path("<str:public_id>/team/join/", views.join_view, name="team_join"),
    path("<str:public_id>/team/lead/", views.lead_page, name="team_lead"),
    path("<str:public_id>/team/<str:member>/end/", views.end_page, name="team_end"),
    path("<str:public_id>/dates/", views.dates_page, name="dates"),
    path("<str:public_id>/dates/week/", views.week_view, name="dates_week"),
    path("<str:public_id>/dates/<slug:code>/", views.move_page, name="dates_move"),
    path("<str:public_id>/dates/<slug:code>/back/", views.back_view, name="dates_back"),
    path("<str:public_id>/history/", views.history_page, name="history"),
    path("<str:public_id>/history/record.csv", views.history_csv, name="history_csv"),
    path("<str:public_id>/aside/", views.aside_page, name="aside"),
    path("<str:public_id>/aside/<slug:verb>/", views.aside_verb_page, name="aside_verb"),
    path("<str:public_id>/reinspection/", views.reinspection_page, name="reinspection"),
]
