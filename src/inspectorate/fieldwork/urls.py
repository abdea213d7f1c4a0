"""The pages of fieldwork, below those of an inspection."""

from django.urls import path

from inspectorate.fieldwork.views import about, allocating, entries, form, listing, readings, reopening

app_name = "fieldwork"
urlpatterns = [
    path("<str:public_id>/cases/", listing.cases_page, name="cases"),
    path("<str:public_id>/cases/cases.csv", listing.cases_csv, name="cases_csv"),
    path("<str:public_id>/readings/", readings.readings_page, name="readings"),
    path("<str:public_id>/readings/readings.csv", readings.readings_csv, name="readings_csv"),
    path("<str:public_id>/readings/<str:alarm>/", readings.alarm_page, name="alarm"),
    path("<str:public_id>/cases/allocate/", allocating.allocate_page, name="allocate"),
    path("<str:public_id>/cases/begin/", listing.begin_fieldwork_view, name="begin_fieldwork"),
    path("<str:public_id>/cases/finish/", listing.finish_fieldwork_view, name="finish_fieldwork"),
    path("<str:public_id>/cases/reopen/", reopening.reopen_fieldwork_page, name="reopen_fieldwork"),
    path("<str:public_id>/cases/<str:case>/", form.case_page_, name="case"),
    path("<str:public_id>/cases/<str:case>/about/", about.about_page, name="about"),
    path("<str:public_id>/cases/<str:case>/declare/", about.declare_page, name="declare"),
    path("<str:public_id>/cases/<str:case>/hand-over/", about.hand_over_page, name="hand_over"),
    path("<str:public_id>/cases/<str:case>/leave-sample/", about.leave_sample_page, name="leave_sample"),
    path("<str:public_id>/cases/<str:case>/begin/", form.begin_view, name="begin"),
    path("<str:public_id>/cases/<str:case>/save/", form.save_view, name="save"),
    path("<str:public_id>/cases/<str:case>/entries/", entries.entries_view, name="entries"),
    path("<str:public_id>/cases/<str:case>/submit/", form.submit_page, name="submit"),
    path("<str:public_id>/cases/<str:case>/take-back/", form.take_back_page, name="take_back"),
]
