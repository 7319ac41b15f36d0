"""A step is taken once, never while something stands against it, and stays for ever."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from borough.kernel.documents import commands as documents
from borough.kernel.holds import commands as holds
from borough.kernel.people import commands as people
from borough.lines.revenues import models, steps
from tests import makers

YEAR = makers.YEAR
ON = date(2025, 5, 6)
BY = makers.everything()
REMINDER = models.Step.Kind.REMINDER


def wanted(account: models.Account, **given) -> steps.Wanted:
    amounts = {"act_pence": 18_993, "balance_pence": 189_993, "level_pence": 18_993}
    return steps.Wanted(
        account.pk, account.reference, **amounts, bill_version=1, complied_by=ON, **given
    )


def take(account: models.Account, kind: str = REMINDER) -> steps.Taken:
    return steps.take(kind, [wanted(account)], YEAR, on=ON)


def without_asking(account: models.Account, kind: str = REMINDER, number: int = 1) -> None:
    """Write a step behind the back of the one function that may."""
    with transaction.atomic():
        models.Step.objects.create(
            account=account,
            year=YEAR.first,
            number=number,
            kind=kind,
            issued=ON,
            act_pence=1,
            balance_pence=1,
            level_pence=1,
            bill_version=1,
        )


def test_a_step_that_nothing_stands_against_is_taken(db):
    account = makers.an_account()
    assert [one.account_id for one in take(account).steps] == [account.pk]
    step = models.Step.objects.get()
    assert (step.kind, step.number, step.issued) == (REMINDER, 1, ON)


def test_a_hold_keeps_a_step_from_being_taken_and_says_why(db):
    account, other = makers.an_account(), makers.an_account()
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=account.thing), by=BY, on=ON)
    taken = steps.take(REMINDER, [wanted(account), wanted(other)], YEAR, on=ON)
    assert [one.account_id for one in taken.steps] == [other.pk]
    assert [one.kind for one in taken.stood[account.pk]] == ["dispute"]


def test_the_database_refuses_a_step_that_nobody_asked_for_on_an_account_with_a_hold(db):
    account = makers.an_account()
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=account.thing), by=BY, on=ON)
    with pytest.raises(DatabaseError, match="something stands against"):
        without_asking(account)


def test_the_database_refuses_a_step_against_a_person_who_is_left_alone(db):
    mary = makers.a_person()
    account = makers.an_account(people=[mary, makers.a_person("John")])
    holds.place_hold(kind="vulnerable", upon=holds.Upon(person=mary), by=BY, on=ON)
    with pytest.raises(DatabaseError, match="something stands against"):
        without_asking(account)


def test_the_database_refuses_a_step_against_the_dead(db):
    mary = makers.a_person()
    account = makers.an_account(people=[mary])
    people.record_death(person=mary, died_on=date(2025, 5, 1), by=BY, on=ON)
    with pytest.raises(DatabaseError, match="something stands against"):
        without_asking(account)


def test_the_database_lets_a_step_pass_that_a_hold_does_not_forbid(db):
    account = makers.an_account()
    holds.place_hold(kind="complaint", upon=holds.Upon(thing=account.thing), by=BY, on=ON)
    without_asking(account)
    assert models.Step.objects.count() == 1


def test_breathing_space_of_an_earlier_year_does_not_stop_this_one(db):
    account = makers.an_account()
    upon = holds.Upon(thing=account.thing, part="2024-25")
    holds.place_statutory_hold(kind="breathing_space", upon=upon, starts=ON, by=BY, on=ON)
    take(account)
    assert models.Step.objects.count() == 1


def test_there_are_never_two_first_reminders_in_a_year(db):
    account = makers.an_account()
    take(account)
    with pytest.raises(IntegrityError, match="two_reminders_a_year_at_most"):
        without_asking(account, number=2)


def test_the_database_refuses_a_step_that_skips_a_number(db):
    with pytest.raises(DatabaseError, match="numbered after the one before"):
        without_asking(makers.an_account(), number=2)


def test_the_database_refuses_a_step_upon_a_reminder_that_was_never_written(db):
    account = makers.an_account()
    take(account)
    with pytest.raises(DatabaseError, match="was never written"):
        without_asking(account, "final_notice", number=2)


def test_the_database_lets_no_notice_be_withdrawn_that_somebody_was_told_of(db):
    account = makers.an_account()
    take(account)
    source = models.Step.LETTER.format(models.Step.objects.get().pk)
    documents.issue_many(
        "revenues.reminder",
        [documents.Letter({"title": "Reminder"}, account.thing, (), source)],
        template="lines/revenues/letters/recovery.typ",
        by=BY,
        on=ON,
    )
    with pytest.raises(DatabaseError, match="only while its letter is not written"):
        without_asking(account, "notice_withdrawn", number=2)


def test_a_step_stays(db):
    take(makers.an_account())
    step = models.Step.objects.get()
    for change in (step.delete, lambda: models.Step.objects.update(act_pence=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
