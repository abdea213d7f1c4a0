"""How one of several second factors is named in an address: by nothing from which their number could be told."""

from allauth.mfa.models import Authenticator
from django.utils.crypto import constant_time_compare, salted_hmac

from inspectorate.people.factors import PROVES, factors_of
from inspectorate.people.models import User


def key_of(factor: Authenticator) -> str:
    """Return the name of a factor in an address."""
    return salted_hmac("inspectorate.people.factor", str(factor.pk), algorithm="sha256").hexdigest()[:32]


def factor_named(user: User, key: str) -> Authenticator | None:
    """Return the factor of somebody that has this name, if they have it still."""
    theirs = (one for one in factors_of(user) if one.type in PROVES)
    return next((one for one in theirs if constant_time_compare(key_of(one), key)), None)
