"""The link between an account here and an identity of the organisation's provider."""

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction

from inspectorate.people.access import NotAllowedError, require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.identity_key import identity_key
from inspectorate.people.models import User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.actions import append

PROVIDER = "organisation"
LONGEST_SUBJECT = 255


@transaction.atomic
def link_identity(*, user: User, subject: str, by: tuple[str, str]) -> SocialAccount:
    """Let somebody sign in as whom the identity provider calls ``subject``; it holds in place of a link before.

    It is a link to the provider that is set now, and opens nothing where another takes its place.

    Refused: another person's, but for the system; no subject; one that is linked to somebody else.
    """
    require(by, "account.own")
    if by != user.name and by[0] != "system":
        raise NotAllowedError("An identity is linked by whoever it is of, or by the operator on the server.")
    held = User.objects.select_for_update().get(pk=user.pk)
    subject = subject.strip()
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise RefusedError(Refusal.SUBJECT_UNKNOWN, "Give what the identity provider calls them, its 'sub'.")
    SocialAccount.objects.filter(user=held, provider=PROVIDER).delete()
    try:
        with transaction.atomic():
            given = {"user": held, "provider": PROVIDER, "uid": identity_key(settings.OIDC_SERVER, subject)}
            made: SocialAccount = SocialAccount.objects.create(**given)
    except IntegrityError as error:
        raise RefusedError(Refusal.TIED_ALREADY, "That identity is linked to somebody else already.") from error
    append(stream=STREAM, by=by, verb="people.identity_linked", subject=held.name, payload={"subject": subject})
    return made
