"""The acts that take two people, each with what a test does with it: asked, agreed to, taken back, done again."""

from datetime import UTC, datetime, timedelta

from inspectorate.fieldwork.actions import (
    agree_to_reopen_fieldwork,
    ask_to_reopen_fieldwork,
    decline_to_reopen_fieldwork,
)
from inspectorate.inspections.actions import agree_to_export, ask_for_export, decline_export
from inspectorate.inspections.models import Export, Inspection
from inspectorate.people.models import Role, User
from inspectorate.publication.actions import confirm_release, propose_release, take_back_release
from inspectorate.publication.models import Release
from inspectorate.ratings.actions import decide_move, propose_move, withdraw_move
from inspectorate.ratings.models import PanelMove
from inspectorate.ratings.queries import scored_inspection
from inspectorate.ratings.rated import ratings_of
from inspectorate.record.models import Entry
from inspectorate.reports.actions import agree_to_reopen, ask_to_reopen, decline_to_reopen, sign_off_report
from inspectorate.reports.models import Reopening
from inspectorate.sampling.actions import (
    ListedCase,
    decide_proposal,
    enter_list,
    propose_extension,
    propose_replacement,
    settle_list,
)
from inspectorate.sampling.models import DrawnCase, Proposal
from tests.stages.conftest import CHIEF, LEAD, make_inspection, make_people, make_trust
from tests.stages.ratings.inspected.conftest import made_inspection
from tests.stages.reports.conftest import make_draft, make_drafting, make_written, to_state

SECOND_CHIEF = ("user", "a-second-chief-inspector")


class Act:
    """One of them. ``done`` says how often it took effect, by the record; ``again`` makes ready for another round."""

    verb = ""

    def __init__(self):
        make_people()
        told = {"username": SECOND_CHIEF[1], "email": "second@example.org", "role": Role.CHIEF_INSPECTOR}
        User.objects.create(public_id=SECOND_CHIEF[1], first_name="Sian", **told)
        self.inspection = self.made()

    def made(self):
        return make_inspection(make_trust())

    def done(self):
        return Entry.objects.filter(verb=self.verb).count()

    def again(self):
        raise NotImplementedError


class ReopeningFieldwork(Act):
    verb = "inspection.reopen_fieldwork"

    def made(self):
        return to_state(super().made(), "rating")

    def ask(self):
        ask_to_reopen_fieldwork(inspection=self.inspection, why="A case to look at again.", by=LEAD)

    def agree(self, by):
        agree_to_reopen_fieldwork(inspection=self.inspection, by=by)

    def withdraw(self):
        decline_to_reopen_fieldwork(inspection=self.inspection, why="Not needed.", by=LEAD)

    def again(self):
        to_state(self.inspection, "rating")

    def stands(self):
        return Inspection.objects.get().state == "fieldwork"


class ReopeningReport(Act):
    verb = "inspection.reopen_report"

    def made(self):
        inspection = super().made()
        make_draft(make_written(make_drafting(inspection)))
        sign_off_report(inspection=inspection, by=CHIEF)
        return inspection

    def ask(self):
        ask_to_reopen(inspection=self.inspection, reason="A figure is wrong.", by=LEAD)

    def agree(self, by):
        agree_to_reopen(inspection=self.inspection, by=by)

    def withdraw(self):
        decline_to_reopen(inspection=self.inspection, reason="It is right.", by=LEAD)

    def again(self):
        Reopening.objects.all().delete()
        to_state(self.inspection, "signed_off")

    def stands(self):
        return Inspection.objects.get().state == "drafting"


class Releasing(ReopeningReport):
    verb = "inspection.release"

    def ask(self):
        minute = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
        propose_release(inspection=self.inspection, visible_from=minute, by=LEAD)

    def agree(self, by):
        confirm_release(inspection=self.inspection, by=by)

    def withdraw(self):
        take_back_release(inspection=self.inspection, why="Not yet.", by=LEAD)

    def again(self):
        if Release.objects.open().exists():
            self.withdraw()

    def stands(self):
        released = Release.objects.open().filter(confirmed_at__isnull=False).exists()
        assert released == (Inspection.objects.get().state == "released")
        return released


class MovingRating(Act):
    verb = "move.confirmed"

    def made(self):
        sizes, listed = {"court": 5, "out_of_court": 4}, {"court": 30, "out_of_court": 12}
        made = made_inspection("youth/2018", sizes, listed, make_trust()).begin().at("rating").accept()
        scored = scored_inspection(made.inspection)
        result = next(one.rule for one in ratings_of(scored, self, [], []) if one.grounds)
        levels = result.step.bands.levels
        self.move = {"standard": result.code, "to": next(one.code for one in levels if one != result.band)}
        return made.inspection

    def account(self, _):
        return ""

    def ask(self):
        propose_move(inspection=self.inspection, reason="One case weighs too much.", by=LEAD, **self.move)

    def agree(self, by):
        decide_move(move=PanelMove.objects.latest("pk"), verdict="confirmed", reason="It does.", by=by)

    def withdraw(self):
        withdraw_move(move=PanelMove.objects.latest("pk"), reason="It does not.", by=LEAD)

    def again(self):
        PanelMove.objects.all().delete()

    def stands(self):
        return PanelMove.objects.filter(state="confirmed").exists()


class ReplacingCase(Act):
    verb = "sample.case-replaced"

    def made(self):
        inspection = to_state(super().made(), "announced")
        cases = [ListedCase(f"L{number:03d}", stratum="high") for number in range(1, 81)]
        settle_list(case_list=enter_list(inspection=inspection, kind="case", cases=cases, by=LEAD), by=LEAD)
        inspection.refresh_from_db()
        self.order = 0
        return inspection

    def ask(self):
        place = DrawnCase.objects.get(role="drawn", order=self.order + 1)
        propose_replacement(drawn_case=place, why="The building was flooded.", by=LEAD)

    def agree(self, by):
        decide_proposal(proposal=Proposal.objects.latest("pk"), agree=True, by=by)

    def withdraw(self):
        decide_proposal(proposal=Proposal.objects.latest("pk"), agree=False, by=LEAD)

    def again(self):
        self.order += 1

    def stands(self):
        agreed = Proposal.objects.latest("pk").decision == "agreed"
        assert agreed == hasattr(DrawnCase.objects.get(role="drawn", order=self.order + 1), "replaced_by")
        return agreed


class ExtendingSample(ReplacingCase):
    verb = "sample.extended"

    def ask(self):
        listed = self.inspection.case_lists.get()
        propose_extension(case_list=listed, cases=1, why="A second unit.", by=LEAD)

    def again(self):
        Proposal.objects.filter(decision="").delete()

    def stands(self):
        return Proposal.objects.latest("pk").decision == "agreed"


class Exporting(Act):
    verb = "export.agreed"

    def ask(self):
        ask_for_export(inspection=self.inspection, why="For the archive.", by=LEAD)

    def agree(self, by):
        agree_to_export(export=Export.objects.latest("pk"), by=by)

    def withdraw(self):
        decline_export(export=Export.objects.latest("pk"), by=LEAD)

    def again(self):
        Export.objects.all().delete()

    def stands(self):
        held = Export.objects.latest("pk")
        return held.agreed_at is not None and held.ended_at is None


ACTS = (
    ReopeningFieldwork,
    ReopeningReport,
    MovingRating,
    Releasing,
    ReplacingCase,
    ExtendingSample,
    Exporting,
)
