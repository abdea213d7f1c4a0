"""The scores and ratings of an inspection, below its own address."""

from django.urls import path

from inspectorate.ratings.views import deciding, inspections

app_name = "inspection_ratings"
INSPECTION = "<str:public_id>"
SCORES = f"{INSPECTION}/scores/"
OF = f"{SCORES}of/<slug:module>/"
RATINGS = f"{INSPECTION}/ratings/"
RATING = f"{RATINGS}<slug:module>/<str:standard>/"
KINDS = {"scores": ("csv", "xlsx", "json", "pdf"), "findings": ("csv", "xlsx", "json")}
FILES = {"scores": inspections.scores_file, "findings": inspections.findings_file}

urlpatterns = [
    path(SCORES, inspections.scores_page, name="scores"),
    path(f"{SCORES}findings/", inspections.findings_page, name="findings"),
    path(f"{SCORES}account/<str:code>/", inspections.account_page, name="account"),
    path(OF, inspections.scores_page, name="scores_of"),
    path(f"{OF}findings/", inspections.findings_page, name="findings_of"),
    path(f"{OF}account/<str:code>/", inspections.account_page, name="account_of"),
    *(
        path(f"{below}{what}.{kind}", FILES[what], {"kind": kind}, name=f"{what}_{kind}{suffix}")
        for below, suffix in ((SCORES, ""), (OF, "_of"))
        for what, kinds in KINDS.items()
        for kind in kinds
    ),
    path(RATINGS, deciding.ratings_page, name="ratings"),
    path(f"{RATINGS}settle/", deciding.settle_page, name="settle"),
    path(f"{RATINGS}reopen/", deciding.reopen_page, name="reopen"),
    path(f"{RATINGS}settled/<int:number>/", deciding.settlement_page, name="settlement"),
    path(f"{RATINGS}settled/<int:number>/ratings.json", deciding.settlement_file, name="settlement_json"),
    path(f"{RATINGS}moves/<str:move>/", deciding.move_page, name="move"),
    path(f"{RATING}judge/", deciding.judge_page, name="judge"),
    path(f"{RATING}move/", deciding.propose_page, name="propose"),
]
