"""The pages of case lists and samples, below the inspection that they belong to."""

from django.urls import path

from inspectorate.sampling.views import changing, closing, downloading, handing_in, reading

app_name = "sampling"
LIST, SAMPLE = "<str:public_id>/list/<slug:kind>/", "<str:public_id>/sample/<slug:kind>/"
urlpatterns = [
    path("<str:public_id>/list/", reading.lists_page, name="lists"),
    path(LIST, reading.list_page, name="list"),
    path(f"{LIST}upload/", handing_in.upload_page, name="upload"),
    path(f"{LIST}uploads/<str:upload>/", handing_in.uploaded_page, name="uploaded"),
    path(f"{LIST}uploads/<str:upload>/corrected.<str:form>", downloading.corrected, name="corrected"),
    path(f"{LIST}template.<str:form>", downloading.template, name="template"),
    path(f"{LIST}cases.csv", downloading.cases, name="cases_csv"),
    path(f"{LIST}case_list.csv", downloading.case_list, name="case_list_csv"),
    path(f"{LIST}cases/<str:case>/remove/", handing_in.remove_page, name="remove"),
    path(f"{LIST}none/", closing.none_page, name="none"),
    path(f"{LIST}replace/", closing.supersede_page, name="supersede"),
    path("<str:public_id>/sample/", reading.samples_page, name="samples"),
    path(SAMPLE, reading.sample_page, name="sample"),
    path(f"{SAMPLE}draw/", closing.draw_page, name="draw"),
    path(f"{SAMPLE}draw.csv", downloading.drawn, name="draw_csv"),
    path(f"{SAMPLE}replace/<str:case>/", changing.replace_page, name="replace"),
    path(f"{SAMPLE}proposals/<str:proposal>/", changing.proposal_page, name="proposal"),
    path(f"{SAMPLE}extend/", changing.extend_page, name="extend"),
]
