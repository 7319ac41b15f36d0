"""Every letter of collecting: it adds up, says what the law asks, helps first, and can be read."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from borough.kernel.documents import commands
from borough.lines.revenues.letters import frame, recovery, specimen
from tests import readability
from tests.revenues import reading_back

LETTERS = specimen.all_letters()
EVERY = pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
RECOVERY = pytest.mark.parametrize("kind", specimen.OF_RECOVERY)
HOSTILE = '*bold* #panic("x") $x$ <a> @b `c` \\n "q" // gone \N{GRINNING FACE} ' + "Ab" * 60
EASY = 11


def pence(words: str) -> int:
    return int(re.sub(r"[^0-9]", "", words))


# What all of them are


@EVERY
def test_it_is_a_tagged_pdf_with_its_own_title(letter):
    with reading_back.opened(letter) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == letter.as_json()["title"]
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en-GB"
        assert len(pdf.pages) <= 2


@EVERY
def test_somebody_of_eleven_can_read_it(letter):
    letter = replace(letter, head=replace(letter.head, invented=False))
    # The head is names and addresses; what is said begins after the window.
    body = reading_back.text_of(letter).partition(letter.head.address[-1])[2]
    assert readability.reading_age(body) <= EASY


@EVERY
@pytest.mark.parametrize("large", [False, True], ids=["usual", "large print"])
def test_the_window_shows_the_address_and_nothing_else(letter, large):
    letter = replace(letter, head=replace(letter.head, large_print=large))
    words = reading_back.words_of(letter, 1)
    shown = [
        word for left, top, _, bottom, word in words if left < 110 and bottom > 46 and top < 92
    ]
    assert shown == " ".join((*letter.head.addressees, *letter.head.address)).split()


@EVERY
def test_no_word_lies_on_another_or_leaves_the_paper(letter):
    with reading_back.opened(letter) as pdf:
        pages = len(pdf.pages)
    for page in range(1, pages + 1):
        words = [one for one in reading_back.words_of(letter, page) if one[0] < one[2]]
        assert all(left >= 19 and right <= 191 for left, _, right, *_ in words)
        assert all(top >= 10 and bottom <= 290 for _, top, _, bottom, _ in words)
        assert reading_back.overlaps(words) == []


@EVERY
def test_a_hostile_name_is_print_and_never_code(letter):
    head = replace(letter.head, addressees=(HOSTILE,), property_address=(HOSTILE,))
    text = reading_back.flat(replace(letter, head=head))
    assert "*bold*" in text
    assert "gone" in text


@EVERY
def test_only_an_invented_letter_says_so(letter):
    real = replace(letter, head=replace(letter.head, invented=False))
    assert "Invented town" in reading_back.flat(letter)
    assert "Invented town" not in reading_back.flat(real)


@EVERY
def test_all_that_is_said_is_plain_data_that_can_be_kept(letter):
    kept = json.loads(commands.canonical(letter.as_json()))
    assert kept["account"] == "100001"


def test_every_letter_has_a_kind_of_its_own():
    kinds = [letter.slug for letter in LETTERS.values()]
    assert len(set(kinds)) == len(kinds) - 2  # a returned payment and a closing stand there twice
    assert all(kind.startswith("revenues.") for kind in kinds)


# Recovery


@RECOVERY
def test_the_table_comes_to_what_is_asked(kind):
    letter = specimen.a_notice(kind)
    text = reading_back.text_of(letter, "-layout")
    table = text.partition("how it came about")[2].partition("What happens next")[0]
    rows = re.findall(r"(\N{MINUS SIGN}?)£([0-9,]+\.[0-9]{2})", table)
    *amounts, total = [(-1 if sign else 1) * pence(words) for sign, words in rows]
    assert sum(amounts) == total == letter.owed_pence


@RECOVERY
def test_help_comes_before_the_amounts_and_what_happens_after_them(kind):
    text = reading_back.flat(specimen.a_notice(kind))
    marks = ["We can help. Talk to us first", "Council Tax Reduction", "smaller payments",
             "Breathing Space", "Citizens Advice", "What you owe", "What happens next",
             "How to pay", "If you think this is wrong"]  # fmt: skip
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["reminder", "second_reminder"])
def test_a_reminder_says_what_regulation_23_asks(kind):
    text = reading_back.flat(specimen.a_notice(kind))
    assert "£163.00" in text  # (i) the instalments, and what is asked of them
    assert "Please pay £226.00 by 16 June 2026" in text  # (ii) within the seven days
    assert "From 24 June 2026 you must pay the rest of the year at once: £1,367.00" in text  # (iii)
    fourth = "If you pay now but a later payment is late, you must pay the rest of the year"
    assert (fourth in text) == (kind == "second_reminder")  # (iv)


def test_a_final_notice_states_every_sum_and_its_seven_days():
    text = reading_back.flat(specimen.a_notice("final_notice"))
    assert "£1,367.00 for 2026 to 2027 is now due. Please pay it by 17 June 2026" in text
    assert "liability order for this amount" in text


def test_the_notice_of_a_summons_tells_the_costs_and_the_hearing():
    text = reading_back.flat(specimen.a_notice("summons"))
    assert "You owe £1,367.00 of Council Tax" in text
    assert "Costs of the summons £42.50" in text
    assert "If you pay £1,409.50 before 14 July 2026" in text
    assert "The court sits on 14 July 2026 at 10am, Invented Court." in text
    assert "The summons comes from the court." in text


def test_after_an_order_the_letter_says_what_may_follow_and_asks_for_particulars():
    text = reading_back.flat(specimen.a_notice("liability_order"))
    assert "On 9 June 2026 the magistrates’ court made a liability order" in text
    assert "£1,424.50" in text
    assert "Tell us within 14 days if you work" in text


@pytest.mark.parametrize(
    ("kind", "changes", "because"),
    [
        ("reminder", {"owed": ()}, "Nothing is owed"),
        ("reminder", {"rest_pence": None}, "what becomes payable otherwise"),
        ("reminder", {"rest_pence": 22_599}, "cannot be less than what is overdue, £226.00"),
        ("reminder", {"rest_from": date(2026, 6, 16)}, "after the day to pay by"),
        ("final_notice", {"pay_by": date(2026, 6, 9)}, "has gone before"),
        ("summons", {"hearing": None}, "on which day the court sits"),
        ("liability_order", {"decided_on": None}, "on which day it was made"),
    ],
)
def test_a_letter_of_recovery_that_contradicts_itself_cannot_be_made(kind, changes, because):
    with pytest.raises(frame.DoesNotAddUp, match=because):
        specimen.a_notice(kind, **changes)


def test_where_the_court_gave_no_time_the_letter_gives_none():
    letter = specimen.a_notice("summons", hearing=recovery.Hearing(day=date(2026, 7, 14)))
    assert "The court sits" not in reading_back.flat(letter)


# Arrangements


def test_the_payments_of_a_plan_come_to_what_it_is_for():
    text = reading_back.flat(specimen.an_arrangement())
    assert "6 payments of £150.00. The first is by 1 July 2026." in text
    assert text.count("£150.00") == 7
    assert "2025 to 2026 £300.00 2026 to 2027 £600.00 The plan in all £900.00" in text


def test_a_plan_that_does_not_come_to_its_debts_cannot_be_written():
    with pytest.raises(frame.DoesNotAddUp, match=r"£150.00, but the plan is for £900.00"):
        specimen.an_arrangement(payments=specimen.MISSING)


def test_a_late_payment_is_asked_about_kindly_and_the_plan_goes_on():
    text = reading_back.flat(specimen.an_arrangement("worry"))
    assert "We have not had £150.00 of it. Please pay that by 24 June 2026, or call us" in text
    assert "If you pay by 24 June 2026, the plan goes on as before." in text


def test_a_plan_that_has_ended_offers_another():
    text = reading_back.flat(specimen.an_arrangement("broken"))
    assert "The plan of 20 April 2026 ended on 10 June 2026" in text
    assert "£900.00 is left to pay" in text
    assert "We can look at a new plan" in text


# Money back, and Direct Debit


def test_a_refund_names_four_figures_of_the_account_and_no_more():
    assert "the bank account that ends in 4321" in reading_back.flat(specimen.a_refund())
    with pytest.raises(frame.DoesNotAddUp, match="last four figures"):
        specimen.a_refund(ending="12345678")


def test_the_advance_notice_gives_each_amount_and_its_day():
    letter = specimen.an_advance_notice()
    text = reading_back.flat(letter)
    assert "1 July 2026 £163.00" in text
    assert "In all £978.00" in text
    assert "at least 10 working days before" in text


def test_the_words_of_the_guarantee_are_the_schemes_or_are_not_there():
    bare = specimen.an_advance_notice()
    assert "Guarantee of all banks and building societies" in reading_back.flat(bare)
    council = replace(specimen.COUNCIL, direct_debit_guarantee=("As the scheme words it.",))
    given = specimen.an_advance_notice(head=specimen.a_head(council=council))
    assert "The Direct Debit Guarantee • As the scheme words it." in reading_back.flat(given)


def test_nothing_is_collected_before_the_notice_of_it():
    with pytest.raises(frame.DoesNotAddUp, match="after the notice"):
        specimen.an_advance_notice(payments=(frame.Payment(due_on=specimen.ON, pence=1),))


def test_a_payment_that_came_back_is_asked_for_again_or_paid_in_another_way():
    again = reading_back.flat(specimen.a_returned())
    assert "once more, on or just after 24 June 2026" in again
    assert "How to pay" not in again
    ended = reading_back.flat(LETTERS["returned_ended"])
    assert "Please pay it in another way by 24 June 2026" in ended
    assert "Your Direct Debit has ended" in ended
    with pytest.raises(frame.DoesNotAddUp, match="has ended"):
        specimen.a_returned(has_ended=True)


# A discount, and a closed account


def test_a_review_asks_before_it_changes_anything():
    text = reading_back.flat(specimen.a_review())
    assert "25 per cent lower because one adult lives in your home, since 1 April 2019" in text
    assert "we will try to reach you again before we change anything" in text


def test_a_closing_statement_adds_up():
    letter = specimen.a_closing()
    text = reading_back.flat(letter)
    assert "Left to pay £141.89" in text
    assert "one payment of £141.89. It is due by 1 July 2026" in text


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"left": "nothing", "payments": ()}, "£141.89 is left"),
        ({"left": "details", "payments": ()}, "£141.89 is left"),
        ({"payments": ()}, "The payments come to £0.00"),
        ({"left": "transferred", "payments": ()}, "names that account"),
    ],
)
def test_a_closing_statement_that_contradicts_itself_cannot_be_made(changes, because):
    with pytest.raises(frame.DoesNotAddUp, match=because):
        specimen.a_closing(**changes)


def test_a_credit_that_waits_for_bank_details_does_not_ask_for_them_by_email():
    text = reading_back.flat(LETTERS["closing_credit"])
    assert "£50.00" in text
    assert "is yours. Call us on" in text
    assert "Please do not email your bank details" in text
