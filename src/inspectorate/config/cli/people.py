"""``inspectorate people``: add somebody, such as the first chief inspector, or make a new link to set a password."""

import argparse
import getpass
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspectorate.people.models import User

OK, REFUSED = 0, 2
BY = ("system", "command-line")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``add``, ``link``, ``reset-factors`` and ``link-identity``."""
    doing = parser.add_subparsers(dest="doing", metavar="add|link|reset-factors|link-identity", required=True)
    add = doing.add_parser(
        "add",
        help="add somebody, and print the link by which they set their password",
        description="Add somebody, and print the link by which they set their password: once, and for three days.",
        epilog="example: inspectorate people add --email ann@example.org --name 'Ann Price' --role chief_inspector",
    )
    add.add_argument("--email", required=True, help="the address that they sign in with")
    add.add_argument("--name", required=True, help="the name as people say it")
    add.add_argument("--role", required=True, help="chief_inspector, lead_inspector, inspector and so on")
    add.add_argument("--ask-password", action="store_true", help="ask for a password here instead of printing a link")
    link = doing.add_parser(
        "link",
        help="print a new link to set a password",
        description="Print a new link by which somebody sets their password, where the last one was lost or is old.",
    )
    link.add_argument("--email", required=True, help="the address that they sign in with")
    reset = doing.add_parser(
        "reset-factors",
        help="print a link by which somebody who lost their second factor begins anew",
        description="Print a link, for a day, by which somebody takes away the second factors that they lost.",
    )
    reset.add_argument("--email", required=True, help="the address that they sign in with")
    reset.add_argument("--why", required=True, help="why, and how you made sure that it is them")
    identity = doing.add_parser(
        "link-identity",
        help="let somebody sign in by the organisation's identity provider",
        description="Let somebody sign in as the identity provider knows them, where it verifies no address.",
    )
    identity.add_argument("--email", required=True, help="the address of their account here")
    identity.add_argument("--subject", required=True, help="what the identity provider calls them: its 'sub'")
    for sub in (add, link, reset):
        sub.add_argument(
            "--address", default="", help="where this installation is reached, such as https://inspect.example"
        )


def run(arguments: argparse.Namespace) -> int:
    """Do it, and return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectorate.config.settings")
    import django  # noqa: PLC0415 - Django loads only for commands that need it

    django.setup()
    from django.db import DatabaseError  # noqa: PLC0415 - the same

    from inspectorate.methodology.refusals import RefusedError  # noqa: PLC0415 - the same

    try:
        return {"add": _add, "link": _link, "reset-factors": _reset, "link-identity": _identity}[arguments.doing](
            arguments
        )
    except RefusedError as error:
        return _refuse(error.sentence)
    except DatabaseError as error:
        return _refuse(f"The database cannot be read ({error}). If it is new, run: inspectorate manage migrate")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _add(arguments: argparse.Namespace) -> int:
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 - after Django is set up

    hashed = ""
    if arguments.ask_password:
        password = _asked()
        if password is None:
            return REFUSED
        hashed = make_password(password)
    user = _added(arguments, hashed)
    print(f"{user.full_name} is {user.get_role_display().lower()} and signs in with {user.email}.")
    return OK if hashed else _print_link(user, arguments.address)


def _added(arguments: argparse.Namespace, hashed: str) -> "User":
    """Add somebody; the first of all makes a new installation, which asks for every clearance from then on."""
    from django.db import transaction  # noqa: PLC0415 - after Django is set up

    from inspectorate.people.actions import add_person, require_all  # noqa: PLC0415 - the same
    from inspectorate.people.models import User  # noqa: PLC0415 - the same

    with transaction.atomic():
        first = not User.objects.exists()
        user = add_person(email=arguments.email, name=arguments.name, role=arguments.role, by=BY, password_hash=hashed)
        if first:
            require_all(why="A new installation asks for it from its first day.", by=BY)
    return user


def _asked() -> str | None:
    """Ask for a password twice; None where it does not do, with the reason on the terminal."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - after Django is set up
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - the same

    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        _refuse("The two passwords are not the same: nobody was added.")
        return None
    try:
        validate_password(password)
    except ValidationError as error:
        _refuse(f"{' '.join(error.messages)} Nobody was added.")
        return None
    return password


def _link(arguments: argparse.Namespace) -> int:
    user = _found(arguments.email)
    return _print_link(user, arguments.address) if user else REFUSED


def _reset(arguments: argparse.Namespace) -> int:
    from inspectorate.people.actions import offer_reset  # noqa: PLC0415 - after Django is set up

    user = _found(arguments.email)
    if user is None:
        return REFUSED
    path = offer_reset(user=user, why=arguments.why, by=BY)
    print(f"They begin anew here, once and within a day, with their password:\n{_usual(arguments.address)}{path}")
    return OK


def _identity(arguments: argparse.Namespace) -> int:
    from inspectorate.people.actions import link_identity  # noqa: PLC0415 - after Django is set up

    user = _found(arguments.email)
    if user is None:
        return REFUSED
    link_identity(user=user, subject=arguments.subject, by=BY)
    print(f"{user.full_name} may sign in by the identity provider, as {arguments.subject}.")
    return OK


def _found(email: str) -> "User | None":
    from inspectorate.people.models import User  # noqa: PLC0415 - after Django is set up

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        _refuse(f"Nobody signs in with {email}: see the list of people at /people/.")
    return user


def _print_link(user: "User", address: str) -> int:
    from inspectorate.people.actions import invite  # noqa: PLC0415 - after Django is set up

    link = f"{_usual(address)}{invite(user=user, by=BY)}"
    print(f"They set their password here, once and within three days:\n{link}")
    return OK


def _usual(address: str) -> str:
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    return address or f"{'https' if settings.HTTPS else 'http'}://{settings.ALLOWED_HOSTS[0]}"
