"""The access matrix: every route, as everybody, in an inspection of one's own and in another's.

It is made from the routes: a new one is in it by itself, and fails without a rule. What should come out is worked out
here from ``RULES`` alone, apart from the code that asks them.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, path, reverse

from inspectorate.inspections.actions import agree_to_export, ask_for_export
from inspectorate.people.access import INTEREST, RULES, SELF
from inspectorate.people.asking import rule_page
from inspectorate.people.gate import OPENS
from tests.stages.config.access_world import ABSENT, KINDS, OTHER, OUT, OWN, PARAMETERS, Asking, make_world
from tests.stages.config.canaries import FOR, may_see, plant, seen_in

# Pages that anybody may read: what is published, what explains it, and the way in. Nothing of a running inspection.
PUBLIC = frozenset(
    {
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "factor_reset",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "desk:accessibility",
        "desk:openapi",
        "desk:record",
        "desk:record_head",
        "desk:record_verifier",
        "desk:start",
        "publication:account",
        "publication:feed",
        "publication:findings",
        "publication:report",
        "publication:result",
        "publication:result_csv",
        "publication:result_json",
        "publication:result_pdf",
        "publication:results",
        "publication:results_csv",
        "ratings:account",
        "ratings:beside_csv",
        "ratings:faults",
        "ratings:findings",
        "ratings:findings_csv",
        "ratings:findings_json",
        "ratings:findings_xlsx",
        "ratings:held",
        "ratings:judgements",
        "ratings:new",
        "ratings:refused",
        "ratings:scores",
        "ratings:scores_csv",
        "ratings:scores_json",
        "ratings:scores_pdf",
        "ratings:scores_xlsx",
        "ratings:sheet",
        "ratings:start",
        "ratings:template",
        "register:bodies",
        "register:bodies_csv",
        "register:body",
        "register:programme_year",
        "register:programme_year_csv",
        "register:programme_year_json",
        "register:programmes",
        "register:reports",
        "register:reports_csv",
        "register:sheet_csv",
        "register:sheets_csv",
        "register:year",
        "register:year_json",
        "register:year_sheet_csv",
        "register:year_sheets_csv",
        "register:years",
        "standards:comments_csv",
        "standards:compare",
        "standards:compare_csv",
        "standards:consultation",
        "standards:criteria",
        "standards:edition",
        "standards:edition_json",
        "standards:editions",
        "standards:editions_csv",
        "standards:examples",
        "standards:question",
        "standards:questions",
        "standards:questions_csv",
        "standards:questions_xlsx",
        "standards:xform",
        "ui:components",
        "upkeep:epoch",
    }
)
OF_AN_INSPECTION = "inspections/<str:public_id>/"
SIGN_IN, REFUSED, GONE, ALLOWED = "sign in", "refused", "as if it were not there", "allowed"


@dataclass(frozen=True)
class Route:
    """One address: its name, its pattern, its view, and what stands in it."""

    name: str
    pattern: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def rule(self):
        return getattr(self.view, "rule", None)

    @property
    def stage(self):
        return self.name.partition(":")[0] if ":" in self.name else "people"

    @property
    def relations(self):
        return frozenset(getattr(self.view, "relations", ()))


def routes(patterns, before="", namespace=""):
    for pattern in patterns:
        whole = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            names = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            outer = ("public_id",) if OF_AN_INSPECTION in before else ()
            yield Route(f"{namespace}{pattern.name}", whole, pattern.callback, (*outer, *names))
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, whole, inner)


def without_a_rule(found, public=PUBLIC):
    """Return the names of routes that nobody gave a rule, nor said to be public."""
    return sorted(route.name for route in found if route.rule not in RULES and route.name not in public)


def given(route, parameter):
    """Return what stands in an address under that name, or fail by name."""
    found = PARAMETERS.get(f"{route.name}.{parameter}", PARAMETERS.get(parameter))
    assert found is not None, (
        f"The route {route.name} has <{parameter}> in its address, and nobody knows what stands there: add it to "
        "PARAMETERS in access_world.py, or ABSENT for a thing that is not there."
    )
    return found


def address(route, asking):
    """Return the address for whoever asks, and whether it leads to a thing that is there."""
    values = {name: given(route, name) for name in route.parameters}
    made = {name: value(asking) if callable(value) else value for name, value in values.items()}
    return reverse(route.name, kwargs=made), ABSENT not in made.values()


def expected(route, kind, where):
    """Work out from the rules alone what should come out."""
    about = KINDS[kind]
    if not about.signed_in:
        return SIGN_IN
    in_inspection = route.pattern.startswith(OF_AN_INSPECTION)
    held = (tied(kind, where) if in_inspection else frozenset()) | route.relations

    def may(action):
        if about.lacks and action in OPENS:
            return False
        return INTEREST not in held and any((about.role, tie) in RULES[action].allowed for tie in ("", *held))

    if in_inspection and not may("inspection.read"):
        return GONE
    return ALLOWED if may(route.rule) else REFUSED


def tied(kind, where):
    """Return what ties somebody to one of the inspections."""
    return {OWN: KINDS[kind].ties, OUT: KINDS[kind].out}.get(where) or frozenset()


def leaks(kind, answer):
    """Yield each canary of an answer that the rules keep from whoever asked."""
    about = KINDS[kind]
    for what, where in sorted(seen_in(answer)):
        in_all = where == "all"
        held = frozenset() if in_all else tied(kind, where)
        if not about.signed_in or INTEREST in held or not may_see(what, held, kind, about.role):
            yield f"{what} of {where}"


def came_out(answer, *, there):
    """Say in a word what the answer means; an address of a thing that is not there is refused only by its rule."""
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/"):
        return SIGN_IN
    words = {403: REFUSED, 404: GONE if there else ALLOWED, 500: "broken"}
    return words.get(answer.status_code, ALLOWED)


def ask(client, where):
    """Ask for a page; where only sending is possible, send an empty form. What it changes is undone."""
    with transaction.atomic():
        answer = client.get(where)
        if answer.status_code == 405:
            answer = client.post(where)
        if answer.streaming:  # a file that is not read to its end stays open
            whole = b"".join(answer.streaming_content)
            answer.streaming_content = [whole]
        transaction.set_rollback(True)
    return answer


ALL = tuple(routes(get_resolver().url_patterns))
RULED = tuple(route for route in ALL if route.rule in RULES)


def test_every_route_has_a_rule_or_is_public_on_purpose():
    assert without_a_rule(ALL) == []


def test_nothing_is_said_to_be_public_that_has_a_rule_or_is_gone():
    assert sorted(PUBLIC - {route.name for route in ALL if route.rule is None}) == []


def wrong_answers(world, route):
    """Yield who gets something else from a route than the rules say."""
    for where in (OWN, OTHER, OUT) if route.pattern.startswith(OF_AN_INSPECTION) else (OWN,):
        for kind, client in world.clients.items():
            if where != OWN and (not KINDS[kind].signed_in or INTEREST in KINDS[kind].ties):
                continue  # to them the inspections are alike
            if where == OUT and KINDS[kind].out is None:
                continue  # to them it is as any other's
            here, there = address(route, Asking(world, kind, where))
            should = expected(route, kind, where)
            answer = ask(client, here)
            found = came_out(answer, there=there or should == GONE)
            if found != should:
                code = answer.status_code
                yield f"{route.name} ({route.rule}), {kind}, {where}: {found} ({code}), should be {should}"
            for canary in leaks(kind, answer) if SELF not in route.relations and route.name != "desk:me" else ():
                yield f"{route.name} ({route.rule}), {kind}, {where}: shows {canary}"


@pytest.mark.django_db
@pytest.mark.parametrize("stage", sorted({route.stage for route in RULED}))
def test_f40_f42_everybody_gets_what_the_rules_say_and_no_canary(stage, caplog, mailoutbox):
    world = make_world()
    plant(world)
    assert [line for route in RULED if route.stage == stage for line in wrong_answers(world, route)] == []
    said = caplog.text + "".join(str(mail.message()) for mail in mailoutbox)
    assert "canary" not in said  # F53: nor in a log or a letter


@pytest.mark.django_db
def test_f42_the_canaries_are_where_those_who_may_look_for_them():
    world = make_world()
    plant(world)
    home = world.inspections[OWN].get_absolute_url()
    case = world.cases[OWN, "lead inspector"].public_id
    pages = ["cases/", f"cases/{case}/check/", "list/case/", "report/", "report/sections/introduction/", "history/"]
    pages += ["recommendations/", "readings/", "evidence/", "ratings/"]
    found = set()
    for page in (*(home + one for one in pages), "/people/"):
        found |= {what for what, _ in seen_in(ask(world.clients["lead inspector"], page))}
    lead, chief = world.users["lead inspector"], world.users["chief inspector"]
    held = ask_for_export(inspection=world.inspections[OWN], why="To look into it", by=lead.name)
    agree_to_export(export=held, by=chief.name)
    answer = world.clients["lead inspector"].post(f"{home}export/{held.public_id}/everything.zip")
    found |= {what for what, _ in seen_in(answer)}
    person = f"/people/{world.users['inspector with an interest'].public_id}/"
    found |= {what for what, _ in seen_in(ask(world.clients["lead inspector"], person))}
    assert found == set(FOR)


@pytest.mark.django_db
def test_f53_an_error_page_says_nothing_of_what_went_wrong(settings):
    settings.ROOT_URLCONF = __name__
    answer = make_world().clients["lead inspector"].get("/broken/")
    assert (answer.status_code, seen_in(answer)) == (500, set())


@pytest.mark.django_db
def test_a_planted_page_with_a_canary_is_found(settings):
    settings.ROOT_URLCONF = __name__
    (route,) = (one for one in routes(urlpatterns) if one.name == "canary")
    told = list(wrong_answers(make_world(), route))
    assert "canary (account.own), auditor, own: shows evidence of own" in told
    assert [line for line in told if "chief inspector" in line or "lead inspector" in line] == []


@pytest.mark.django_db
def test_a_planted_view_that_lets_everybody_in_is_found(settings):
    settings.ROOT_URLCONF = __name__
    (route,) = (one for one in routes(urlpatterns) if one.name == "planted")
    told = list(wrong_answers(make_world(), route))
    assert "planted (people.manage), visitor, own: allowed (200), should be sign in" in told
    assert "planted (people.manage), inspector, other: allowed (200), should be as if it were not there" in told
    assert [line for line in told if "chief inspector" in line] == []


def open_view(_request, public_id):
    return HttpResponse(public_id)


def broken_view(_request):
    raise ValueError("canary-evidence-own")


@rule_page("account.own")
def canary_view(_request, _person):
    return HttpResponse("<p hidden>canary-evidence-own</p>")


open_view.rule = "people.manage"
urlpatterns = [
    path("inspections/<str:public_id>/planted/", open_view, name="planted"),
    path("broken/", broken_view, name="broken"),
    path("canary/", canary_view, name="canary"),
]


def test_a_planted_route_without_a_rule_is_found():
    planted = [path("inspections/<str:public_id>/planted/", lambda _request: None, name="planted")]
    assert without_a_rule(routes(planted)) == ["planted"]


def test_a_planted_route_with_a_rule_that_there_is_not_is_found():
    def view(_request):
        return None

    view.rule = "nobody.knows"
    assert without_a_rule(routes([path("planted/", view, name="planted")])) == ["planted"]


def test_a_planted_parameter_that_nobody_knows_is_named():
    (route,) = routes([path("inspections/<str:public_id>/<str:planted_thing>/", lambda _request: None, name="planted")])
    with pytest.raises(AssertionError, match="<planted_thing> in its address"):
        given(route, "planted_thing")


@pytest.mark.parametrize(
    ("kind", "where", "rule", "should"),
    [
        ("lead inspector", OWN, "case_list.freeze", ALLOWED),
        ("lead inspector", OTHER, "case_list.freeze", GONE),
        ("inspector", OWN, "case_list.freeze", REFUSED),
        ("inspector with an interest", OWN, "inspection.read", GONE),
        ("inspector without training", OWN, "assessment.list", ALLOWED),
        ("inspector without training", OWN, "assessment.write", REFUSED),
        ("body contact", OWN, "scores.read", REFUSED),
        ("chief inspector", OTHER, "scores.read", ALLOWED),
        ("visitor", OWN, "inspection.read", SIGN_IN),
    ],
)
def test_what_should_come_out_is_worked_out_from_the_rules(kind, where, rule, should):
    def view(_request):
        return None

    view.rule = rule
    (route,) = routes([path(f"{OF_AN_INSPECTION}x/", view, name="x")])
    assert expected(route, kind, where) == should
