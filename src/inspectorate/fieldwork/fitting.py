"""Whether a person may be given a case, and why not: asked by the page that shows it and by the action that does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspectorate.fieldwork.models import Allocation, Assessment
from inspectorate.fieldwork.queries import OPEN, interest_in, lacks_for, visible_sample
from inspectorate.fieldwork.refusals import Refusal
from inspectorate.inspections.models import Inspection, TeamMember
from inspectorate.people.access import Person, is_here, persons_of_users
from inspectorate.people.gate import in_words
from inspectorate.people.models import User
from inspectorate.sampling.models import Case

ALLOCATING = ("sampled", "fieldwork")
"""The states of an inspection in which cases are given to assessors."""
Wish = tuple[Case, User]


@dataclass(frozen=True)
class Unfit:
    """One case that was not given to one person, and why."""

    case: Case
    user: User
    code: Refusal
    sentence: str


class Look:
    """What has to be known of some wishes, asked once for all of them."""

    def __init__(self, inspection: Inspection, person: Person, wishes: Sequence[Wish]) -> None:
        ids = {case.pk for case, _ in wishes}
        self.sample: Mapping[int, Case] = {
            case.pk: case for case in visible_sample(person, inspection).filter(pk__in=ids)
        }
        team = TeamMember.objects.filter(inspection=inspection, left_at__isnull=True).select_related("user")
        self.team = {member.user_id for member in team if is_here(member.user)}
        allocations = Allocation.objects.filter(case__in=ids, ended_at__isnull=True)
        self.has = dict(allocations.values_list("case", "assessor"))
        open_ = Assessment.objects.filter(case__in=ids, purpose=Assessment.Purpose.LIVE, state__in=OPEN)
        self.under_way: dict[int, str] = dict(open_.values_list("case", "assessor_id"))
        self.people = persons_of_users({user for _, user in wishes})

    def lacking(self, wishes: Sequence[Wish]) -> list[str]:
        """Say of each person among these wishes what they lack to open what they are given; it stops nothing."""
        found: dict[tuple[str, str], None] = {}
        for case, user in wishes:
            if case.pk in self.sample:
                for one in lacks_for(self.people[user.pk], self.sample[case.pk]):
                    found[user.full_name, in_words(one)] = None
        return [f"{name} needs {words} before these cases open." for name, words in sorted(found)]

    def unfit(self, case: Case, user: User) -> Unfit | None:
        """Return why this person cannot have this case, or None."""
        in_sample = self.sample.get(case.pk)
        for bad, code, sentence in (
            (in_sample is None, Refusal.NOT_IN_SAMPLE, f"Case {case} is not in the sample now: choose one that is."),
            (
                user.pk not in self.team,
                Refusal.NOT_IN_THE_TEAM,
                f"{user.full_name} is not in the team: take them in first.",
            ),
            (
                in_sample is not None and interest_in(self.people[user.pk], in_sample),
                Refusal.HAS_AN_INTEREST,
                f"{user.full_name} has an interest in case {case}: give it to somebody else.",
            ),
            (
                self.has.get(case.pk) == user.pk,
                Refusal.ALREADY_ALLOCATED,
                f"{user.full_name} has case {case} already.",
            ),
            (
                self.under_way.get(case.pk, user.public_id) != user.public_id,
                Refusal.ASSESSMENT_UNDER_WAY,
                f"The assessment of case {case} has been begun: hand it over on the page of the case, with the reason.",
            ),
        ):
            if bad:
                return Unfit(case, user, code, sentence)
        return None
