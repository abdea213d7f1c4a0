"""The summary of an upload names each fault by row and column, in the words of the file."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.stages.sampling.conftest import HEADS, as_csv, row

pytestmark = pytest.mark.django_db


def summary(client, announced, content):
    """Return the lines of the summary that follows an upload."""
    address = f"{announced.get_absolute_url()}list/case/upload/"
    page = client.post(address, {"file": SimpleUploadedFile("list.csv", content)}, follow=True).content.decode()
    return [re.sub(r"<[^>]+>", "", line) for line in re.findall(r'<a href="#faults-\d+">(.*?)</a>', page, re.DOTALL)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((5,), "row 6, column Risk Level"),
        ((5, 7), "rows 6 and 8, column Risk Level"),
        ((1, 2, 3, 4, 5), "5 rows, the first is row 2, column Risk Level"),
    ],
)
def test_a_fault_is_named_by_row_and_by_the_head_of_the_file(as_, contact, announced, wrong, said):
    rows = [row(n, **({"risk_level": ""} if n in wrong else {})) for n in range(1, 9)]
    content = as_csv(rows, HEADS.replace("risk_level", "Risk Level"))
    found = summary(as_(contact), announced, content)
    assert found == [f"Cases without the value by which the list is divided: {said}"]


def test_two_columns_of_one_fault_are_both_named(as_, contact, announced):
    content = as_csv([row(1)[:5]], ",".join(HEADS.split(",")[:5]))
    [line] = summary(as_(contact), announced, content)
    assert line == "A column is missing: columns risk_level, sentence and offence"
