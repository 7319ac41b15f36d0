"""An officer's afternoon, through pages alone: from the post to the reminders.

Olive has moved and wants back what she paid too much; Ned disagrees with his bill; Mary cannot pay
so much at once; of Len nobody has heard. Only Len is reminded, and nobody pays out alone.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache

from borough.kernel.bank.models import BankDetails, Payment
from borough.kernel.facts.models import Fact
from borough.kernel.holds.models import Hold
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Residence
from borough.kernel.post import commands as post
from borough.kernel.post.models import Done
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing, models, recovering
from tests import makers, officers
from tests.journeys.at_work import AtWork, aside
from tests.revenues import recovering_makers

pytestmark = pytest.mark.browser
TODAY = date(2025, 6, 20)
A_YEAR = 142_495  # Band B less a quarter: one adult lives there
IN_THE_OLD_HOME = 28_889  # 74 of 365 days


@dataclass
class Town:
    """Four households of one adult each, and a home in which nobody lives."""

    olive: models.Account
    ned: models.Account
    mary: models.Account
    len: models.Account


@pytest.fixture
def town(own_database, settings, tmp_path):
    settings.STANDING_DATE, settings.DOCUMENTS = TODAY, tmp_path
    cache.clear()
    for name in ("Ann Example", "Tom Example"):
        officers.an_officer(name, *officers.every_capability())
    names = (("Olive", "Inkwell"), ("Ned", "O’Newcomer"), ("Mary", "Rimmer"), ("Len", "Later"))
    made = Town(*(a_household(*name) for name in names))
    recovering_makers.pay(made.olive, A_YEAR, date(2025, 4, 1))
    makers.a_dwelling(band="B", line="7 Beech Lane")
    for about, day in (("move", 10), ("dispute", 12), ("paying", 18)):
        a_letter(about, date(2025, 6, day), tmp_path)
    return made


def a_household(given: str, family: str) -> models.Account:
    person = makers.a_person(given, family)
    account = recovering_makers.billed(people=[person], adults=1)
    Residence.objects.create(person=person, dwelling=account.dwelling, starts=account.starts)
    return account


def a_letter(about: str, day: date, folder: Path) -> None:
    post.take_in(
        content=makers.a_pdf(about),
        how="letter",
        about=about,
        received_on=day,
        folder=folder,
        by=makers.everything(),
        on=day,
    )


def test_an_afternoon(town, server, page):
    ann = AtWork(page, server, "afternoon")
    ann.sign_in("ann")
    a_move(ann, town)
    bank_details(ann, town)
    a_dispute(ann, town)
    an_arrangement(ann, town)
    reminders_are_prepared(ann, town)
    ann.sign_out()
    tom = ann
    tom.sign_in("tom")
    the_refund_is_asked_for(tom, town)
    reminders_are_sent(tom, town)
    tom.sign_out()
    ann.sign_in("ann")
    the_refund_is_not_hers_to_grant(ann, town)
    aside(lambda: so_it_is(town))


def a_move(ann, town):
    ann.follow("3 items of post", "A move")
    ann.choose("Billing and collecting Council Tax")
    ann.press("Continue")
    ann.fill(Which_account=town.olive.reference)
    ann.press("File it")
    ann.reads("Filed under Council Tax")
    ann.follow("Record a move")
    ann.fill(Find_the_home="7 beech lane")
    ann.press("Find")
    ann.follow("7 Beech Lane")
    ann.day("When did Olive Inkwell leave", "14 6 2025")
    ann.day("When did Olive Inkwell come", "14 6 2025")
    ann.main.get_by_label("By what right").select_option("freeholder")
    ann.choose("It stays on the old account, to be refunded")
    ann.press("Continue")
    ann.reads("1 April 2025 to 13 June 2025: 74 days", "£288.89", "New account")
    ann.press("Confirm")
    ann.reads("Move recorded", "Closed 14 Jun 2025", "£1,136.06 in credit", "7 Beech Lane")


def bank_details(ann, town):
    ann.follow("Ask for a refund")
    ann.reads("keyed by one officer and confirmed by another first")
    ann.follow("Bank details of Olive Inkwell")
    ann.fill(
        What_is_the_name="O Inkwell",
        What_is_the_sort_code="20-45-53",
        What_is_the_account_number="31926819",
    )
    ann.press("Save")
    ann.reads("A colleague confirms them", "To be confirmed")
    assert not ann.main.get_by_role("link", name="Confirm them").count()
    ann.back()
    ann.follow(town.olive.reference, "A move")
    ann.press("It has been dealt with")
    ann.reads("Dealt with", "They disagree with something")


def a_dispute(ann, town):
    ann.follow("They disagree with something")
    ann.fill(Which_account="newcomer")  # a letter without a number, of Mr O’Newcomer
    ann.press("File it")
    ann.reads("Ned O’Newcomer")
    ann.press("File it there", exact=False)
    ann.follow("Leave the account alone until they have an answer")
    ann.choose("Query open", "This account")
    ann.press("Save")
    ann.reads("It is left alone from today", "has had no answer yet. It forbids every step.")
    ann.follow("They disagree with something")
    ann.press("It has been dealt with")


def an_arrangement(ann, town):
    ann.follow("Paying, or trouble with paying")
    ann.fill(Which_account=town.mary.reference)
    ann.press("File it")
    ann.follow("Agree instalments that they can keep")
    ann.press("Agree an arrangement")
    ann.choose("2025-26: £1,424.95", "Every month")
    ann.fill(How_much_can_they_pay="150")
    ann.day("When is the first payment?", "27 6 2025")
    ann.press("Continue")
    ann.reads("£1,424.95", "27 June 2025")
    ann.press("Agree")
    ann.reads("Arrangement agreed")
    ann.follow("Overview")
    ann.reads("It is paid by an arrangement", "Next payment: £74.95 by 27 June 2025")
    ann.follow("Paying, or trouble with paying")
    ann.press("It has been dealt with")
    ann.reads("Nothing waits")


def reminders_are_prepared(ann, town):
    ann.home()
    ann.follow("Recovery")
    ann.choose("2025-26", "Reminder")
    ann.press("Prepare a preview")
    aside(lambda: recovering.preview(Run.objects.get(kind=recovering.PREVIEW)))
    ann.home()
    ann.follow("Recovery", "Preview: Reminder")
    ann.reads("1 account would get it", "You prepared this", town.len.reference)
    ann.follow("Query open")
    ann.reads(town.ned.reference)


def the_refund_is_asked_for(tom, town):
    tom.follow("Confirm the bank details of one person", "Account ending 6819")
    tom.choose("Billing and collecting Council Tax")
    tom.press("Continue")
    tom.fill(What_is_the_sort_code="204553", What_is_the_account_number="31926819")
    tom.press("Confirm them")
    tom.back()
    tom.follow(town.olive.reference, "Ask for a refund")
    tom.choose("O Inkwell, account ending 6819")
    tom.press("Ask for it")
    tom.reads("The refund is asked for. A colleague decides on it")


def reminders_are_sent(tom, town):
    tom.home()
    tom.follow("is prepared: look at it and commit it")
    tom.press("Commit it")
    aside(
        lambda: recovering.carry_out(
            Run.objects.get(kind=recovering.RECOVERY), by=makers.everything(), on=TODAY
        )
    )
    tom.home()
    tom.follow("Recovery", "Sent: Reminder")
    tom.reads("1 account")


def the_refund_is_not_hers_to_grant(ann, town):
    ann.follow("Refunds", town.olive.reference)
    ann.choose("Billing and collecting Council Tax")
    ann.press("Continue")
    ann.reads("You keyed the bank details of this refund")
    assert not ann.main.get_by_role("button", name="Grant it").count()


def so_it_is(town):
    """Assert what the ledger and the facts say at the end of the afternoon."""
    assert checks.check() == []
    assert ledger.balance(billing.KIND, town.olive.reference) == IN_THE_OLD_HOME - A_YEAR
    assert not Payment.objects.exists()
    details = BankDetails.objects.get()
    assert details.confirmed_by != details.keyed_by
    [step] = models.Step.objects.all()
    assert (step.account, step.kind, step.issued) == (town.len, "reminder", TODAY)
    assert Hold.objects.get().thing == town.ned.thing
    assert models.Arrangement.objects.get().account == town.mary
    assert Done.objects.count() == 3
    told = set(Fact.objects.filter(what__startswith="revenues.").values_list("what", flat=True))
    assert told >= {"revenues.moved", "revenues.refund_asked", "revenues.arrangement_agreed"}
    assert "revenues.refund_granted" not in told
