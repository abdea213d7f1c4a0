"""F38: what is taken out of a file is gone from it, not covered: no byte of it is left, kept here or handed out."""

import io
import zipfile

import pytest

from inspectorate.sampling.files import rows_of
from inspectorate.sampling.models import ListUpload
from inspectorate.sampling.plans import kind_of
from inspectorate.sampling.sheets import as_csv, as_xlsx
from inspectorate.sampling.shown import to_mend
from tests.stages.sampling.conftest import as_csv as given
from tests.stages.sampling.conftest import row

CANARIES = ("Jane Canary", "01/02/1990", "AB123456C")


@pytest.fixture
def upload(hand_in):
    rows = [row(2), row(5, case=CANARIES[0]), row(8, age_group=CANARIES[1]), row(11, offence=CANARIES[2])]
    return hand_in(given(rows))[0]


def test_the_corrected_file_holds_no_byte_of_what_looked_personal(upload):
    heads, rows = to_mend(kind_of(upload.case_list.inspection, "case"), upload)
    book = as_xlsx(heads, rows)
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        unpacked = b"".join(packed.read(name) for name in packed.namelist())
    for content in (as_csv(heads, rows), unpacked):
        for canary in CANARIES[:2]:
            assert canary.encode() not in content
    assert len(rows_of("corrected.xlsx", book)) > 1


def test_nothing_of_it_is_kept_either(upload):
    kept = str(ListUpload.objects.filter(pk=upload.pk).values().get())
    for canary in CANARIES[:2]:
        assert canary not in kept
