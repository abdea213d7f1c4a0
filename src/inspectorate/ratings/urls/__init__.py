"""Scoring a file: handing it in, reading what comes of it, downloading, keeping, erasing."""

from django.urls import path, register_converter

from inspectorate.ratings.views import downloading, handing_in, holding, reading


class PublicId:
    """A public id in an address: 128 bits as 32 hexadecimal digits."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        """Return it as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands."""
        return value


register_converter(PublicId, "scored_file")
app_name = "ratings"
urlpatterns = [
    path("", handing_in.start_page, name="start"),
    path("new/<slug:programme>/<int:year>/", handing_in.new_page, name="new"),
    path("new/<slug:programme>/<int:year>/sheet.xlsx", downloading.sheet_to_fill_in, name="sheet"),
    path("new/<slug:programme>/<int:year>/<slug:what>.csv", downloading.for_handing_in, name="template"),
    path("refused/<scored_file:public_id>/", handing_in.refused_page, name="refused"),
    path("refused/<scored_file:public_id>/faults.csv", downloading.faults, name="faults"),
    path("<scored_file:public_id>/", reading.scores_page, name="scores"),
    path("<scored_file:public_id>/findings/", reading.findings_page, name="findings"),
    path("<scored_file:public_id>/account/<str:code>/", reading.account_page, name="account"),
    *(
        path(f"<scored_file:public_id>/scores.{kind}", downloading.scores, {"kind": kind}, name=f"scores_{kind}")
        for kind in ("csv", "xlsx", "json", "pdf")
    ),
    *(
        path(f"<scored_file:public_id>/findings.{kind}", downloading.findings, {"kind": kind}, name=f"findings_{kind}")
        for kind in ("csv", "xlsx", "json")
    ),
    path("<scored_file:public_id>/beside.csv", downloading.beside_published, name="beside_csv"),
    path("<scored_file:public_id>/judgements.json", downloading.judgements, name="judgements"),
    path("<scored_file:public_id>/held/", holding.held_file_page, name="held"),
]
