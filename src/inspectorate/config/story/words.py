"""Invented words of the demonstration: evidence of a body, sections of a report, recommendations, comments."""

EVIDENCE = (
    "Our board meets every quarter. Its minutes of the last year show how staffing and caseloads were followed.",
    "Every assessment is looked at by a manager before the plan begins; the log of the last six months is with us.",
    "We changed our way of working with schools in the spring and can show what came of it in twelve cases.",
    "A specialist worker joined us in June. Before that such work was bought in, and waiting times were long.",
)
REASONS = "We looked at twenty of our own cases in the summer, by the same questions."
CHALLENGE = "The log covers two of the three teams. How is the work of the third looked at?"

SECTIONS: dict[str, str] = {
    "context": (
        "The service works in towns along the coast and in villages inland. Staff turnover was high in the year before "
        "the inspection, and three posts were filled by agency staff.\n\n"
        "Demand has changed: fewer children come to the service, and those who do have more complex needs."
    ),
    "summary": (
        "Inspectors assessed {cases} cases. Practitioners know the people they work with, and it shows in the plans "
        "they make with them.\n\n{chart:headline}\n\n"
        "Reviews are the weakest part of the work: when circumstances change, plans too often stay as they were."
    ),
    "leadership": (
        "The management board is attended by the right people and asks the right questions. It does not yet hear "
        "enough about what happens after a case is reviewed."
    ),
    "public_protection": (
        "Most assessments say clearly who might be harmed and how. What is planned does not always follow from it, and "
        "the actions of others are not always written down with a date."
    ),
    "experience": (
        "Inspectors spoke with nine people under supervision and three parents. They described workers who listened "
        "and turned up. Two victims told us that they were kept informed; one had not been asked what they wanted."
    ),
    "improvement": "The recommendations are addressed to those who can act on them.",
    "method": "The team met the management board, nine practitioners and four partner organisations.",
}
AREA = (
    "Strengths outweigh weaknesses. Work begins in time and is explained well.\n\n"
    "What needs to improve is the link between what is known and what is done about it."
)
RECOMMENDATIONS = (
    ("", "Review each plan when circumstances change, and write down what changes because of it.", 4),
    ("", "Make sure that the wishes of victims are recorded in every case where there is one.", 3),
    ("Local children’s services", "Share what is known about a child within five working days of being asked.", 6),
)
COMMENT = (
    "The posts filled by agency staff were two, not three.",
    "Two posts were filled by agency staff.",
    "Staffing return of September.",
)
ANSWER = "The return shows two posts; the sentence is corrected."
TAKEN_IN = ("three posts were filled by agency staff", "two posts were filled by agency staff")
ASIDE = "The service moves to new premises in that month; the new week is agreed with its board."
SMALLER = "Two of the team were called to a serious further offence review; the smaller sample keeps to the dates."
JUDGED = "Seen in the minutes of the board and in meetings with staff at all levels."
