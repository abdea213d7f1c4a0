"""The pages of reports, below an inspection."""

from django.urls import path

from inspectorate.reports import views

app_name = "reports"
urlpatterns = [
    path("<str:public_id>/report/", views.report_page, name="report"),
    path("<str:public_id>/report/preview/", views.preview_page, name="preview"),
    path("<str:public_id>/report/sections/<str:code>/", views.section_page, name="section"),
    path("<str:public_id>/report/sections/<str:code>/versions/", views.versions_page, name="versions"),
    path("<str:public_id>/report/send/", views.send_page, name="send"),
    path("<str:public_id>/report/correct/", views.correct_page, name="correct"),
    path("<str:public_id>/report/sign-off/", views.sign_off_page, name="sign_off"),
    path("<str:public_id>/report/reopen/", views.reopen_page, name="reopen"),
    path("<str:public_id>/report/signed/<int:number>/", views.signed_page, name="signed"),
    path("<str:public_id>/report/signed/<int:number>/pdf/", views.signed_pdf_page, name="signed_pdf"),
    path("<str:public_id>/draft/", views.drafts_page, name="drafts"),
    path("<str:public_id>/draft/readers/", views.readers_page, name="readers"),
    path("<str:public_id>/draft/<int:number>/", views.draft_page, name="draft"),
    path("<str:public_id>/draft/<int:number>/pdf/", views.draft_pdf_page, name="draft_pdf"),
    path("<str:public_id>/draft/<int:number>/changes/", views.changes_page, name="changes"),
    path("<str:public_id>/draft/<int:number>/comment/<str:paragraph>/", views.comment_page, name="comment"),
    path("<str:public_id>/draft/comments/<str:comment_id>/", views.answer_page, name="answer"),
    path("<str:public_id>/recommendations/", views.recommendations_page, name="recommendations"),
    path("<str:public_id>/recommendations/csv/", views.recommendations_csv_page, name="recommendations_csv"),
    path("<str:public_id>/recommendations/new/", views.new_recommendation_page, name="new_recommendation"),
    path("<str:public_id>/recommendations/<str:row_id>/", views.recommendation_page, name="recommendation"),
    path("<str:public_id>/recommendations/<str:row_id>/move/", views.move_recommendation_page, name="move"),
    path("<str:public_id>/recommendations/<str:row_id>/take-out/", views.take_out_recommendation_page, name="take_out"),
]
