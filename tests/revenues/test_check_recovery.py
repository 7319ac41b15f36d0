"""The checker knows nothing of the runs: take a guard away on purpose, and it finds what came."""

import io
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction

from borough.kernel.documents import queries as documents
from borough.kernel.holds import commands as holds
from borough.kernel.holds import queries as asking
from borough.kernel.outgoing.models import Dispatch
from borough.kernel.people import commands as people
from borough.kernel.runs.models import Run
from borough.lines.revenues import check_recovery, models, remedying, steps
from borough.lines.revenues.commands import arrangements, court, unwritten
from borough.lines.revenues.queries import remedies
from tests import makers
from tests.conftest import as_owner
from tests.revenues import ordering
from tests.revenues.recovering_makers import BY, YEAR, billed, pay, take

ON, LATER = date(2025, 4, 10), date(2025, 5, 20)
HEARING = date(2025, 6, 30)
HELD = "a hold stood against it"


def found() -> set[str]:
    """Return what the checker finds, and hold it to its own exit code."""
    out = io.StringIO()
    code = check_recovery.main(out)
    words = {one for one, rows in check_recovery.findings() if rows}
    assert code == (1 if words else 0), out.getvalue()
    return words


def hold(account: models.Account, on: date = ON) -> None:
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=account.thing), by=BY, on=on)


@contextmanager
def without_asking(monkeypatch):
    """Take away the question, and the wall behind it in the database."""
    with monkeypatch.context() as broken, as_owner() as owner:
        broken.setattr(asking, "may_we_act", lambda debts, act, on: [() for _ in debts])
        for trigger in ("revenues_step_asks", "revenues_step_follows"):
            owner.execute(f"alter table revenues_step disable trigger {trigger}")
        yield
        for trigger in ("revenues_step_asks", "revenues_step_follows"):
            owner.execute(f"alter table revenues_step enable always trigger {trigger}")


def by_hand(account: models.Account, kind: str, on: date, act_pence: int = 18_993) -> None:
    """Take a step past the ladder: what the law says of its day is not looked at."""
    wanted = steps.Wanted(
        account.pk,
        account.reference,
        act_pence=act_pence,
        balance_pence=act_pence,
        level_pence=act_pence,
        bill_version=1,
        hearing=HEARING,
    )
    steps.take(kind, [wanted], YEAR, on=on)


def test_a_whole_way_up_the_ladder_is_clean(db):
    for _ in range(3):
        billed()
    take("reminder", ON)
    take("summons", LATER, HEARING)
    court.record_orders(hearing=HEARING, by=BY, on=HEARING)
    assert models.Step.objects.count() == 9
    assert found() == set()


def test_a_hold_placed_after_the_step_is_no_finding(db):
    account = billed()
    take("reminder", ON)
    hold(account)
    assert found() == set()


def test_without_the_question_a_hold_is_found_out(own_database, monkeypatch):
    account, _ = billed(), billed()
    hold(account)
    with without_asking(monkeypatch):
        take("reminder", ON)
    assert found() == {HELD}


def test_without_the_question_a_hold_on_a_person_is_found_out(own_database, monkeypatch):
    mary = makers.a_person()
    billed(people=[mary])
    holds.place_hold(kind="vulnerable", upon=holds.Upon(person=mary), by=BY, on=ON)
    with without_asking(monkeypatch):
        take("reminder", ON)
    assert found() == {HELD}


def test_without_the_question_a_summons_upon_no_letter_is_found_out(own_database, monkeypatch):
    billed()
    take("reminder", ON, and_write=False)
    with without_asking(monkeypatch):
        take("summons", LATER, HEARING, and_write=False)
    assert found() == {"the letter that it rests on was never written"}


def test_without_the_question_a_remedy_under_an_untold_order_is_found_out(
    own_database, monkeypatch
):
    account = ordering.an_account_under_order(and_write=False)
    [order] = remedies.orders(ordering.ORDERED, [account.pk])
    with without_asking(monkeypatch), transaction.atomic():
        remedying.start_many(remedying.Kind.AGENT, [order], on=ordering.ORDERED)
    assert "the letter that it rests on was never written" in found()


def test_a_letter_that_left_late_shortens_no_days_unseen(db):
    account = billed()
    take("reminder", ON)
    [letter] = documents.documents_of(account.thing)
    left = date(2025, 5, 7)  # thirteen days before the summons
    Dispatch.objects.create(document_id=letter.id, means="hand", on=left, by="test")
    by_hand(account, "summons", LATER)
    assert found() - {"no second officer looked"} == {"the days of the law were not over"}


def test_a_notice_that_was_withdrawn_and_sent_again_is_clean(db):
    account = billed()
    take("reminder", ON, and_write=False)
    unwritten.withdraw_notice(account=account, year=YEAR, by=BY, on=date(2025, 4, 11))
    take("reminder", date(2025, 4, 14))
    take("summons", LATER, HEARING)
    assert models.Step.objects.count() == 4
    assert found() == set()


def test_without_the_question_a_death_is_found_out(own_database, monkeypatch):
    mary = makers.a_person()
    billed(people=[mary])
    people.record_death(person=mary, died_on=date(2025, 4, 2), by=BY, on=ON)
    with without_asking(monkeypatch):
        take("reminder", ON)
    assert found() == {"somebody who owes had died"}


def test_without_the_question_a_letter_before_the_call_is_found_out(own_database, monkeypatch):
    mary = makers.a_person()
    billed(people=[mary])
    people.record_need(person=mary, kind="telephone_first", by=BY, on=date(2025, 4, 1))
    with without_asking(monkeypatch):
        take("reminder", ON)
    assert found() == {"a call, or a safe way, was to come before any letter"}


def test_a_letter_after_the_call_is_no_finding_and_one_long_after_it_is(own_database, monkeypatch):
    mary = makers.a_person()
    billed(people=[mary])
    people.record_need(person=mary, kind="telephone_first", by=BY, on=date(2025, 4, 1))
    holds.record_call(person=mary, reached=True, by=BY, on=date(2025, 4, 8))
    take("reminder", ON)
    assert found() == set()
    with without_asking(monkeypatch):
        take("summons", LATER, HEARING)
    assert found() == {"a call, or a safe way, was to come before any letter"}


def test_without_the_question_a_kept_arrangement_is_found_out(own_database, monkeypatch):
    account = billed()
    arrangements.agree(
        account=account,
        parts=[YEAR.name],
        offer=arrangements.Offer(5_000, "monthly", date(2025, 5, 1)),
        by=BY,
        on=date(2025, 4, 5),
    )
    with without_asking(monkeypatch):
        take("reminder", ON)
    assert found() == {"an arrangement was not broken"}


@pytest.mark.parametrize(
    ("kind", "on", "words"),
    [
        ("summons", date(2025, 4, 20), "the days of the law were not over"),
        ("liability_order", LATER, "the step before it is missing"),
        ("final_notice", LATER, ""),
    ],
)
def test_a_step_too_soon_or_out_of_order_is_found_out(db, kind, on, words):
    account = billed()
    take("reminder", ON)
    by_hand(account, kind, on)
    words_found = found() - {"no second officer looked"}
    assert words_found == ({words} if words else set())


def test_asking_for_what_was_paid_is_found_out(own_database):
    account = billed()
    pay(account, 189_993, date(2025, 4, 1))
    by_hand(account, "final_notice", LATER)
    assert "less was owed than it asked for" in found()


def test_a_step_that_one_officer_took_alone_is_found_out(db):
    account = billed()
    by_hand(account, "reminder", ON)
    assert found() == {"no second officer looked"}


def test_a_run_committed_by_whoever_prepared_it_is_found_out(db):
    billed()
    run = take("reminder", ON)
    Run.objects.filter(pk=run.asked["preview"]).update(by=run.by)
    assert found() == {"no second officer looked"}
