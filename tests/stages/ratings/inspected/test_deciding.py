"""Rating by judgement, the panel's moves by two people, settling, reopening, and what became of the inputs since."""

import copy

import pytest
from django.db import IntegrityError, transaction

from inspectorate.methodology.lifecycle import Refusal as LifeRefusal
from inspectorate.methodology.refusals import RefusedError
from inspectorate.people.access import NotAllowedError
from inspectorate.ratings import actions
from inspectorate.ratings.models import Judgement, PanelMove, Settlement
from inspectorate.ratings.queries import is_current, latest_settlement, scored_inspection, standing_of
from inspectorate.ratings.rated import ratings_of
from inspectorate.ratings.refusals import Refusal
from inspectorate.ratings.resting import rests_on
from inspectorate.ratings.settled import verify
from inspectorate.record.models import Entry
from inspectorate.record.once import WrittenOnceError

from .conftest import ASSESSOR, AT, CHIEF, CONTACT, LEAD, LOCAL

pytestmark = pytest.mark.django_db
ORGANISATION = ("1.1", "1.2", "1.3", "1.4")


@pytest.fixture
def accepted(youth):
    return youth.accept()


def refused(code, action, **given):
    with pytest.raises(RefusedError) as error:
        action(**given)
    assert error.value.code == code, str(error.value)
    return str(error.value)


def rate_all(made, rating="good"):
    for standard in ORGANISATION:
        actions.rate_standard(
            inspection=made.inspection, standard=standard, rating=rating, reason="Seen and heard.", by=LEAD
        )


def movable(made):
    """Return a standard that the panel may move, its level by the rule, and another."""
    scored = scored_inspection(made.inspection)
    result = next(one.rule for one in ratings_of(scored, _Nowhere(), [], []) if one.grounds)
    other = next(level for level in result.step.bands.levels if level != result.band)
    return result.code, result.band.code, other.code


class _Nowhere:
    def account(self, _):
        return ""


def propose(made, by=LEAD, **changed):
    standard, _, to = movable(made)
    given = {"standard": standard, "to": to, "reason": "Two reports came late."} | changed
    return actions.propose_move(inspection=made.inspection, by=by, **given)


def decide(move, verdict="confirmed", by=CHIEF, reason="Agreed at the meeting."):
    return actions.decide_move(move=move, verdict=verdict, reason=reason, by=by)


# ---- by judgement ----


def test_a_rating_by_judgement_is_added_and_the_latest_counts(accepted):
    rate_all(accepted)
    actions.rate_standard(
        inspection=accepted.inspection, standard="1.1", rating="outstanding", reason="Board minutes.", by=LEAD
    )
    assert scored_inspection(accepted.inspection).result("1.1").band.code == "outstanding"
    assert list(Judgement.objects.filter(standard="1.1").order_by("number").values_list("rating", flat=True)) == [
        "good",
        "outstanding",
    ]
    actions.rate_standard(inspection=accepted.inspection, standard="1.1", rating="", reason="Too early.", by=LEAD)
    assert scored_inspection(accepted.inspection).result("1.1").band is None


def test_the_same_rating_sent_twice_is_one_version(accepted):
    for _ in range(2):
        actions.rate_standard(inspection=accepted.inspection, standard="1.1", rating="good", reason="Seen.", by=LEAD)
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"standard": "2.1"}, Refusal.STANDARD_UNKNOWN),
        ({"module": "police"}, Refusal.STANDARD_UNKNOWN),
        ({"rating": "splendid"}, Refusal.RATING_UNKNOWN),
        ({"reason": "  "}, Refusal.REASON_MISSING),
    ],
)
def test_a_rating_by_judgement_is_refused_by_name(accepted, changed, code):
    given = {"standard": "1.1", "rating": "good", "reason": "Seen."} | changed
    refused(code, actions.rate_standard, inspection=accepted.inspection, by=LEAD, **given)


def test_nobody_rates_before_the_sample_or_once_ratings_are_settled(accepted):
    for state in ("announced", "drafting"):
        accepted.at(state)
        given = {"standard": "1.1", "rating": "good", "reason": "Seen."}
        refused(Refusal.NOT_NOW, actions.rate_standard, inspection=accepted.inspection, by=LEAD, **given)


@pytest.mark.parametrize("by", [CHIEF, ASSESSOR, LOCAL, CONTACT])
def test_the_lead_alone_rates_proposes_and_settles(accepted, by):
    with pytest.raises(NotAllowedError):
        actions.rate_standard(inspection=accepted.inspection, standard="1.1", rating="good", reason="Seen.", by=by)
    with pytest.raises(NotAllowedError):
        propose(accepted, by=by)
    with pytest.raises(NotAllowedError):
        actions.settle_ratings(inspection=accepted.inspection, by=by)
    with pytest.raises(NotAllowedError):
        actions.withdraw_move(move=propose(accepted), reason="No.", by=by)


def test_what_was_judged_and_settled_is_written_once(accepted):
    rate_all(accepted)
    settlement = actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    for one in (Judgement.objects.first(), settlement):
        for change in (
            one.save,
            one.delete,
            type(one).objects.all().delete,
            lambda m=one: type(m).objects.update(number=9),
        ):
            with pytest.raises(WrittenOnceError):
                change()


# ---- the panel ----


def test_f62_a_move_takes_two_people_and_both_results_are_kept(accepted):
    rate_all(accepted)
    standard, before, to = movable(accepted)
    move = propose(accepted)
    assert scored_inspection(accepted.inspection).result(standard).band.code == before
    decide(move)
    scored = scored_inspection(accepted.inspection)
    assert (scored.result(standard).band.code, scored.ruled(standard).band.code) == (to, before)
    assert "moved by the panel; the rule gave" in scored.result(standard).account.sentence
    assert scored.moved[standard].people == ("Rhian Lead", "Carys Chief")
    overall = scored.overall
    assert any(f"{standard} counts as" in line.text for line in overall.account.lines)
    points = overall.step.points.of
    assert overall.points == sum(points[scored.result(code).band.code] for code in overall.step.of)


def test_a_move_that_is_declined_moves_nothing_and_stays(accepted):
    standard, before, _ = movable(accepted)
    move = decide(propose(accepted), "declined")
    assert scored_inspection(accepted.inspection).result(standard).band.code == before
    assert (move.state, move.decided_by_name) == ("declined", "Carys Chief")
    assert propose(accepted).state == "proposed"


def test_a_move_that_is_taken_back_moves_nothing_and_stays(accepted):
    standard, before, _ = movable(accepted)
    move = decide(propose(accepted))
    actions.withdraw_move(move=move, reason="The meeting thought again.", by=LEAD)
    assert scored_inspection(accepted.inspection).result(standard).band.code == before
    assert PanelMove.objects.get().state == "withdrawn"
    refused(Refusal.MOVE_DECIDED, actions.withdraw_move, move=move, reason="Again.", by=LEAD)


def test_f62_nobody_decides_on_their_own_proposal(accepted, people):
    move = propose(accepted)
    with pytest.raises(NotAllowedError):
        decide(move, by=LEAD)
    PanelMove.objects.update(proposed_by_id=CHIEF[1])
    refused(Refusal.SAME_PERSON, decide, move=move)
    assert people


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"standard": "1.1"}, Refusal.NO_GROUNDS),
        ({"standard": "overall"}, Refusal.STANDARD_UNKNOWN),
        ({"to": "splendid"}, Refusal.RATING_UNKNOWN),
        ({"reason": " "}, Refusal.REASON_MISSING),
    ],
)
def test_a_move_is_refused_by_name(accepted, changed, code):
    refused(code, propose, made=accepted, **changed)


def test_a_second_move_of_a_rating_waits_for_the_first(accepted):
    move = propose(accepted)
    refused(Refusal.MOVE_STANDING, propose, made=accepted)
    refused(Refusal.REASON_MISSING, decide, move=move, reason=" ")
    decide(move)
    refused(Refusal.MOVE_DECIDED, decide, move=move)
    refused(Refusal.MOVE_STANDING, propose, made=accepted)


def test_the_panel_moves_ratings_only_while_they_are_decided(accepted):
    move = propose(accepted)
    accepted.at("drafting")
    refused(Refusal.NOT_NOW, propose, made=accepted)
    refused(Refusal.NOT_NOW, decide, move=move)
    refused(Refusal.NOT_NOW, actions.withdraw_move, move=move, reason="No.", by=LEAD)


def test_a_move_lapses_when_the_rating_comes_out_otherwise(accepted):
    move = propose(accepted)
    PanelMove.objects.update(basis={**move.basis, "band": "another"})
    refused(Refusal.MOVE_LAPSED, decide, move=move)
    PanelMove.objects.update(
        state="confirmed", decided_at=AT, decided_by_kind="user", decided_by_id=CHIEF[1], decision_reason="Yes."
    )
    assert scored_inspection(accepted.inspection).moved == {}
    refused(LifeRefusal.PANEL_UNDECIDED, actions.settle_ratings, inspection=accepted.inspection, by=LEAD)


# ---- settling ----


def test_f62_settled_ratings_hold_every_figure_and_come_out_the_same(accepted):
    rate_all(accepted)
    decide(propose(accepted))
    settlement = actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    accepted.inspection.refresh_from_db()
    assert (accepted.inspection.state, settlement.number) == ("drafting", 1)
    assert (latest_settlement(accepted.inspection), is_current(settlement)) == (settlement, True)
    settlement = Settlement.objects.get()
    scored, payload = scored_inspection(accepted.inspection), settlement.payload
    assert [one["code"] for one in payload["scores"]] == [one.code for one in scored.shares]
    assert [one["band"] for one in payload["standards"]] == [one.band.code for one in scored.standards]
    assert payload["overall"]["band"] == scored.overall.band.code
    assert payload["overall"]["points"] == sum(one["points"] or 0 for one in payload["standards"])
    (moved,) = [one for one in payload["standards"] if one["moved"]]
    assert moved["moved"]["people"] == ["Rhian Lead", "Carys Chief"]
    assert (moved["rule"], moved["band"]) == (scored.ruled(moved["code"]).band.code, moved["moved"]["to"])
    assert (payload["cases"], payload["listed"], len(payload["findings"])) == (9, 42, len(scored.findings))
    assert [one["value"] for one in payload["by"]["provider"]] == sorted(scored.by("provider"))
    found = verify(settlement)
    assert (found.is_same, found.differences) == (True, ())
    assert found.figures > 1000


def test_a_figure_that_was_tampered_with_is_named(accepted):
    settlement = actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    changed = copy.deepcopy(settlement.payload)
    changed["scores"][0]["sufficient"] += 1
    settlement.payload = changed
    (difference,) = verify(settlement).differences
    assert difference.startswith(f"scores / {changed['scores'][0]['code']} / sufficient: settled as")


def test_figures_come_out_the_same_whatever_became_of_the_assessments_since(accepted):
    settlement = actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    accepted.put("returned")
    assert scored_inspection(accepted.inspection).cases == 0
    assert verify(settlement).is_same


def test_a_return_after_a_provisional_rating_makes_it_out_of_date_and_it_is_settled_again(accepted):
    rate_all(accepted)
    first = actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    reference = next(iter(accepted.assessments))
    accepted.put("returned", reference)
    assert not is_current(first)
    assert standing_of(accepted.inspection, rests_on(accepted.inspection)).changed == (
        "1 assessment was returned since",
    )
    actions.reopen_ratings(inspection=accepted.inspection, reason="A judgement was corrected.", by=LEAD)
    refused(LifeRefusal.CASES_NOT_ACCEPTED, actions.settle_ratings, inspection=accepted.inspection, by=LEAD)
    accepted.accept(reference)
    second = actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    assert (second.number, is_current(second)) == (2, True)
    assert list(Settlement.objects.order_by("number")) == [first, second]


def test_ratings_are_not_settled_while_a_move_waits_nor_twice_nor_with_faults(accepted):
    move = propose(accepted)
    refused(LifeRefusal.PANEL_UNDECIDED, actions.settle_ratings, inspection=accepted.inspection, by=LEAD)
    assert Settlement.objects.count() == 0
    actions.withdraw_move(move=move, reason="Not needed.", by=LEAD)
    actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    refused(LifeRefusal.NOT_FROM_HERE, actions.settle_ratings, inspection=accepted.inspection, by=LEAD)
    refused(LifeRefusal.REASON_MISSING, actions.reopen_ratings, inspection=accepted.inspection, reason=" ", by=LEAD)


def test_an_accepted_assessment_that_cannot_be_scored_is_not_settled(accepted):
    assessment = next(iter(accepted.assessments.values()))
    held = assessment.entries.filter(part="answer").first()
    accepted.send(assessment, accepted.entry(held.question, held.value))
    refused(Refusal.NOT_SCORED, actions.settle_ratings, inspection=accepted.inspection, by=LEAD)


def test_everything_that_was_decided_is_in_the_record(accepted):
    rate_all(accepted)
    decide(propose(accepted))
    actions.settle_ratings(inspection=accepted.inspection, by=LEAD)
    verbs = Entry.objects.filter(stream__public_id=accepted.inspection.public_id).values_list("verb", flat=True)
    wanted = {"standard.rated", "move.proposed", "move.confirmed", "inspection.settle_ratings"}
    assert wanted <= set(verbs)


# ---- what the database holds ----


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        (
            "ratings_move_state_is_known",
            {"state": "odd", "decided_at": AT, "decision_reason": "No.", "decided_by_kind": "user"}
            | {"decided_by_id": CHIEF[1]},
        ),
        ("ratings_move_has_a_reason", {"reason": ""}),
        ("ratings_move_moves", {"to_level": "good", "from_level": "good"}),
        ("ratings_decided_by_somebody_with_a_reason", {"state": "confirmed"}),
        ("ratings_withdrawn_with_a_reason", {"state": "withdrawn"}),
        (
            "ratings_decided_by_a_second_person",
            {"state": "declined", "decided_at": AT, "decision_reason": "No.", "decided_by_kind": "user"}
            | {"decided_by_id": LEAD[1]},
        ),
    ],
)
def test_the_database_holds_what_a_move_must_be(accepted, name, changed):
    propose(accepted)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PanelMove.objects.update(**changed)


def test_the_database_holds_one_standing_move_one_version_and_one_number(accepted):
    move = propose(accepted)
    rate_all(accepted)
    twice = PanelMove.objects.get(pk=move.pk)
    twice.pk, twice.public_id = None, "f" * 32
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)
    version = Judgement.objects.first()
    facts = {"inspection": accepted.inspection, "standard": version.standard, "judged_at": AT, "judged_by_id": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.create(**facts, number=version.number, reason="Twice.")
    with pytest.raises(IntegrityError, match="ratings_judgement_has_a_reason"), transaction.atomic():
        Judgement.objects.create(**facts, number=99, reason="")
    with pytest.raises(IntegrityError, match="ratings_judgement_number_from_one"), transaction.atomic():
        Judgement.objects.create(**facts, number=0, reason="Seen.")


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("ratings_settlement_number_from_one", {"number": 0}),
        ("ratings_settlement_has_a_digest", {"inputs_digest": "G" * 64}),
        ("ratings_one_settlement_a_number", {"number": 1}),
    ],
)
def test_the_database_holds_what_a_settlement_must_be(accepted, name, changed):
    facts = {"inspection": accepted.inspection, "payload": {}, "rests_on": {}, "inputs": b"", "settled_at": AT}
    facts |= {"inputs_digest": "a" * 64}
    Settlement.objects.create(**facts, number=1)
    match = name if name != "ratings_one_settlement_a_number" else None
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        Settlement.objects.create(**(facts | {"number": 2} | changed))
