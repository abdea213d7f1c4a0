"""What each fault of an input means and what to do about it, in plain words: for the pages and for the reference."""

from dataclasses import dataclass

from inspectorate.methodology.faults import FaultCode


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A heading for faults of one kind, what they mean, and the remedy."""

    title: str
    meaning: str
    remedy: str


FAULTS: dict[FaultCode, FaultWords] = {
    FaultCode.MISSING_FILE: FaultWords(
        "A file is missing", "A file that was named is not there or cannot be opened.", "Check the name and the path."
    ),
    FaultCode.UNREADABLE: FaultWords(
        "A file cannot be read",
        "The file is no CSV in UTF-8, no plain .xlsx, or no JSON; or it is too large, protected, damaged, or holds "
        "macros, formulas or hidden sheets.",
        "Save it as CSV UTF-8 (comma delimited), or as .xlsx with values in one visible sheet.",
    ),
    FaultCode.WRONG_SHAPE: FaultWords(
        "A file has another shape",
        "The content is well formed, but is not arranged as it should be.",
        "Compare it with the example on this page.",
    ),
    FaultCode.NO_ROWS: FaultWords(
        "A file has no rows",
        "The file is empty, or has heads and nothing below them.",
        "Put the heads in the first row and the rows below.",
    ),
    FaultCode.MISSING_COLUMN: FaultWords(
        "A column is missing",
        "The first row lacks a head that is needed.",
        "Put the head into the first row, spelt as shown.",
    ),
    FaultCode.REPEATED_COLUMN: FaultWords(
        "A column stands there twice",
        "Two columns have the same head, so it is not clear which one is meant.",
        "Keep one of them, or give the other a different head.",
    ),
    FaultCode.UNEVEN_ROW: FaultWords(
        "Rows are longer or shorter than the heads",
        "A row has more or fewer cells than the first row.",
        "Look for a comma too many or too few; a text with a comma in it needs quotes around it.",
    ),
    FaultCode.EMPTY_CELL: FaultWords(
        "Cells are empty",
        "A cell that is needed is empty.",
        "Fill it, or take the row out.",
    ),
    FaultCode.UNKNOWN_QUESTION: FaultWords(
        "Questions that the edition does not have",
        "The code of the question is not in the edition that was chosen.",
        "Check the code, and that the right edition was chosen; the list of questions can be downloaded.",
    ),
    FaultCode.OUTSIDE_OPTIONS: FaultWords(
        "Answers outside the options",
        "The question does not have this answer among its options.",
        "Write one of the options of the question, as its code or in its words.",
    ),
    FaultCode.UNKNOWN_REASON: FaultWords(
        "Reasons that the question does not have",
        "A reason was ticked that the question does not offer.",
        "Write the codes of its reasons, separated by semicolons, or leave the cell empty.",
    ),
    FaultCode.REPEATED_ANSWER: FaultWords(
        "Questions answered twice", "The same case answers the same question in two rows.", "Keep one of the two rows."
    ),
    FaultCode.ROUTED_OUT: FaultWords(
        "Answers to questions that were not asked",
        "An earlier answer of the case rules this question out, so it must have no answer.",
        "Take the answer out, or correct the earlier one.",
    ),
    FaultCode.UNANSWERED: FaultWords(
        "Questions without an answer",
        "The question is asked of this case and has no answer: that is not the same as not applicable.",
        "Answer it; answer not applicable where the question offers that.",
    ),
    FaultCode.MIXED_KINDS: FaultWords(
        "Cases of two kinds",
        "A case answers questions of two kinds of case, or the list calls it another kind.",
        "Correct the reference, the question, or the kind on the list.",
    ),
    FaultCode.SECOND_ASSESSMENT: FaultWords(
        "Cases assessed twice",
        "A case has two assessments, and a case is scored once.",
        "Leave one of them out of the file; on the command line, choose one with --assessment.",
    ),
    FaultCode.CHOSEN_ASSESSMENT_MISSING: FaultWords(
        "Cases without the chosen assessment",
        "A case has several assessments, and none is the one that was chosen.",
        "Choose another, or leave the others out of the file.",
    ),
    FaultCode.NOT_ON_LIST: FaultWords(
        "Cases that are not on the case list",
        "The case was assessed but does not stand on the case list.",
        "Check the reference; the list must hold every case that the sample was drawn from.",
    ),
    FaultCode.REPEATED_CASE: FaultWords(
        "Cases listed twice", "The case list has the same case in two rows.", "Keep one of the two rows."
    ),
    FaultCode.UNKNOWN_KIND: FaultWords(
        "Kinds of case that the edition does not have",
        "The kind on the case list is missing or is not in the edition.",
        "Write one of the kinds of the edition.",
    ),
    FaultCode.UNKNOWN_COLUMN: FaultWords(
        "A column to break down by is missing",
        "The case list has no column of that name.",
        "Choose one of its columns.",
    ),
    FaultCode.UNKNOWN_STANDARD: FaultWords(
        "Standards that people do not rate",
        "The edition has no such standard, or does not rate it by judgement.",
        "Take it out, or choose the right edition.",
    ),
    FaultCode.MISSING_STANDARD: FaultWords(
        "A standard is missing",
        "A standard that the edition counts is not named.",
        "Name it, with null where it was not rated.",
    ),
    FaultCode.UNKNOWN_RATING: FaultWords(
        "Ratings that the edition does not have",
        "The word is none of the ratings of the edition.",
        "Write one of its ratings, or null for not rated.",
    ),
    FaultCode.UNKNOWN_EDITION: FaultWords(
        "The edition does not exist", "There is no edition of that code.", "Choose one of the editions listed."
    ),
    FaultCode.REPEATED_CODE: FaultWords(
        "A code stands there twice", "The same code is used for two things.", "Keep one of them."
    ),
    FaultCode.UNKNOWN_CODE: FaultWords(
        "A code is not known", "An edition refers to a code that it does not define.", "Define it, or correct the code."
    ),
    FaultCode.LOOKS_AHEAD: FaultWords(
        "A question looks ahead",
        "A question of an edition is routed by a question that is asked later.",
        "Ask the other one first.",
    ),
    FaultCode.NO_GUIDANCE: FaultWords(
        "Guidance is missing", "A question of an edition has no guidance.", "Write it in the folder guidance."
    ),
    FaultCode.CHANGED_AFTER_ADOPTION: FaultWords(
        "An adopted edition was changed",
        "The files of an adopted edition differ from those that were adopted.",
        "Put them back, and write a new edition that replaces it.",
    ),
    FaultCode.EXAMPLE_DIFFERS: FaultWords(
        "A worked example comes out differently",
        "A worked example of an edition does not give what it says.",
        "Correct the example or the edition.",
    ),
    FaultCode.OUT_OF_RANGE: FaultWords(
        "A value is out of range", "A size, a level of confidence or a seed is not possible.", "Give one in the range."
    ),
}
