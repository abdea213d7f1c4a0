"""The link between an account here and an identity of the organisation's provider."""

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from inspectorate.people.access import NotAllowedError, require
from inspectorate.people.actions.accounts import STREAM
from inspectorate.people.models import User
from inspectorate.people.refusals import Refusal, RefusedError
from inspectorate.record.actions import append

PROVIDER = "organisation"
LONGEST_SUBJECT = 191


@transaction.atomic
def link_identity(*, user: User, subject: str, by: tuple[str, str]) -> SocialAccount:
    """Let somebody sign in as whom the identity provider calls ``subject``; it holds in place of a link before.

    Refused: another person's, but for the system; no subject; one that is linked to somebody else.
    """
    require(by, "account.own")
    if by != user.name and by[0] != "system":
        raise NotAllowedError("An identity is linked by whoever it is of, or by the operator on the server.")
    held = User.objects.select_for_update().get(pk=user.pk)
    if not 0 < len(subject.strip()) <= LONGEST_SUBJECT:
        raise RefusedError(Refusal.SUBJECT_UNKNOWN, "Give what the identity provider calls them, its 'sub'.")
    SocialAccount.objects.filter(user=held, provider=PROVIDER).delete()
    try:
        with transaction.atomic():
            made: SocialAccount = SocialAccount.objects.create(user=held, provider=PROVIDER, uid=subject.strip())
    except IntegrityError as error:
        raise RefusedError(Refusal.TIED_ALREADY, "That identity is linked to somebody else already.") from error
    append(stream=STREAM, by=by, verb="people.identity_linked", subject=held.name, payload={"subject": made.uid})
    return made
