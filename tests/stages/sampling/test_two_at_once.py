"""Two people press the same button at the same moment: one result, and one plain refusal."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from inspectorate.inspections.models import Inspection
from inspectorate.record.models import Entry
from inspectorate.sampling.actions import replace_case, settle_list, upload_list
from inspectorate.sampling.listed import File
from inspectorate.sampling.models import Case, CaseList, ListUpload, Replacement, Sample
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


def test_a_case_is_replaced_twice_at_once_and_leaves_once(announced, long_list):
    assert announced
    place = settle_list(case_list=long_list, by=LEAD).drawn_cases.get(role="drawn", order=1)
    found = at_once(lambda: replace_case(drawn_case=place, reason="duplicate", by=LEAD))
    assert Refusal.NOT_IN_THE_SAMPLE in found
    assert Replacement.objects.count() == 1
