"""A step of recovery: one prepares it, another commits it, and it is asked about once more."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from borough.kernel import commanding
from borough.kernel.facts.models import Fact
from borough.kernel.holds import commands as holds
from borough.kernel.ledger import checks
from borough.kernel.people import commands as people
from borough.kernel.runs import commands as runs
from borough.lines.revenues import costs, models, recovering
from borough.lines.revenues.commands import households
from borough.lines.revenues.commands import recovery as commands
from borough.lines.revenues.queries import stages
from borough.rules.council_tax.recovery import Rung
from tests import makers
from tests.revenues.recovering_makers import (
    ANN,
    BAND_B,
    BOB,
    BY,
    FIRST,
    YEAR,
    billed,
    commit,
    getting,
    pay,
    preview,
    reasons,
    take,
)

ON = date(2025, 4, 10)
HEARING = date(2025, 6, 30)


def hold(account: models.Account, kind: str = "dispute", on: date = ON) -> None:
    holds.place_hold(kind=kind, upon=holds.Upon(thing=account.thing), by=BY, on=on)


def test_a_preview_changes_nothing_and_says_who_would_get_what(db):
    owes, paid = billed(), billed()
    pay(paid, FIRST, date(2025, 4, 1))
    run = preview("reminder", ON)
    assert recovering.result(run).steps == [(owes.pk, FIRST)]
    assert not models.Step.objects.exists()


def test_everybody_who_is_kept_out_is_told_with_the_reason(db):
    mary = makers.a_person()
    disputed, dead, called, lately, credit, small = (
        billed(),
        billed(people=[mary]),
        billed(people=[john := makers.a_person("John")]),
        billed(),
        billed(),
        billed(),
    )
    hold(disputed)
    people.record_death(person=mary, died_on=date(2025, 4, 2), by=BY, on=ON)
    people.record_need(person=john, kind="telephone_first", by=BY, on=ON)
    pay(lately, 5_000, date(2025, 4, 8))
    pay(credit, 100_000, date(2025, 3, 20), part="2024-25")
    pay(small, FIRST - 900, date(2025, 4, 1))
    run = preview("reminder", ON)
    assert getting(run) == []
    assert reasons(run, disputed) == ["dispute"]
    assert reasons(run, dead) == ["death"]
    assert reasons(run, called) == ["telephone_first"]
    assert reasons(run, lately) == ["paid_lately"]
    assert reasons(run, credit) == ["credit_elsewhere"]
    assert reasons(run, small) == ["below_the_least"]


def test_a_reminder_says_all_that_its_letter_needs(db):
    account = billed()
    take("reminder", ON)
    step = models.Step.objects.get()
    assert step.account == account
    assert (step.kind, step.number, step.issued) == ("reminder", 1, ON)
    assert (step.act_pence, step.balance_pence) == (FIRST, BAND_B)
    assert (step.complied_by, step.falls_due) == (date(2025, 4, 16), date(2025, 4, 24))
    [fact] = Fact.objects.filter(what="revenues.reminded")
    assert fact.thing == account.thing
    assert fact.detail["act_pence"] == FIRST


def test_whoever_prepared_a_step_may_not_commit_it(db):
    billed()
    with pytest.raises(commands.SamePerson):
        commands.commit_recovery(preview=preview("reminder", ON), by=ANN, on=ON)


def test_an_officer_without_the_capability_commits_nothing(db):
    billed()
    with pytest.raises(commanding.NotAllowed):
        commands.commit_recovery(preview=preview("reminder", ON), by=makers.nobody(), on=ON)


def test_a_preview_is_committed_once_and_on_its_own_day(db):
    billed()
    run = preview("reminder", ON)
    with pytest.raises(commands.NotPreviewed, match="prepare a new one"):
        commands.commit_recovery(preview=run, by=BOB, on=ON + timedelta(1))
    commit(run, ON)
    with pytest.raises(runs.AlreadyAsked):
        commands.commit_recovery(preview=run, by=BOB, on=ON)


def test_who_paid_since_the_preview_gets_nothing_and_it_is_told(db):
    paid, partly, owes = billed(), billed(), billed()
    prepared = preview("reminder", ON)
    pay(paid, FIRST, date(2025, 4, 1))
    pay(partly, 5_000, date(2025, 4, 1))
    run = commit(prepared, ON)
    assert getting(run) == [partly.pk, owes.pk]
    assert reasons(run, paid) == ["paid"]
    assert recovering.result(run).changed == [(partly.pk, FIRST, FIRST - 5_000)]


def test_a_hold_placed_since_the_preview_is_honoured(db):
    account = billed()
    prepared = preview("reminder", ON)
    hold(account, "claim_pending")
    run = commit(prepared, ON)
    assert getting(run) == []
    assert reasons(run, account) == ["claim_pending"]
    assert not models.Step.objects.exists()


def test_nobody_joins_who_was_not_in_the_preview(db):
    late = billed()
    pay(late, FIRST, date(2025, 4, 1))
    owes = billed()
    prepared = preview("reminder", ON)
    households.apply_single_person_discount(account=late, starts=date(2025, 4, 1), by=BY, on=ON)
    other = billed()
    run = commit(prepared, ON)
    assert getting(run) == [owes.pk]
    assert not models.Step.objects.filter(account__in=[late, other]).exists()


def test_a_run_whose_day_is_over_stops_for_good(db):
    billed()
    run = commands.commit_recovery(preview=preview("reminder", ON), by=BOB, on=ON)
    with pytest.raises(recovering.DayIsOver):
        recovering.carry_out(run, by=BY, on=ON + timedelta(1))
    assert not models.Step.objects.exists()


def test_carrying_it_out_again_sends_nothing_twice(db):
    billed()
    run = take("reminder", ON)
    recovering.carry_out(run, by=BY, on=ON)
    assert models.Step.objects.count() == 1
    assert Fact.objects.filter(what="revenues.recovery_done").count() == 1


def test_parts_come_to_the_same_as_the_whole(db, monkeypatch):
    accounts = [billed() for _ in range(7)]
    monkeypatch.setattr(recovering, "PART", 2)
    monkeypatch.setattr(recovering, "TAKEN_AT_ONCE", 3)
    run = take("reminder", ON)
    assert run.parts_expected == 3
    assert getting(run) == [one.pk for one in accounts]


def test_the_whole_way_from_reminder_to_summons_with_its_costs(db):
    account = billed()
    take("reminder", ON)
    run = take("summons", date(2025, 5, 20), HEARING)
    assert getting(run) == [account.pk]
    step = models.Step.objects.get(kind="summons")
    assert (step.act_pence, step.costs_pence, step.hearing) == (BAND_B, 6_000, HEARING)
    assert costs.owed([account.reference], YEAR) == {account.reference: 6_000}
    assert recovering.result(run).costs_pence == 6_000
    assert checks.check() == []
    assert stages.stages([account.pk], YEAR, date(2025, 5, 21)).rung.tolist() == [Rung.SUMMONS]


def test_a_summons_leaves_time_before_the_hearing(db):
    billed()
    with pytest.raises(commands.NotAHearing, match="9 June 2025 or later"):
        preview("summons", date(2025, 5, 20), date(2025, 6, 8))
    with pytest.raises(commands.NotAHearing, match="names it"):
        preview("summons", date(2025, 5, 20))


def test_breathing_space_stops_the_summons_of_its_year_alone(db):
    account = billed()
    take("reminder", ON)
    upon = holds.Upon(thing=account.thing, part=YEAR.name)
    day = date(2025, 5, 20)
    holds.place_statutory_hold(kind="breathing_space", upon=upon, starts=day, by=BY, on=day)
    run = preview("summons", day, HEARING)
    assert reasons(run, account) == ["breathing_space"]


def test_an_account_is_worked_out_in_as_many_queries_as_a_hundred(
    db, django_assert_max_num_queries
):
    for _ in range(12):
        billed()
    with django_assert_max_num_queries(34):  # where they are written to is asked in four of them
        preview("reminder", ON)


def test_a_hold_that_is_being_placed_at_that_very_moment_is_waited_for(own_database):
    """Two officers: one places a hold and has not finished, another's run is about to send."""
    account = billed()
    run = commands.commit_recovery(preview=preview("reminder", ON), by=BOB, on=ON)
    placed, finish = threading.Event(), threading.Event()

    def place_slowly() -> None:
        with transaction.atomic():
            hold(account)
            placed.set()
            finish.wait(10)
        connection.close()

    def send() -> None:
        recovering.carry_out(run, by=BY, on=ON)
        connection.close()

    placing = threading.Thread(target=place_slowly)
    sending = threading.Thread(target=send)
    placing.start()
    assert placed.wait(10)
    sending.start()
    sending.join(1)
    assert sending.is_alive()  # it waits for the hold
    finish.set()
    placing.join()
    sending.join()
    assert not models.Step.objects.exists()
    assert reasons(run, account) == ["dispute"]
