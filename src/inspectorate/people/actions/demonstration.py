"""The invented people of a demonstration: made once, with one password that this installation keeps."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from inspectorate.people.access import require
from inspectorate.people.actions.accounts import STREAM, add_person
from inspectorate.people.actions.clearances import NewClearance, record_clearance, require_all
from inspectorate.people.demonstration import ENDS, PEOPLE, address_of, password_made
from inspectorate.people.models import Clearance, User
from inspectorate.people.needed import EDITION, programmes
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.actions import append


@transaction.atomic
def load_demonstration(*, by: tuple[str, str]) -> list[User]:
    """Make the invented people who are not there yet, and return all of them in the order of ``PEOPLE``.

    Their one password is made at the first start. Where the file of it is lost, or is another's, they get a new one.
    Refused where the installation is real: invented people would open it.
    """
    require(by, "people.manage")
    if not settings.DEMONSTRATION:
        sentence = "This installation is real: set INSPECTORATE_DEMONSTRATION to true first."
        raise RefusedError(Refusal.NOT_A_DEMONSTRATION, sentence)
    there = {user.email: user for user in User.objects.filter(demonstration=True)}
    password = password_made()
    fits = [user.password for user in there.values() if user.password]
    same = len(set(fits)) == 1 and check_password(password, fits[0])
    hashed = fits[0] if same else make_password(password)
    if there and not same:
        User.objects.filter(demonstration=True).update(password=hashed)
        append(stream=STREAM, by=by, verb="people.password", subject=STREAM, payload={"of": "demonstration"})
    return [
        there.get(address_of(name))
        or add_person(email=address_of(name), name=name, role=role, by=by, demonstration=True, password_hash=hashed)
        for name, role in PEOPLE
    ]


@transaction.atomic
def load_demonstration_clearances(*, editions: Collection[str], by: tuple[str, str]) -> int:
    """Give the invented people the clearances and the training they need for these editions, and ask for them.

    One has a clearance that ends within the sixty days of the warning, and one a training that has ended: see ``ENDS``.
    What somebody was given stays as it is. Returns how many were written down.
    """
    require(by, "clearances.record")
    given = set(Clearance.objects.filter(user__demonstration=True).values_list("user", "kind", "edition"))
    made = 0
    for user in User.objects.filter(demonstration=True).order_by("pk"):
        for kind in programmes().kinds.values():
            for edition in editions if kind.when == EDITION else ("",):
                if user.role in kind.roles and (user.pk, kind.code, edition) not in given:
                    record_clearance(user=user, clearance=_invented(user, kind.code, edition), by=by)
                    made += 1
    require_all(why="The demonstration shows what is asked for.", by=by)
    return made


def _invented(user: User, kind: str, edition: str) -> NewClearance:
    today = timezone.localdate()
    ends_in = ENDS.get((user.full_name, kind), 400)
    got, ends = today - timedelta(days=600), today + timedelta(days=ends_in)
    return NewClearance(kind, got, f"Invented: {kind.replace('_', ' ')} {user.pk:03d}", ends, edition)
