"""The addresses of publication: the public results, and the release of one inspection."""

from django.urls import path

from inspectorate.publication.views import public, releasing

app_name = "publication"
RESULT = "results/<slug:public_id>/"
RELEASE = "inspections/<str:public_id>/release/"
urlpatterns = [
    path("results/", public.results_page, name="results"),
    path("results/results.csv", public.results_csv, name="results_csv"),
    path("results/feed.xml", public.results_feed, name="feed"),
    path(RESULT, public.result_page, name="result"),
    path(f"{RESULT}findings/", public.findings_page, name="findings"),
    path(f"{RESULT}report/", public.report_page, name="report"),
    path(f"{RESULT}account/<str:code>/", public.account_page, name="account"),
    *(
        path(f"{RESULT}result.{kind}", public.result_file, {"kind": kind}, name=f"result_{kind}")
        for kind in ("csv", "json")
    ),
    path(f"{RESULT}report.pdf", public.result_file, {"kind": "pdf"}, name="result_pdf"),
    path(RELEASE, releasing.release_page, name="release"),
    path(f"{RELEASE}preview/", releasing.preview_page, name="preview"),
    path(f"{RELEASE}propose/", releasing.propose_page, name="propose"),
    path(f"{RELEASE}confirm/", releasing.confirm_page, name="confirm"),
    path(f"{RELEASE}take-down/", releasing.take_down_page, name="take_down"),
    path(f"{RELEASE}put-up/", releasing.put_up_page, name="put_up"),
    path(f"{RELEASE}take-back/", releasing.take_back_page, name="take_back"),
]
