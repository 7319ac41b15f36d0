"""Nothing rests on a notice whose letter was never written; such a notice can be withdrawn."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from borough.kernel import commanding
from borough.kernel.documents import queries as documents
from borough.kernel.facts.models import Fact
from borough.kernel.holds import queries as asking
from borough.kernel.outgoing.models import Dispatch
from borough.kernel.places.models import Address
from borough.lines.revenues import correspondence, models, recovering
from borough.lines.revenues.commands import court, moratoria
from borough.lines.revenues.commands import unwritten as commands
from borough.lines.revenues.letters import waiting
from borough.lines.revenues.letters.made_from import sorts
from borough.lines.revenues.letters.made_from import steps as letters
from borough.lines.revenues.queries import stages
from borough.rules.council_tax.recovery import Rung
from tests import makers, markup, officers
from tests.revenues import ordering
from tests.revenues.recovering_makers import (
    BY,
    YEAR,
    billed,
    getting,
    preview,
    reasons,
    take,
    write_letters,
)

ON, NEXT = date(2025, 4, 10), date(2025, 4, 11)
SUMMONED, HEARING = date(2025, 5, 20), date(2025, 6, 30)


def steps_of(account: models.Account) -> list[str]:
    return [one.kind for one in stages.history(account.pk, YEAR)]


def stage(account: models.Account) -> Rung:
    return Rung(stages.stages([account.pk], YEAR, HEARING).rung[0])


def withdraw(account: models.Account, on: date = NEXT) -> None:
    commands.withdraw_notice(account=account, year=YEAR, by=BY, on=on)


def posted(account: models.Account, on: date) -> None:
    """Let the newest letter about an account leave on a day."""
    number = documents.documents_of(account.thing)[0].id
    Dispatch.objects.create(document_id=number, means=Dispatch.Means.HAND, on=on, by="test")


# Nothing rests on it


def test_nobody_is_summoned_whose_reminder_was_never_written(db):
    account = billed()
    take("reminder", ON, and_write=False)
    run = preview("summons", SUMMONED, HEARING)
    assert getting(run) == []
    assert reasons(run, account) == ["unwritten"]


def test_whom_no_letter_would_reach_gets_no_step_and_is_shown_why(db):
    lost, reached = billed(), billed()
    Address.objects.filter(dwelling=lost.dwelling).delete()
    run = preview("reminder", ON)
    assert getting(run) == [reached.pk]
    assert reasons(run, lost) == ["no_address"]


def test_a_letter_that_cannot_be_written_keeps_one_account_back_and_no_other(db):
    lost, reached = billed(), billed()
    take("reminder", ON, and_write=False)
    reminder = models.Step.objects.get(account=reached)
    correspondence.write(letters.SORT, [reminder.pk], by=BY, on=ON)
    run = take("summons", SUMMONED, HEARING, and_write=False)
    assert getting(run) == [reached.pk]
    assert reasons(recovering.Run.objects.get(pk=run.asked["preview"]), lost) == ["unwritten"]


def test_no_order_is_recorded_on_a_summons_that_was_never_written(db):
    account = billed()
    take("reminder", ON)
    take("summons", SUMMONED, HEARING, and_write=False)
    stood = court.record_orders(hearing=HEARING, by=BY, on=HEARING)
    assert [one.kind for one in stood[account.reference]] == ["unwritten"]
    assert stage(account) is Rung.SUMMONS
    court.withdraw(account=account, year=YEAR, take_costs_back=True, by=BY, on=HEARING)
    assert stage(account) is Rung.WITHDRAWN


@pytest.mark.parametrize("act", ["attachment", "agent"])
def test_no_remedy_is_used_under_an_order_of_which_nobody_was_told(db, act):
    account = ordering.an_account_under_order(and_write=False)
    debt = asking.Debt(account.thing, (), ordering.YEAR.name)
    other_year = asking.Debt(account.thing, (), YEAR.name)
    [found, other] = asking.may_we_act([debt, other_year], act, ordering.ORDERED)
    assert [one.kind for one in found] == ["unwritten"]
    assert other == ()
    write_letters(ordering.ORDERED)
    assert asking.may_we_act([debt], act, ordering.ORDERED) == [()]


def test_a_breathing_space_does_not_cover_a_reminder_that_was_never_written(db):
    account = billed()
    take("reminder", ON, and_write=False)
    with pytest.raises(moratoria.NotAMoratoriumDebt):
        moratoria.record_moratorium(
            account=account, kind="breathing_space", starts=NEXT, by=BY, on=NEXT
        )


# Its days are whole


def test_a_notice_that_left_later_than_it_was_written_gives_no_fewer_days(db):
    """Fourteen days and the council's three count from the day of issue: 27 April, or 1 May."""
    at_once, late = billed(), billed()
    take("reminder", ON)
    posted(late, date(2025, 4, 14))
    days = date(2025, 4, 27), date(2025, 4, 30), date(2025, 5, 1)
    got = [getting(preview("summons", day, HEARING)) for day in days]
    assert got == [[at_once.pk], [at_once.pk], [at_once.pk, late.pk]]


def test_a_reminder_is_never_written_on_a_later_day(db):
    billed()
    take("reminder", ON, and_write=False)
    [step] = models.Step.objects.all()
    made, [[_, reason]] = correspondence.write(letters.SORT, [step.pk], by=BY, on=NEXT)
    assert made == []
    assert "too few days. Withdraw it" in str(reason)


def test_a_summons_is_not_written_when_fewer_days_are_left_than_the_law_gives(db):
    billed()
    take("reminder", ON)
    take("summons", SUMMONED, HEARING, and_write=False)
    [row] = waiting.waiting(letters.SORT)
    in_time, late = (letters.fill([row], date(2025, 6, day))[row] for day in (10, 11))
    assert isinstance(in_time, sorts.Ready)  # two days in the post, fourteen whole days, the court
    assert isinstance(late, sorts.TooLate)


def test_no_order_is_recorded_on_a_summons_that_was_posted_too_late(db):
    account = billed()
    take("reminder", ON)
    take("summons", SUMMONED, HEARING)
    posted(account, date(2025, 6, 20))
    stood = court.record_orders(hearing=HEARING, by=BY, on=HEARING)
    assert [one.kind for one in stood[account.reference]] == ["too_short"]
    court.adjourn(account=account, year=YEAR, to=date(2025, 8, 4), by=BY, on=HEARING)
    assert court.record_orders(hearing=date(2025, 8, 4), by=BY, on=date(2025, 8, 4)) == {}


# Withdrawing it


def test_a_notice_that_was_withdrawn_never_was_and_may_be_sent_again(db):
    account = billed()
    take("reminder", ON, and_write=False)
    withdraw(account)
    assert stage(account) is Rung.NONE
    [fact] = Fact.objects.filter(what="revenues.notice_withdrawn")
    assert fact.thing == account.thing
    take("reminder", date(2025, 4, 14))
    assert steps_of(account) == ["reminder", "notice_withdrawn", "reminder"]
    assert getting(take("summons", SUMMONED, HEARING)) == [account.pk]


def test_withdrawing_the_second_reminder_leaves_the_first(db):
    account = billed()
    take("reminder", ON)
    models.Step.objects.create(
        account=account, year=YEAR.first, number=2, kind="second_reminder", issued=SUMMONED,
        act_pence=1, balance_pence=1, level_pence=1, bill_version=1,
    )  # fmt: skip
    withdraw(account, SUMMONED)
    found = stages.stages([account.pk], YEAR, SUMMONED)
    assert (Rung(found.rung[0]), found.reminders[0]) == (Rung.REMINDER, 1)


def test_what_was_told_cannot_be_withdrawn(db):
    account = billed()
    take("reminder", ON)
    with pytest.raises(commands.NothingToWithdraw):
        withdraw(account)


def test_an_officer_without_the_capability_withdraws_nothing(db):
    account = billed()
    take("reminder", ON, and_write=False)
    with pytest.raises(commanding.NotAllowed):
        commands.withdraw_notice(account=account, year=YEAR, by=makers.nobody(), on=NEXT)


def test_all_that_is_too_late_to_write_is_withdrawn_at_once_and_today_s_stays(db):
    first, second = billed(), billed()
    take("reminder", ON, and_write=False)
    today = billed()
    assert getting(take("reminder", NEXT, and_write=False)) == [today.pk]
    assert commands.withdraw_overdue(by=BY, on=NEXT) == 2
    assert [stage(one) for one in (first, second, today)] == [Rung.NONE, Rung.NONE, Rung.REMINDER]
    with pytest.raises(commands.NothingToWithdraw):
        commands.withdraw_overdue(by=BY, on=NEXT)


def test_a_notice_is_withdrawn_or_written_and_never_both(own_database):
    """One officer withdraws and has not finished; the letters are being written meanwhile."""
    account = billed()
    take("reminder", ON, and_write=False)
    [row] = waiting.waiting(letters.SORT)
    withdrawn, finish = threading.Event(), threading.Event()
    made: list[int] = []

    def withdraw_slowly() -> None:
        with transaction.atomic():
            withdraw(account, ON)
            withdrawn.set()
            finish.wait(10)
        connection.close()

    def write() -> None:
        with transaction.atomic():
            made.extend(correspondence.write(letters.SORT, [row], by=BY, on=ON)[0])
        connection.close()

    withdrawing, writing = threading.Thread(target=withdraw_slowly), threading.Thread(target=write)
    withdrawing.start()
    assert withdrawn.wait(10)
    writing.start()
    writing.join(1)
    assert writing.is_alive()  # it waits for the withdrawal
    finish.set()
    withdrawing.join()
    writing.join()
    assert made == []


# The pages


def test_an_officer_is_told_what_to_do_about_them(db, settings):
    settings.STANDING_DATE = SUMMONED
    account = billed()
    take("reminder", ON, and_write=False)
    run = preview("summons", SUMMONED, HEARING)
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))

    def get(address: str) -> str:
        text = ann.get(address).content.decode()
        markup.check(text)
        return text

    there = 'href="/revenues/recovery/unwritten"'
    shown = get(f"/revenues/recovery/previews/{run.pk}?reason=unwritten")
    assert there in shown
    assert account.reference in shown
    assert there in get("/revenues/recovery")
    assert "Withdraw what is too late to write" in get("/revenues/recovery/unwritten")
    one = f"/revenues/accounts/{account.reference}/notices/{YEAR.name}/withdrawal"
    assert one in get(f"/revenues/accounts/{account.reference}/recovery")
    get(one)
    assert ann.post("/revenues/recovery/unwritten", officers.posted()).status_code == 302
    assert "Every step has its letter" in get("/revenues/recovery/unwritten")
    assert "is without its letter" in ann.post(one, officers.posted()).content.decode()
