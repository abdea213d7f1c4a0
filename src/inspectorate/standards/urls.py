"""The editions as the public reads them. ``include`` may be given ``{"root": folder}`` to serve another folder."""

from django.urls import path

from inspectorate.standards import consulting, views

app_name = "standards"
EDITION = "<slug:programme>/<slug:year>/"
urlpatterns = [
    path("", views.editions_page, name="editions"),
    path("editions.csv", views.editions_csv, name="editions_csv"),
    path(EDITION, views.edition_page, name="edition"),
    path(f"{EDITION}criteria/", views.criteria_page, name="criteria"),
    path(f"{EDITION}questions/", views.questions_page, name="questions"),
    path(f"{EDITION}questions/<str:question>/", views.question_page, name="question"),
    path(f"{EDITION}questions.csv", views.questions_csv, name="questions_csv"),
    path(f"{EDITION}questions.xlsx", views.questions_xlsx, name="questions_xlsx"),
    path(f"{EDITION}edition.json", views.edition_json, name="edition_json"),
    path(f"{EDITION}xforms/<slug:kind>.xml", views.xform, name="xform"),
    path(f"{EDITION}examples/", views.examples_page, name="examples"),
    path(f"{EDITION}consultation/", consulting.consultation_page, name="consultation"),
    path(f"{EDITION}consultation.csv", consulting.comments_csv, name="comments_csv"),
    path(f"{EDITION}compare/", views.comparison_page, name="compare"),
    path(f"{EDITION}compare.csv", views.comparison_csv, name="compare_csv"),
]
