"""The notice letter: its words for a worked example, frozen at the announcement, and the further letters."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from inspectorate.inspections.actions import (
    NewInspection,
    NewModule,
    advance,
    announce_inspection,
    arrange_inspection,
    change_lead,
    move_date,
    send_further_letter,
    set_week,
)
from inspectorate.inspections.letters import as_pdf
from inspectorate.inspections.letters.letter import digest_of, letter_of
from inspectorate.inspections.letters.manual import manual_of
from inspectorate.inspections.models import Inspection, Letter
from inspectorate.inspections.refusals import Refusal
from inspectorate.methodology import editions, lifecycle
from inspectorate.people.access import NotAllowedError
from inspectorate.people.models import Role, User
from inspectorate.standards.queries import shelf
from tests.stages.inspections.asked import monday_in, refused, verbs

pytestmark = pytest.mark.django_db
WORDS = """
1. The inspection
1.1 We will inspect Westmoor Probation Trust. The inspection is called Westmoor 2013.
1.2 We inspect by this edition: Inspection of Adult Offending Work (iaow/2013). The manual that comes with this letter \
says in plain words what we look at and how judgements become results.
1.3 Our power to inspect: Criminal Justice and Court Services Act 2000, section 7, as amended by the Offender \
Management Act 2007, section 12.
2. When
2.1 Fieldwork takes one week: 22 to 26 April 2013.
2.2 These are all the dates. If one has to move, we write to you again and say what changed.
| What | When
| Announcement | 11 February 2013
| Case list received and frozen | 11 March 2013
| Sample drawn and sent to the trust | 25 March 2013
| Training of local assessors | 15 April 2013
| Fieldwork week: cases | 22 to 26 April 2013
| Week +2: managers, providers and sentencers | 13 to 17 May 2013
| Draft report to the trust | 3 June 2013
| Trust's comments on accuracy due | 17 June 2013
| Report published | 22 July 2013
| Action plan due | 19 August 2013
3. What happens
3.1 Rhian Lead leads the inspection. Nobody takes part who has declared an interest in what is inspected.
3.2 From the case list that you send us we draw a sample, in a way that anybody can draw again. We assess each case of \
it by the questions of the edition, and speak with the practitioner who knows it.
3.3 You see the draft of the report on 3 June 2013, so that you can check its facts. Your comments are due on \
17 June 2013.
3.4 The report is published on 22 July 2013. Please keep what you learn before that day to yourselves.
4. What to prepare
4.1 Case list: give it by 11 March 2013, on the page Case list.
4.2 Evidence and self-assessment: give them once for each of 5 standards by 11 March 2013, on the page Evidence. Files \
can be added.
4.3 People: keep practitioners whose cases are in the sample free to speak with us in the fieldwork. The sample is \
drawn on 25 March 2013.
4.4 The manual has the whole list, to print and tick.
5. Who to ask, and how to complain
5.1 Ask Rhian Lead, the lead inspector, rhian@example.org.
5.2 If you are not content with how we inspect, tell the lead inspector first: most things are put right that way. If \
it is not settled, write to the chief inspector. A complaint never counts against you.
"""


def told(content):
    """Return a content as plain lines."""
    lines = []
    for section in content["sections"]:
        lines.append(f"{section['number']}. {section['title']}")
        for one in section["blocks"]:
            if one["kind"] == "paragraph":
                lines.append(f"{one['number']} {one['text']}")
            elif one["kind"] == "table":
                lines += [" | ".join(["", *row]).strip() for row in (one["heads"], *one["rows"])]
            elif one["kind"] == "heading":
                lines.append(one["text"])
            else:
                lines += [f"- {item}" for item in one["items"]]
    return lines


def test_the_letter_says_this(dated):
    content = letter_of(dated)
    assert told(content) == WORDS.strip().split("\n")
    assert (content["title"], content["to"], content["invented"]) == (
        "Notice of inspection",
        "Westmoor Probation Trust",
        True,
    )


def test_the_same_data_give_the_same_letter(dated):
    assert digest_of(letter_of(dated)) == digest_of(letter_of(Inspection.objects.get(pk=dated.pk)))


def test_announcing_freezes_the_letter_and_opens_the_inspection_to_the_body(dated, lead, contact):
    letter = announce_inspection(inspection=dated, by=lead, seen=digest_of(letter_of(dated)))
    dated.refresh_from_db()
    assert (dated.state, letter.number, letter.digest) == ("announced", 1, digest_of(letter.content))
    assert verbs(dated)[-2:] == ["inspection.announce", "letter.sent"]
    User.objects.filter(public_id=lead[1]).update(last_name="Renamed")
    letter.refresh_from_db()
    assert told(letter.content) == WORDS.strip().split("\n")
    with pytest.raises(NotAllowedError):
        announce_inspection(inspection=dated, by=contact)


def test_two_who_announce_at_once_send_one_letter(dated, lead, chief):
    announce_inspection(inspection=dated, by=lead)
    with refused(lifecycle.Refusal.NOT_FROM_HERE):
        announce_inspection(inspection=dated, by=chief)
    assert Letter.objects.count() == 1


def test_a_letter_that_changed_since_it_was_looked_at_is_not_sent(dated, lead):
    seen = digest_of(letter_of(dated))
    move_date(inspection=dated, code="draft", on=date(2013, 6, 4), why="The editor is away.", by=lead)
    with refused(Refusal.LETTER_CHANGED):
        announce_inspection(inspection=dated, by=lead, seen=seen)
    dated.refresh_from_db()
    assert dated.state == "arranged"
    assert not Letter.objects.exists()


def test_what_is_missing_is_named(inspection, lead, chief, trust):
    with refused(lifecycle.Refusal.WEEK_MISSING):
        announce_inspection(inspection=inspection, by=lead)
    Inspection.objects.filter(pk=inspection.pk).update(fieldwork_on=monday_in(-5))
    with refused(lifecycle.Refusal.WEEK_PAST):
        announce_inspection(inspection=inspection, by=lead)
    new = NewInspection("No lead", [NewModule("iaow/2013")], body=trust)
    unled = arrange_inspection(inspection=new, by=chief)
    with refused(lifecycle.Refusal.LEAD_MISSING):
        announce_inspection(inspection=unled, by=chief)


def test_an_inspection_that_lies_ahead_is_announced_and_one_in_its_last_week_too(inspection, lead):
    Inspection.objects.filter(pk=inspection.pk).update(fieldwork_on=monday_in(0))
    assert announce_inspection(inspection=inspection, by=lead).number == 1


def test_a_later_change_of_the_week_makes_a_further_letter_that_says_what_changed(dated, lead):
    first = announce_inspection(inspection=dated, by=lead)
    set_week(inspection=dated, monday=date(2013, 4, 29), weeks=1, by=lead, why="The court is closed")
    second = Letter.objects.get(number=2)
    lines = told(second.content)
    assert lines[0] == "1. What has changed"
    assert lines[1].startswith("1.1 This letter takes the place of the notice that we sent you on ")
    assert "- Fieldwork week: cases: 29 April to 3 May 2013, not 22 to 26 April 2013." in lines
    assert "1.2 The reason: The court is closed." in lines
    first.refresh_from_db()
    assert told(first.content) == WORDS.strip().split("\n")


def test_before_the_announcement_a_change_sends_no_letter(dated, lead):
    set_week(inspection=dated, monday=date(2013, 4, 29), weeks=1, by=lead)
    assert not Letter.objects.exists()


def test_a_new_lead_is_told_by_a_further_letter_and_one_that_says_nothing_new_is_refused(dated, lead):
    announce_inspection(inspection=dated, by=lead)
    with refused(Refusal.LETTER_AS_SENT):
        send_further_letter(inspection=dated, by=lead)
    other = User.objects.create(username="new", first_name="Nia", last_name="New", role=Role.LEAD_INSPECTOR)
    change_lead(inspection=dated, user=other, stays=False, why="Rhian is ill.", by=lead)
    letter = send_further_letter(inspection=dated, by=other.name)
    assert "- The lead inspector: Nia New, not Rhian Lead." in told(letter.content)


def test_no_further_letter_goes_before_the_first(dated, lead):
    with refused(Refusal.NO_LETTER):
        send_further_letter(inspection=dated, by=lead)


def test_after_a_withdrawn_notice_the_next_letter_says_what_it_replaces(dated, lead):
    announce_inspection(inspection=dated, by=lead)
    advance(inspection=dated, verb="withdraw_notice", by=lead, why="Sent too early.")
    letter = announce_inspection(inspection=dated, by=lead)
    assert letter.number == 2
    assert "Nothing in it has changed; it is sent again." in told(letter.content)[1]


def test_only_lead_and_chief_announce(dated, assessor):
    for by in (assessor, ("user", "a-local-assessor"), ("user", "another-lead-inspector"), ("visitor", "x")):
        with pytest.raises(NotAllowedError):
            announce_inspection(inspection=dated, by=by)
        with pytest.raises(NotAllowedError):
            send_further_letter(inspection=dated, by=by)


def test_the_pdf_of_a_sent_letter_is_tagged_and_the_same_every_time(dated, lead):
    letter = announce_inspection(inspection=dated, by=lead)
    made = as_pdf.sent_letter_pdf(letter)
    assert made == as_pdf.sent_letter_pdf(Letter.objects.get())
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" in made
    assert b"/MarkInfo" in made or b"StructTreeRoot" in made


def test_what_people_wrote_is_never_read_as_source(dated, lead):
    Inspection.objects.filter(pk=dated.pk).update(focus="#panic() *bold* \x07 $x$", title='#read("/etc/passwd")')
    letter = announce_inspection(inspection=dated, by=lead)
    assert as_pdf.sent_letter_pdf(letter).startswith(b"%PDF-")


@pytest.mark.parametrize("edition", editions.codes())
def test_every_edition_gives_a_letter_of_two_pages_and_a_manual(trust, lead, edition):
    modules = [module["code"] for module in shelf.held(edition).edition.about["modules"]]
    new = NewInspection(
        "Westmoor with a rather long title of its own",
        [NewModule(edition, code) for code in modules],
        body=trust,
        focus="Work with people who were convicted of violent offences",
        invented=True,
        fieldwork_on=date(2027, 4, 19),
        fieldwork_weeks=3,
    )
    inspection = arrange_inspection(inspection=new, by=lead)
    content = letter_of(inspection)
    data = as_pdf._data(content, when="1 January 2027", draft=False, size=as_pdf.SIZES[-1], contents=False)
    assert as_pdf._pages(data) <= as_pdf.LETTER_PAGES
    manual = manual_of(inspection)
    assert [section["title"] for section in manual["sections"]][:3] == [
        "What is inspected",
        "Which cases are looked at",
        "What happens in which week",
    ]
    assert all(section["blocks"] for section in manual["sections"])


def test_the_database_holds_what_must_be_true_of_letters(dated, lead):
    letter = announce_inspection(inspection=dated, by=lead)
    for name, changed in (
        ("inspections_letters_begin_at_one", {"number": 0}),
        ("inspections_letter_has_a_digest", {"digest": "short"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**changed)
    facts = {"content": {}, "digest": "a" * 64, "sent_at": letter.sent_at, "sent_by_kind": "user", "sent_by_id": "x"}
    with pytest.raises(IntegrityError, match=r"inspections_letters_are_numbered|UNIQUE"), transaction.atomic():
        Letter.objects.create(inspection=dated, number=1, **facts)
