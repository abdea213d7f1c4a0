"""The invented people of a demonstration: made once, with one password that this installation keeps."""

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from inspectorate.people.access import require
from inspectorate.people.actions.accounts import STREAM, add_person
from inspectorate.people.demonstration import PEOPLE, address_of, password_made
from inspectorate.people.models import User
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
