"""Answers: rows in, faults out. What a file of judgements says, as one small matrix for each kind of case.

Nothing is half scored: either every row is understood and complete, or every fault is told with its row and column.
"""

from inspectorate.methodology.answers.matrix import Answers, KindAnswers
from inspectorate.methodology.answers.read import read_answers
from inspectorate.methodology.answers.wide import HELP, is_wide, may_be_wide, read_wide

__all__ = ["HELP", "Answers", "KindAnswers", "is_wide", "may_be_wide", "read_answers", "read_wide"]
