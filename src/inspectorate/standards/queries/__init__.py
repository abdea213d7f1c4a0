"""What the pages of the editions show: each function answers one page or one file.

Editions are files, so none of this asks the database. ``root`` is the folder of all editions; without one it is the
folder that ships with the product.
"""

from inspectorate.methodology.faults import Refused
from inspectorate.standards.queries.compared import ComparisonAsked, comparison_page
from inspectorate.standards.queries.criteria import criteria_page
from inspectorate.standards.queries.examples import examples_page
from inspectorate.standards.queries.front import edition_page
from inspectorate.standards.queries.listed import EditionsAsked, editions_page
from inspectorate.standards.queries.questions import QuestionsAsked, question_page, questions_page
from inspectorate.standards.queries.shelf import UnknownError

__all__ = [
    "ComparisonAsked",
    "EditionsAsked",
    "QuestionsAsked",
    "Refused",
    "UnknownError",
    "comparison_page",
    "criteria_page",
    "edition_page",
    "editions_page",
    "examples_page",
    "question_page",
    "questions_page",
]
