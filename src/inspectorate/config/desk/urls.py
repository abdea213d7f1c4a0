"""The pages that gather from all stages."""

from django.urls import path

from inspectorate.config.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start_page, name="start"),
    path("openapi.json", views.openapi_view, name="openapi"),
    path("accessibility/", views.accessibility_page, name="accessibility"),
    path("record/", views.record_page, name="record"),
    path("record/head.json", views.head_file, name="record_head"),
    path("record/verify_record.py", views.verifier_file, name="record_verifier"),
    path("my-work/", views.my_work_page, name="my_work"),
    path("people/", views.people_page, name="people"),
    path("people/people.csv", views.people_csv, name="people_csv"),
    path("people/new/", views.new_person_page, name="new_person"),
    path("people/me/", views.me_page, name="me"),
    path("people/me/interests/", views.declare, name="declare"),
    path("people/me/interests/<str:tie_id>/end/", views.withdraw, name="withdraw"),
    path("access-log/", views.log_page, name="log"),
    path("access-log/readings.csv", views.log_csv, name="log_csv"),
    path("security-log/", views.security_page, name="security"),
    path("security-log/security.csv", views.security_csv, name="security_csv"),
    path("record/entries/", views.entries_page, name="entries"),
    path("record/entries/entries.csv", views.entries_csv, name="entries_csv"),
    path("people/why/", views.why_page, name="why"),
    path("people/why/who-may-what.csv", views.why_csv, name="why_csv"),
    path("people/me/clearances/", views.my_clearances, name="my_clearances"),
    path("people/clearances/", views.clearances_page, name="clearances"),
    path("people/clearances/clearances.csv", views.clearances_csv, name="clearances_csv"),
    path("people/clearances/asked-for/", views.asked_for_page, name="asked_for"),
    path("people/clearances/asked-for/change/", views.change_asked_for, name="change_asked_for"),
    path("people/<str:user_id>/clearances/", views.clearances_of, name="clearances_of"),
    path("people/<str:user_id>/clearances/new/", views.record_one, name="record_clearance"),
    path("people/<str:user_id>/clearances/<str:clearance>/withdraw/", views.withdraw_one, name="withdraw_clearance"),
    path("people/<str:user_id>/", views.person_page, name="person"),
    path("people/<str:user_id>/role/", views.change_role, name="change_role"),
    path("people/<str:user_id>/footing/", views.change_footing, name="change_footing"),
    path("people/<str:user_id>/body/", views.tie, name="tie"),
    path("people/<str:user_id>/body/<str:tie_id>/end/", views.untie, name="untie"),
    path("people/<str:user_id>/team/", views.tie_team, name="tie_team"),
    path("people/<str:user_id>/invite/", views.send_invitation, name="invite"),
    path("people/<str:user_id>/reset-factor/", views.offer_reset, name="offer_reset"),
    path("people/<str:user_id>/end-sessions/", views.end_sessions, name="end_sessions"),
    path("people/<str:user_id>/leave/", views.leave_page, name="leave"),
    path("people/<str:user_id>/readmit/", views.readmit, name="readmit"),
    path("inspections/<str:public_id>/leavers/", views.leavers_page, name="leavers"),
    path("inspections/<str:public_id>/export/", views.export_page, name="export"),
    path("inspections/<str:public_id>/export/ask/", views.ask_export, name="export_ask"),
    path("inspections/<str:public_id>/export/<str:export_id>/agree/", views.agree_export, name="export_agree"),
    path("inspections/<str:public_id>/export/<str:export_id>/end/", views.end_export, name="export_end"),
    path(
        "inspections/<str:public_id>/export/<str:export_id>/everything.zip", views.take_export_file, name="export_file"
    ),
]
