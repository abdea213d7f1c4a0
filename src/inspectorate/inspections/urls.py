"""The pages of inspections."""

from django.urls import path

from inspectorate.inspections import views
from inspectorate.inspections.views import evidence, notice

app_name = "inspections"
ONE = "<str:public_id>"
STANDARD = f"{ONE}/evidence/<slug:programme>/<str:year>/<str:standard>"
NOTICE = [
    path(f"{ONE}/notice/", notice.notice_page, name="notice"),
    path(f"{ONE}/notice/announce/", notice.announce_page, name="announce"),
    path(f"{ONE}/notice/again/", notice.further_page, name="further_letter"),
    path(f"{ONE}/notice/letter.pdf", notice.letter_pdf, name="letter_pdf"),
    path(f"{ONE}/notice/letters/<int:number>/", notice.sent_page, name="sent_letter"),
    path(f"{ONE}/notice/letters/<int:number>.pdf", notice.sent_pdf, name="sent_letter_pdf"),
    path(f"{ONE}/notice/manual/", notice.manual_page, name="manual"),
    path(f"{ONE}/notice/manual.pdf", notice.manual_pdf, name="manual_pdf"),
]
EVIDENCE = [
    path(f"{ONE}/evidence/", evidence.evidence_page, name="evidence"),
    path(f"{ONE}/evidence/files/<str:attachment>/", evidence.file_page, name="evidence_file"),
    path(f"{STANDARD}/", evidence.standard_page, name="evidence_standard"),
    path(f"{STANDARD}/write/", evidence.write_page, name="evidence_write"),
    path(f"{STANDARD}/mark/", evidence.mark_page, name="evidence_mark"),
    path(f"{STANDARD}/answer/", evidence.answer_page, name="evidence_answer"),
]
urlpatterns = [
    path("", views.list_page, name="list"),
    path("inspections.csv", views.list_csv, name="list_csv"),
    path("new/", views.new_page, name="new"),
    path("<str:public_id>/team/", views.team_page, name="team"),
    path("<str:public_id>/interests/", views.interests_page, name="interests"),
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
    *NOTICE,
    *EVIDENCE,
]
