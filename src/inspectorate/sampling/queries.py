"""Readings of lists and samples: which lists count, which cases are in the sample now, what is left in the reserve."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, Q, QuerySet

from inspectorate.inspections.models import Inspection
from inspectorate.inspections.queries import bars_from_the_body, by_team
from inspectorate.methodology.sampling.draw import place
from inspectorate.people.access import Person
from inspectorate.people.models import Tie
from inspectorate.record.queries import entries_of
from inspectorate.register.models import Body
from inspectorate.register.queries import barred_bodies, open_teams
from inspectorate.sampling.intake import Asked
from inspectorate.sampling.models import Case, CaseList, DrawnCase, ListUpload
from inspectorate.sampling.plans import Planned, kinds_of

BODIES_OF_A_CASE = ("holder", "home", "host")
Facts = dict[str, str]
"""The characteristics of a case, by column."""


def current_lists(inspection: Inspection) -> "QuerySet[CaseList]":
    """Return the lists of an inspection, the latest version of each kind, with its sample."""
    return inspection.case_lists.filter(superseded_at__isnull=True).select_related("sample").order_by("pk")


def current_list(inspection: Inspection, kind: str) -> CaseList | None:
    """Return the latest version of the list of one kind; None where nothing was handed in."""
    return current_lists(inspection).filter(kind=kind).first()


def standing(case_list: CaseList | None) -> str:
    """Return how a list stands: the hash of the last entry about it, another one once anything of it has changed."""
    if case_list is None:
        return ""
    found = entries_of(("case-list", case_list.public_id)).order_by("-pk").values_list("hash", flat=True).first()
    return found or ""


def current_sample(inspection: Inspection) -> "QuerySet[Case]":
    """Return the cases that are in the samples of an inspection now: drawn or brought in later, and not replaced."""
    found = Case.objects.filter(came_into_sample(), case_list__inspection=inspection, drawn__replaced_by__isnull=True)
    return found.select_related("case_list")


def came_into_sample() -> Q:
    """Return what a case must meet that is or was in a sample: drawn, in the place of another, or by an extension."""
    return Q(drawn__role=DrawnCase.Role.DRAWN) | Q(drawn__replaces__isnull=False) | Q(drawn__extension__isnull=False)


def without_interest(cases: "QuerySet[Case]", person: Person) -> "QuerySet[Case]":
    """Leave out the cases in which a person has an interest: by a tie to the case, or to its holder, home or host.

    Where several providers are inspected, the contact of one sees the cases of that one, and those of no holder.
    """
    if person.is_contact:
        own = Q(holder__isnull=True)
        for role in BODIES_OF_A_CASE:
            own |= Q(**{f"{role}__public_id__in": person.works_for})
        cases = cases.filter(own)
    known, bodies = person.interests("case"), barred_bodies(person)
    barred = Q(public_id__in=known) if known else Q(pk__in=[])
    for role in BODIES_OF_A_CASE if bodies else ():
        barred |= Q(**{f"{role}__public_id__in": bodies})
    if not known and not bodies:
        return cases
    # A LEFT JOIN that finds no body compares as unknown, which ``exclude`` would drop: keep those by name.
    hidden = Case.objects.filter(barred)
    if open_teams(person):
        hidden = hidden.exclude(pk__in=_of_other_teams(person).exclude(public_id__in=known).values("pk"))
    return cases.exclude(pk__in=hidden.values("pk"))


def _of_other_teams(person: Person) -> "QuerySet[Case]":
    """Return the cases of a local assessor's own body that are none of their team's and not their own.

    Only where the programmes bar by team. A case of a team that is not registered, or in another spelling, is not
    among them.
    """
    held = Q(pk__in=[])
    for body, _, name in (one.partition(":") for one in open_teams(person)):
        held |= Q(holder__public_id=body, characteristics__ldu=name)
    elsewhere = Q(home__public_id__in=barred_bodies(person)) | Q(host__public_id__in=barred_bodies(person))
    found = Case.objects.filter(held, ~Exists(bars_from_the_body("case_list__inspection")))
    other = Case.objects.filter(elsewhere | Q(practitioner=initials_of(person)))
    return found.exclude(pk__in=other.values("pk"))


def initials_of(person: Person) -> str:
    """Return the initials of somebody, as a list gives those of the practitioner."""
    return "".join(word[0] for word in person.full_name.split()).upper()


def of_another_team(person: Person, case: Case) -> bool:
    """Say whether a case of a local assessor's own body is not of their team: as ``_of_other_teams`` has it."""
    teams = open_teams(person)
    if not teams or case.holder is None or not by_team(case.case_list.inspection):
        return False
    elsewhere = {body.public_id for body in (case.home, case.host) if body} & barred_bodies(person)
    known = f"{case.holder.public_id}:{case.characteristics.get('ldu', '')}" in teams
    return known and not elsewhere and case.practitioner != initials_of(person)


def has_interest(person: Person, case: Case) -> bool:
    """Say whether a case is not for a person to know of, as ``without_interest`` has it."""
    return not without_interest(Case.objects.filter(pk=case.pk), person).exists()


def hidden_from(person: Person, inspection: Inspection) -> frozenset[str]:
    """Return the public ids of the cases that a person may know nothing of; no query without a tie to a body."""
    if not barred_bodies(person) and not person.is_contact:
        return person.interests("case")
    every = Case.objects.filter(case_list__inspection=inspection)
    shown = without_interest(every, person).values("pk")
    return frozenset(every.exclude(pk__in=shown).values_list("public_id", flat=True))


def came_in(case_list: CaseList) -> list[DrawnCase]:
    """Return every place of a draw whose case is or was in the sample, in its order, with what brought it there."""
    inside = Q(role=DrawnCase.Role.DRAWN) | Q(replaces__isnull=False) | Q(extension__isnull=False)
    return list(
        DrawnCase.objects.filter(inside, sample__case_list=case_list)
        .select_related("case", "replaced_by__incoming__case", "replaces__outgoing__case", "extension")
        .order_by("role", "order")
    )


@lru_cache(maxsize=64)
def characteristics_of(list_id: str) -> tuple[Facts, ...]:
    """Return the characteristics of every case on a list that is drawn from, by its public id: it changes no more."""
    rows = Case.objects.filter(case_list__public_id=list_id, case_list__seed__isnull=False)
    return tuple(rows.values_list("characteristics", flat=True))


def lists_settled(inspection: Inspection) -> bool:
    """Say whether every kind of case of the inspection has a sample, or a list that says why there is none."""
    settled = set(
        current_lists(inspection)
        .filter(Q(sample__isnull=False) | Q(none_eligible_at__isnull=False))
        .values_list("kind", flat=True)
    )
    kinds = {planned.code for planned in kinds_of(inspection)}
    return bool(kinds) and kinds <= settled


def reserve_of(case_list: CaseList) -> "QuerySet[DrawnCase]":
    """Return what is left of the reserve, in the order of the draw."""
    return DrawnCase.objects.filter(
        sample__case_list=case_list,
        role=DrawnCase.Role.RESERVE,
        replaces__isnull=True,
        extension__isnull=True,
    ).order_by("order")


def uploads_seen_by(person: Person, inspection: Inspection) -> "QuerySet[ListUpload]":
    """Return the files handed in for the lists of an inspection that a person may know of.

    Where several providers share a list, a contact knows of those that came from the body they speak for: a file says
    which rows were not accepted.
    """
    found = ListUpload.objects.filter(case_list__inspection=inspection)
    if not person.is_contact or inspection.body_id is not None:
        return found
    colleagues = Tie.objects.filter(
        kind=Tie.Kind.WORKS_FOR, subject_kind="body", subject_id__in=person.works_for, user__role=person.role
    )
    return found.filter(uploaded_by_kind="user", uploaded_by_id__in=colleagues.values("user__public_id"))


def counts_by(case_list: CaseList, *columns: str) -> Sequence[dict[str, Any]]:
    """Return how many cases of a list there are by some columns, such as stratum and holder's name."""
    return list(case_list.cases.values(*columns).annotate(cases=Count("pk")).order_by(*columns))


def asked_of(inspection: Inspection, planned: Planned, person: Person) -> Asked:
    """Return what a person is asked for in a list of one kind: providers, living bodies, strata as they are spelled.

    A contact hands in the cases of the body they speak for, and of no other.
    """
    providers = Body.objects.filter(inspected_in__inspection=inspection).order_by("name")
    if person.is_contact:
        providers = providers.filter(public_id__in=person.works_for)
    listed = Case.objects.filter(case_list__in=current_lists(inspection).filter(kind=planned.code).values("pk"))
    strata = listed.order_by("stratum").values_list("stratum", flat=True).distinct()
    spelled = {stratum.casefold(): stratum for stratum in strata}
    return Asked(planned, list(providers), list(Body.objects.filter(ended_on__isnull=True)), spelled)


def draw_rows(case_list: CaseList) -> Iterator[tuple[object, ...]]:
    """Yield every case of a draw in its order: hash, whether drawn or reserve, and what became of it since."""
    places = (
        DrawnCase.objects.filter(sample__case_list=case_list)
        .order_by("role", "order")
        .select_related("case", "replaced_by__incoming__case", "replaces")
    )
    for one in places:
        hashed = place(case_list.seed or "", case_list.digest or "", one.case.reference)
        left = getattr(one, "replaced_by", None)
        came_in = one.role == DrawnCase.Role.DRAWN or one.extension_id is not None or hasattr(one, "replaces")
        yield (
            one.case.reference,
            case_list.kind,
            one.case.stratum,
            one.role,
            one.order,
            hashed,
            "yes" if came_in and left is None else "no",
            left.incoming.case.reference if left and left.incoming else "",
            left.reason if left else "",
        )
