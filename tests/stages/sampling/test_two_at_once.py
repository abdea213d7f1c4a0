"""Two people press the same button at the same moment: one result, and one plain refusal."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from inspectorate.inspections.models import Inspection
from inspectorate.record.models import Entry
from inspectorate.sampling.actions import replace_case, settle_list, upload_list
from inspectorate.sampling.listed import File
from inspectorate.sampling.models import Case, CaseList, ListUpload, Replacement, Sample
from inspectorate.sampling.queries import standing
from inspectorate.sampling.refusals import Refusal, RefusedError
from tests.stages.conftest import LEAD
from tests.stages.sampling.conftest import as_csv, row

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(do, times=2):
    """Return what came of doing something several times at once: what was returned, and the codes of refusals."""
    start = Barrier(times)

    def once(_):
        try:
            start.wait(60)
            return do()
        except RefusedError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(once, range(times)))


def test_two_leads_draw_at_once_and_one_sample_is_drawn(announced, long_list):
    assert announced
    found = at_once(lambda: settle_list(case_list=long_list, by=LEAD))
    made = [one for one in found if isinstance(one, Sample)]
    refused = {Refusal.ALREADY_FROZEN, Refusal.SEED_MADE, Refusal.ALREADY_DRAWN, Refusal.NOT_NOW}
    if not made:  # each took a step that the other then found taken: the one who presses again goes on from there
        made = [settle_list(case_list=long_list, by=LEAD)]
    assert {one for one in found if not isinstance(one, Sample)} <= refused
    assert len(made) == Sample.objects.count() == 1
    verbs = list(Entry.objects.filter(subject_kind="case-list").order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["case-list.entered", "case-list.frozen", "case-list.seeded", "sample.drawn"]
    assert Inspection.objects.get().state == "sampled"


def test_the_same_file_comes_in_twice_at_once_and_is_taken_once(announced):
    file = File("list.csv", as_csv([row(n) for n in range(1, 30)]))
    found = at_once(lambda: upload_list(inspection=announced, kind="case", file=file, by=LEAD))
    assert sorted(again for _, again in found) == [False, True]
    assert (CaseList.objects.count(), ListUpload.objects.count(), Case.objects.count()) == (1, 1, 29)


def test_two_people_replace_the_whole_list_at_once_and_one_is_told_that_it_changed(announced):
    first = File("list.csv", as_csv([row(n) for n in range(1, 30)]))
    upload, _ = upload_list(inspection=announced, kind="case", file=first, by=LEAD)
    seen = standing(upload.case_list)
    files = [File(f"{n}.csv", as_csv([row(n)])) for n in (40, 50)]

    def replacing():
        return upload_list(inspection=announced, kind="case", file=files.pop(), by=LEAD, instead_of=seen)

    found = at_once(replacing)
    done, refused = sorted(found, key=lambda one: one == Refusal.LIST_CHANGED)
    assert (done[0].removed, refused) == (29, Refusal.LIST_CHANGED)
    assert (Case.objects.count(), ListUpload.objects.count()) == (1, 2)


def test_whoever_did_not_see_what_was_added_since_does_not_replace_it(announced, client, people):
    upload_list(inspection=announced, kind="case", file=File("list.csv", as_csv([row(1), row(2)])), by=LEAD)
    client.force_login(people[LEAD])
    address = f"{announced.get_absolute_url()}list/case/upload/"

    def replace(page, number):
        seen = re.search(r'name="seen" value="(\w+)"', page.content.decode()).group(1)
        file = SimpleUploadedFile("mine.csv", as_csv([row(number)]))
        return client.post(address, {"file": file, "how": "whole", "sure": "on", "seen": seen})

    opened = client.get(address)
    upload_list(inspection=announced, kind="case", file=File("more.csv", as_csv([row(3)])), by=LEAD)
    told = replace(opened, 9)
    assert (told.status_code, Case.objects.count()) == (422, 3)
    assert "The list has changed since you opened this page" in told.content.decode()
    assert (replace(told, 9).status_code, Case.objects.count()) == (302, 1)
    assert client.post(address, {"file": SimpleUploadedFile("m.csv", as_csv([row(8)])), "how": "whole", "sure": "on"})
    assert Case.objects.get().reference == "W24/0009"


def test_a_case_is_replaced_twice_at_once_and_leaves_once(announced, long_list):
    assert announced
    place = settle_list(case_list=long_list, by=LEAD).drawn_cases.get(role="drawn", order=1)
    found = at_once(lambda: replace_case(drawn_case=place, reason="duplicate", by=LEAD))
    assert Refusal.NOT_IN_THE_SAMPLE in found
    assert Replacement.objects.count() == 1
