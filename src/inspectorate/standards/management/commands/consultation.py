"""``inspectorate manage consultation WORD``: open one; read, show, hide, answer or erase comments; a review."""

from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inspectorate.standards import actions
from inspectorate.standards.models import Comment, ReviewKind
from inspectorate.standards.queries.consultation import waiting_comments
from inspectorate.standards.queries.shelf import UnknownError

OPERATOR = ("system", "operator")


def _moment(words: str) -> datetime:
    found = datetime.fromisoformat(words)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class Command(BaseCommand):
    """Whoever runs this has the machine: until there are accounts, that is who may decide and answer."""

    help = "Open a consultation on an edition, show and answer its comments, and write down reviews."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a word and what it needs."""
        words = parser.add_subparsers(dest="word", required=True)
        opening = words.add_parser("open", help="put an edition out for comment")
        opening.add_argument("edition")
        opening.add_argument("--opens", type=_moment, required=True, help="such as 2026-12-01 or 2026-12-01T09:00")
        opening.add_argument("--closes", type=_moment, required=True)
        opening.add_argument("--lead", required=True, help="what is asked, and what will come of it")
        words.add_parser("waiting", help="list the comments that nobody has decided on").add_argument("edition")
        words.add_parser("show", help="show a comment").add_argument("comment")
        hiding = words.add_parser("hide", help="keep a comment from being shown")
        hiding.add_argument("comment")
        hiding.add_argument("--why", required=True)
        answering = words.add_parser("answer", help="answer a comment in public")
        answering.add_argument("comment")
        answering.add_argument("--text", required=True)
        answering.add_argument("--signed", required=True, help="the name or office that stands under it")
        erasing = words.add_parser("erase", help="erase what a comment says and who wrote it, for good")
        erasing.add_argument("comment")
        erasing.add_argument("--why", required=True, help="goes on record: name nothing that is to be forgotten")
        erasing.add_argument("--answers", action="store_true", help="erase its answers as well")
        review = words.add_parser("review", help="write down what a pilot or a mid-programme review taught")
        review.add_argument("edition")
        review.add_argument("--kind", choices=ReviewKind.values, required=True)
        review.add_argument("--held-on", type=date.fromisoformat, required=True)
        review.add_argument("--learned", required=True)
        review.add_argument("--signed", required=True)

    def handle(self, *_: Any, **given: Any) -> None:
        """Do it, and say so; a refusal is told in a sentence."""
        try:
            self.stdout.write(getattr(self, f"_{given['word']}")(given))
        except (actions.NotDoneError, UnknownError) as refused:
            raise CommandError(f"Not done: {refused}") from refused
        except Comment.DoesNotExist as unknown:
            raise CommandError("There is no such comment: 'waiting' lists them.") from unknown

    def _open(self, given: dict[str, Any]) -> str:
        times = {"opens_at": given["opens"], "closes_at": given["closes"]}
        made = actions.open_consultation(edition=given["edition"], lead=given["lead"], by=OPERATOR, **times)
        return f"/editions/{made.edition}/consultation/ takes comments until {made.closes_at:%Y-%m-%d %H:%M} UTC."

    def _waiting(self, given: dict[str, Any]) -> str:
        lines = [f"{one.public_id} {one.clause or '-'} {one.text}" for one in waiting_comments(given["edition"])]
        return "\n".join(lines) or "Nothing waits."

    def _show(self, given: dict[str, Any]) -> str:
        actions.decide(comment=self._comment(given), shown=True, by=OPERATOR)
        return "Shown."

    def _hide(self, given: dict[str, Any]) -> str:
        actions.decide(comment=self._comment(given), shown=False, why=given["why"], by=OPERATOR)
        return "Not shown."

    def _answer(self, given: dict[str, Any]) -> str:
        actions.answer(comment=self._comment(given), text=given["text"], signed=given["signed"], by=OPERATOR)
        return "Answered."

    def _erase(self, given: dict[str, Any]) -> str:
        actions.erase_comment(comment=self._comment(given), why=given["why"], answers_too=given["answers"], by=OPERATOR)
        return "Erased, for good."

    def _review(self, given: dict[str, Any]) -> str:
        fields = {name: given[name] for name in ("edition", "kind", "held_on")}
        actions.record_review(**fields, learned=(given["learned"], given["signed"]), by=OPERATOR)
        return "Written down."

    def _comment(self, given: dict[str, Any]) -> Comment:
        return Comment.objects.select_related("consultation").get(public_id=given["comment"])
