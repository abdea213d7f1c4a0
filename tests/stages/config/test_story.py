"""The story of the demonstration: told once, by the actions that people use, and every page of it opens."""

import pytest
from django.test import override_settings

from benchmarks.pages.crawling import crawl
from inspectorate.config.story import scenes, tell_story, telling
from inspectorate.inspections.models import Inspection
from inspectorate.people.models import User
from inspectorate.record.queries import verify_stream

pytestmark = [pytest.mark.django_db, pytest.mark.begins_first]
BY = ("system", "demo")
MOST_QUERIES = 12
MOST_BYTES = 450_000
FILES = (".csv", ".xlsx", ".pdf", ".zip", ".json")
TOLD = ("Saltmere 2027", "Tarnholm 2027", "Hollins Bay 2026", "Eskmoor 2026", "Foxley 2025", "Wexcombe 2026")


@pytest.fixture(scope="module")
def told_once(for_the_module, tmp_path_factory):  # noqa: ARG001 - it opens the database
    """Some of the scenes, told twice: the second time nothing is left to tell."""
    some = tuple(scene for scene in scenes.SCENES if scene.title in TOLD)
    with override_settings(VAR=tmp_path_factory.mktemp("var")), pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "SCENES", some)
        made = tell_story(by=BY)
        assert tell_story(by=BY) == []
        yield [inspection.pk for inspection in made]


@pytest.fixture
def told(told_once, db):  # noqa: ARG001 - it opens the database
    return {inspection.title: inspection for inspection in Inspection.objects.filter(pk__in=told_once)}


def test_there_is_one_inspection_at_each_stage():
    assert {scene.until for scene in scenes.SCENES} == set(scenes.STATES)
    listed = [sum(scene.listed.values()) for scene in scenes.SCENES]
    assert (listed[0], listed[1]) == (600, 4000)


def test_the_scenes_stand_where_they_should_and_their_records_hold(told):
    states = {title: inspection.state for title, inspection in told.items()}
    assert states == {
        "Saltmere 2027": "arranged",
        "Tarnholm 2027": "announced",
        "Hollins Bay 2026": "fieldwork",
        "Eskmoor 2026": "drafting",
        "Foxley 2025": "closed",
        "Wexcombe 2026": "deferred",
    }
    assert all(inspection.invented for inspection in told.values())
    assert [title for title, inspection in told.items() if not verify_stream(inspection.name).ok] == []


@pytest.mark.usefixtures("told")
@pytest.mark.database("sqlite")
def test_everybody_can_follow_every_link_and_no_page_asks_much(client):
    """As each role of the demonstration: no link leads nowhere, no page fails, and none asks more than 12 questions."""
    wrong, kinds = [], set()
    roles = {user.role: user for user in User.objects.filter(demonstration=True)}
    for user in (None, *roles.values()):
        if user:
            client.force_login(user)
        for page in crawl(client):
            kinds.add(page.kind)
            where = f"{user.role if user else 'visitor'}: {page.path} (from {page.linked_from})"
            if page.status not in (200, 302, 403) or (page.status == 403 and page.linked_from):
                wrong.append(f"{where} answers {page.status}")
            elif not page.path.partition("?")[0].endswith(FILES) and (
                page.queries > MOST_QUERIES or len(page.content) > MOST_BYTES
            ):
                wrong.append(f"{where}: {page.queries} queries, {len(page.content)} bytes")
    assert wrong == [], "\n".join(wrong)
    assert len(kinds) > 60
