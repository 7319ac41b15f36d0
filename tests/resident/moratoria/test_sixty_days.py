"""Sixty days of everything that presses: with the notice nothing of it reaches Mary, by a count
that shares nothing with what acts; Tom, in the same plight without one, is pressed all the time."""

import io
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction

from borough.kernel import commanding
from borough.kernel.holds import pressed
from borough.kernel.holds.models import Hold
from borough.kernel.outgoing import routing
from borough.kernel.outgoing.models import Dispatch
from borough.kernel.runs import commands as runs
from borough.lines.revenues import correspondence, models, placing, recovering
from borough.lines.revenues.commands import agents as agent_commands
from borough.lines.revenues.commands import arrangements, attachments, court, placements, receipts
from borough.lines.revenues.commands import correspondence as letters
from borough.lines.revenues.commands import recovery as recovery_commands
from borough.resident.moratoria import check
from tests import makers
from tests.resident.moratoria import notices
from tests.revenues import ordering, recovering_makers

BEFORE, STARTS = date(2025, 4, 10), date(2025, 4, 12)
DAYS, EVERY = 60, 7
ANN, BOB, BY = makers.an_officer(1), makers.an_officer(2), makers.everything()
YEAR = makers.YEAR
STEPS = ("reminder", "second_reminder", "final_notice", "summons")
SORTS = {"step", "costs", "letter", "agent", "attachment"}


def in_trouble(name):
    """Return somebody with an account at each place where one can be pressed."""
    person = makers.a_person(name, "Rimmer")
    for _ in range(2):
        recovering_makers.billed(people=[person])
    ordering.an_account_under_order(people=[person], ordered=date(2025, 3, 20))
    late = makers.an_account(people=[person])
    ordering.bill(late, ordering.YEAR)
    receipts.record_payment(account=late, pence=100, key=name, year=ordering.YEAR, by=BY,
                            on=date(2025, 2, 1))  # fmt: skip
    offer = arrangements.Offer(5_000, "monthly", date(2025, 3, 1))
    arrangement = arrangements.agree(
        account=late, parts=[ordering.YEAR.name], offer=offer, by=BY, on=date(2025, 2, 20)
    )
    arrangements.record_contact(arrangement=arrangement, reached=True, by=BY, on=BEFORE)
    return person


@pytest.fixture
def agent(db):
    firm = ordering.an_employer("Invented Agents Ltd")
    return placements.record_agent(
        person=firm, slug="invented", layout="plain", by=BY, on=date(2025, 3, 1)
    )


def live(day, agent, hearings):
    """Let every service do all that it can on a day, as its officers would."""
    for step in STEPS:
        # Saturdays are lived; a court sits on a working day.
        hearing = day + timedelta(24) if step == "summons" else None
        with suppress(commanding.Refusal, runs.AlreadyAsked):
            prepared = recovery_commands.prepare_recovery(
                year=YEAR, step=step, hearing=hearing, by=ANN, on=day
            )
            recovering.preview(prepared)
            run = recovery_commands.commit_recovery(preview=prepared, by=BOB, on=day)
            recovering.carry_out(run, by=BY, on=day)
            if hearing:
                hearings.append(hearing)
    for hearing in [one for one in hearings if one <= day]:
        with suppress(commanding.Refusal):
            court.record_orders(hearing=hearing, by=BY, on=day)
    press_by_remedies(day, agent)
    for one in models.Arrangement.objects.filter(ends=None):
        with suppress(commanding.Refusal):
            arrangements.warn(arrangement=one, by=BY, on=day)
    with suppress(letters.NothingToWrite):
        run = letters.ask_letters(by=BY, on=day)
        correspondence.issue(run, by=BY)
        correspondence.finish(run, by=BY)
    post(day)


def press_by_remedies(day, agent):
    employer = ordering.an_employer(f"Works {day}")
    # Of those whom the court made an order against, earnings for the first debt of each, and an
    # agent for the rest.
    ordered = models.Step.objects.filter(kind="liability_order", year=YEAR.first)
    first: dict[int, models.Account] = {}
    for step in ordered.order_by("account").select_related("account"):
        first.setdefault(step.account.liabilities.get().person_id, step.account)
    for account in first.values():
        with suppress(commanding.Refusal):
            attachments.order_attachment(
                account=account, year=YEAR, person=account.liabilities.get().person,
                employer=employer, frequency="monthly", by=BY, on=day,
            )  # fmt: skip
    with suppress(commanding.Refusal):
        prepared = placements.prepare_placing(agent=agent, by=ANN, on=day)
        placing.preview(prepared)
        placing.carry_out(placements.commit_placing(preview=prepared, by=BOB, on=day), by=BY)
    with suppress(commanding.Refusal):
        agent_commands.make_recall_file(agent=agent, by=BY, on=day)


def post(day):
    for route in routing.routes(routing.newest_document(), on=day, assume_printed=True):
        if route.way is not routing.Way.HELD:
            Dispatch.objects.create(document_id=route.document, means="hand", on=day, by="post")


def live_on(agent, first, last):
    hearings = []
    for number in range(0, (last - first).days, EVERY):
        live(first + timedelta(number), agent, hearings)


def acts_upon(person, first):
    things = {one.thing for one in models.Account.objects.filter(liabilities__person=person)}
    return [one for one in pressed.everything() if one.thing in things and one.on > first]


def test_with_the_notice_nothing_is_done_and_with_the_hold_taken_off_it_is_seen(agent):
    mary, tom = in_trouble("Mary"), in_trouble("Tom")
    live(BEFORE, agent, [])
    assert models.Remedy.objects.filter(kind="agent", person=mary).exists()
    notices.a_notice(mary, STARTS)
    agent_commands.make_recall_file(agent=agent, by=BY, on=STARTS)
    last = STARTS + timedelta(DAYS)

    with transaction.atomic():
        live_on(agent, STARTS, last)
        assert {one.sort for one in acts_upon(tom, STARTS)} >= SORTS
        assert [one for one in acts_upon(mary, STARTS) if one.on < last] == []
        assert check.findings() == []
        said = io.StringIO()
        assert check.main(said) == 0, said.getvalue()
        transaction.set_rollback(True)

    Hold.objects.update(ends=STARTS + timedelta(1))  # on purpose
    live_on(agent, STARTS, last)
    found = check.findings()
    assert {one.done.sort for one in found} >= SORTS
    assert {one.reference for one in found} == {mary.moratoria.get().reference}
    assert len(check.not_held()) == mary.moratoria.get().debts.filter(is_inside=True).count()
    said = io.StringIO()
    assert check.main(said) == 1
    assert "while a moratorium was upon the debt" in said.getvalue()
