"""Enforcement agents: placed by two officers, called back at once, every penny accounted for."""

import csv
import io
import threading
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from borough.kernel.facts import delivering
from borough.kernel.facts.models import Fact
from borough.kernel.holds import commands as holds
from borough.kernel.holds.models import Hold
from borough.kernel.people.commands import needs, people
from borough.kernel.people.models import Residence
from borough.kernel.places.models import Address
from borough.kernel.runs import commands as runs
from borough.lines.revenues import models, placing
from borough.lines.revenues.commands import agents as commands
from borough.lines.revenues.commands import (
    arrangements,
    attachments,
    costs,
    dwellings,
    placements,
    receipts,
    write_offs,
)
from borough.lines.revenues.queries import agents as queries
from borough.lines.revenues.queries import remedies
from tests import makers
from tests.revenues import ordering

ON = date(2025, 9, 1)
LATER = date(2025, 9, 20)
YEAR = ordering.YEAR
BY = makers.everything()


@pytest.fixture
def agent(db):
    return an_agent()


def an_agent():
    firm = ordering.an_employer("Invented Agents Ltd")
    return placements.record_agent(person=firm, slug="invented", layout="plain", by=BY, on=ON)


@pytest.fixture
def mary(db):
    return makers.a_person("Mary", "Rimmer")


@pytest.fixture
def account(mary):
    return ordering.an_account_under_order(people=[mary])


def prepared(agent, on=ON):
    run = placements.prepare_placing(agent=agent, by=makers.an_officer(1), on=on)
    placing.preview(run)
    return run


def placed(agent, on=ON):
    """Place whatever is free; return the file, or None."""
    run = placements.commit_placing(preview=prepared(agent, on), by=makers.an_officer(2), on=on)
    placing.carry_out(run, by=BY)
    return models.AgentFile.objects.filter(run=run).first()


def rows_of(file):
    return list(csv.DictReader(io.StringIO(placing.content(file).decode())))


def returned(agent, *rows, announced=None, on=LATER):
    head = "Our reference,Code,Day,Amount,Passed on,Their reference"
    text = "\n".join([head, *(",".join(row) for row in rows)])
    return commands.load_return(
        agent=agent, content=text.encode(), announced_pence=announced, by=BY, on=on
    )


def the_remedy():
    return models.Remedy.objects.select_related("account").get()


def test_the_preview_says_who_and_why_not_and_changes_nothing(agent, account, mary):
    held = ordering.an_account_under_order()
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=held.thing), by=BY, on=ON)
    preview = prepared(agent)
    [[_, reference, year, pence]] = placing.free_of(preview)
    assert (reference, year) == (account.reference, YEAR.name)
    assert pence == remedies.order_of(account, YEAR, ON).outstanding_pence
    [(left, _, reasons)] = placing.left_of(preview)
    assert left == held.reference
    assert placing.reasons_of(placing.left_of(preview)) == [(reasons[0], 1)]
    assert not models.Remedy.objects.exists()


def test_the_file_says_what_the_agent_needs_and_adds_up(agent, account):
    file = placed(agent)
    [row] = rows_of(file)
    remedy = the_remedy()
    assert row["Our reference"] == remedy.reference == f"EA{remedy.pk:07d}"
    assert (row["Account"], row["Year"], row["Name"]) == (
        account.reference,
        "2024-25",
        "Mary Rimmer",
    )
    assert row["Order made on"] == "20/06/2025"
    assert row["Total"] == f"{remedy.owed_pence // 100}.{remedy.owed_pence % 100:02d}"
    assert (file.rows, file.pence) == (1, remedy.owed_pence)
    assert Fact.objects.filter(what="revenues.debt_placed", thing=account.thing).count() == 1


def test_whoever_prepared_it_may_not_commit_it_nor_on_another_day(agent, account):
    preview = prepared(agent)
    with pytest.raises(placements.SamePerson):
        placements.commit_placing(preview=preview, by=makers.an_officer(1), on=ON)
    with pytest.raises(placements.NotPreviewed):
        placements.commit_placing(preview=preview, by=makers.an_officer(2), on=LATER)


def test_it_is_committed_once(agent, account):
    preview = prepared(agent)
    placements.commit_placing(preview=preview, by=makers.an_officer(2), on=ON)
    with pytest.raises(runs.AlreadyAsked):
        placements.commit_placing(preview=preview, by=makers.an_officer(3), on=ON)


def test_what_came_in_between_is_left_out_and_said(agent, account, mary):
    preview = prepared(agent)
    run = placements.commit_placing(preview=preview, by=makers.an_officer(2), on=ON)
    needs.record_need(person=mary, kind="telephone_first", by=BY, on=ON)
    placing.carry_out(run, by=BY)
    assert not models.Remedy.objects.exists()
    [(reference, _, reasons)] = placing.left_of(run)
    assert reference == account.reference
    assert "telephone call comes before" in reasons[0]
    assert not models.AgentFile.objects.exists()


def test_a_run_that_was_killed_goes_on_and_doubles_nothing(agent, monkeypatch):
    several = [ordering.an_account_under_order() for _ in range(3)]
    monkeypatch.setattr(placing, "PART", 1)
    run = placements.commit_placing(preview=prepared(agent), by=makers.an_officer(2), on=ON)
    begin, done = placing._begin, []

    def dies(*arguments, **more):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return begin(*arguments, **more)

    monkeypatch.setattr(placing, "_begin", dies)
    with pytest.raises(KeyboardInterrupt):
        placing.carry_out(run, by=BY)
    assert models.Remedy.objects.count() == 2
    monkeypatch.setattr(placing, "_begin", begin)
    placing.carry_out(run, by=BY)
    placing.carry_out(run, by=BY)
    file = models.AgentFile.objects.get()
    assert {row["Account"] for row in rows_of(file)} == {one.reference for one in several}
    assert models.Remedy.objects.count() == file.rows == 3


def test_a_hold_calls_it_back_at_once(agent, account, mary):
    placed(agent)
    holds.place_hold(kind="vulnerable", upon=holds.Upon(person=mary), by=BY, on=LATER)
    delivering.deliver()
    remedy = the_remedy()
    assert (remedy.ends, remedy.why_ended) == (LATER, "recalled")
    assert remedy.recall.why == "hold"
    delivering.deliver()
    assert models.Recall.objects.count() == 1


def test_a_death_calls_it_back(agent, account, mary):
    placed(agent)
    people.record_death(person=mary, died_on=LATER, by=BY, on=LATER)
    delivering.deliver()
    assert the_remedy().why_ended == "recalled"


def test_somebody_who_moved_is_looked_for_where_they_live_now(agent, account, mary):
    elsewhere = makers.a_dwelling(line="9 Other Street")
    Residence.objects.create(person=mary, dwelling=elsewhere, starts=date(2025, 5, 1))
    [row] = rows_of(placed(agent))
    assert row["Address"].startswith("9 Other Street")
    assert "Other Street" not in row["Home taxed"]


def test_somebody_whom_nobody_can_find_is_left_alone(agent, account, mary):
    Address.objects.filter(dwelling=account.dwelling).delete()
    preview = prepared(agent)
    assert placing.free_of(preview) == []
    assert placing.reasons_of(placing.left_of(preview)) == [(placing.NOWHERE, 1)]


def test_a_small_debt_is_not_placed(agent, account):
    owed = remedies.order_of(account, YEAR, ON).outstanding_pence
    receipts.record_payment(
        account=account, pence=owed - 9_999, key="most", year=YEAR, by=BY, on=ON
    )
    [(_, _, reasons)] = placing.left_of(prepared(agent))
    assert reasons == ["Less than £100.00 is outstanding: too little to add fees to"]


def test_a_hold_elsewhere_calls_nothing_back(agent, account):
    placed(agent)
    other = ordering.an_account_under_order()
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=other.thing), by=BY, on=LATER)
    delivering.deliver()
    assert the_remedy().ends is None


def test_an_arrangement_calls_it_back(agent, account):
    placed(agent)
    arrangements.agree(
        account=account,
        parts=[YEAR.name],
        offer=arrangements.Offer(10_000, "monthly", LATER),
        by=BY,
        on=LATER,
    )
    delivering.deliver()
    assert the_remedy().recall.why == "arranged"


def test_paid_to_the_council_it_comes_back(agent, account):
    placed(agent)
    receipts.record_payment(
        account=account, pence=the_remedy().owed_pence, key="all", year=YEAR, by=BY, on=LATER
    )
    delivering.deliver()
    remedy = the_remedy()
    assert (remedy.why_ended, remedy.recall.why) == ("paid", "paid")


def test_when_only_costs_were_left_and_they_are_paid_it_comes_back(agent, mary):
    account = ordering.an_account_under_order(people=[mary], costs_pence=8_500)
    placed(agent)
    receipts.record_payment(
        account=account,
        pence=the_remedy().owed_pence - 8_500,
        key="tax",
        year=YEAR,
        by=BY,
        on=LATER,
    )
    delivering.deliver()
    assert the_remedy().ends is None
    costs.take_costs_payment(
        account=account, year=YEAR, pence=8_500, received=LATER, by=BY, on=LATER
    )
    delivering.deliver()
    assert (the_remedy().why_ended, the_remedy().recall.why) == ("paid", "paid")


def test_given_up_by_the_council_it_comes_back(agent, account):
    placed(agent)
    asked = write_offs.ask_write_off(
        account=account,
        year=YEAR.name,
        pence=the_remedy().owed_pence,
        reason="uneconomic",
        stays_seen=True,
        by=makers.an_officer(1),
        on=LATER,
    )
    write_offs.grant_write_off(write_off=asked, by=makers.an_officer(2), on=LATER)
    delivering.deliver()
    assert (the_remedy().why_ended, the_remedy().recall.why) == ("recalled", "officer")


def test_no_longer_owed_after_a_change_it_comes_back(agent, account):
    placed(agent)
    dwellings.apply_exemption(
        dwelling=account.dwelling, letter="N", starts=YEAR.starts, by=BY, on=LATER
    )
    delivering.deliver()
    assert remedies.order_of(account, YEAR, LATER).outstanding_pence == 0
    assert (the_remedy().why_ended, the_remedy().recall.why) == ("recalled", "officer")


def test_the_agent_is_told_of_each_recall_once_and_not_why(agent, account):
    placed(agent)
    commands.call_back(remedy=the_remedy(), why="vulnerable", by=BY, on=LATER)
    with pytest.raises(commands.NotWithAnAgent):
        commands.call_back(remedy=the_remedy(), why="officer", by=BY, on=LATER)
    file = commands.make_recall_file(agent=agent, by=BY, on=LATER)
    [row] = rows_of(file)
    assert (row["Our reference"], row["Why"]) == (the_remedy().reference, "Stop at once")
    with pytest.raises(commands.NothingToCallBack):
        commands.make_recall_file(agent=agent, by=BY, on=LATER)


def test_what_is_passed_on_is_posted_and_fees_are_only_remembered(agent, account):
    placed(agent)
    remedy = the_remedy()
    before = remedies.order_of(account, YEAR, LATER).outstanding_pence
    file = returned(
        agent,
        (remedy.reference, "ACK", "02/09/2025"),
        (remedy.reference, "FEE-C", "02/09/2025", "75.00"),
        (remedy.reference, "PAY", "10/09/2025", "175.00", "100.00", "P1"),
        announced=10_000,
    )
    assert (file.rows, file.set_aside, file.passed_on_pence) == (3, 0, 10_000)
    assert remedies.order_of(account, YEAR, LATER).outstanding_pence == before - 10_000
    assert [fee.pence for fee in queries.charged(remedy)] == [7_500]
    assert not [row.query for row in file.lines.all() if row.query]
    assert Fact.objects.get(what="revenues.agent_charged").detail["pence"] == 7_500


def test_too_little_passed_on_and_too_high_a_fee_are_doubted(agent, account):
    """£175.00 collected, £75.00 for compliance: £100.00 belongs to the council."""
    placed(agent)
    remedy = the_remedy()
    file = returned(
        agent,
        (remedy.reference, "FEE-C", "02/09/2025", "79.00"),
        (remedy.reference, "PAY", "10/09/2025", "175.00", "90.00", "P1"),
    )
    fee, payment = file.lines.order_by("line")
    assert fee.query == "£75.00 is the most that this fee may be"
    assert payment.query == "£10.00 less was passed on than regulation 13 gives the council"


def test_a_file_is_loaded_once_and_a_payment_too(agent, account):
    placed(agent)
    reference = the_remedy().reference
    payment = (reference, "PAY", "10/09/2025", "50.00", "0.00", "P1")
    returned(agent, payment)
    with pytest.raises(commands.AlreadyLoaded):
        returned(agent, payment)
    again = returned(agent, payment, (reference, "ACK", "11/09/2025"))
    assert (again.rows, again.set_aside, again.collected_pence) == (2, 1, 0)
    assert "in another row or file before" in again.lines.get(line=2).query


def test_a_payment_without_a_reference_is_known_by_what_it_says(agent, account):
    placed(agent)
    reference = the_remedy().reference
    payment = (reference, "PAY", "10/09/2025", "50.00", "50.00")
    twice = returned(agent, payment, payment)
    assert (twice.set_aside, twice.passed_on_pence) == (0, 10_000)
    again = returned(agent, payment, payment, (*payment[:3], "60.00", "60.00"))
    assert (again.set_aside, again.passed_on_pence) == (2, 6_000)


def test_a_payment_with_a_very_long_reference_counts_once(agent, account):
    placed(agent)
    ours, theirs = the_remedy().reference, "T" * 120
    for day in (15, 16):
        returned(agent, (ours, "PAY", f"{day}/09/2025", "10.00", "10.00", theirs))
    first, again = models.ReturnRow.objects.order_by("pk")
    assert (first.query, first.passed_on_pence) == ("", 1_000)
    assert again.query == "This payment was in another row or file before"


def test_rows_that_mean_nothing_are_set_aside_and_the_rest_goes_in(agent, account):
    placed(agent)
    reference = the_remedy().reference
    file = returned(
        agent,
        ("EA9999999", "PAY", "10/09/2025", "50.00", "50.00"),
        (reference, "WHAT", "10/09/2025"),
        (reference, "PAY", "10/09/2026", "50.00", "50.00"),
        (reference, "PAY", "01/01/2020", "50.00", "50.00"),
        (reference, "PAY", "10/09/2025", "50.00", "60.00"),
        (reference, "PAY", "x", "50.00", "50.00"),
        (reference, "PAY", "10/09/2025", "0.00", "0.00"),
        (reference, "FEE-C", "10/09/2025", "75.00"),
    )
    assert (file.rows, file.set_aside, file.passed_on_pence) == (8, 7, 0)
    assert [row.line for row in file.lines.filter(remedy=None).order_by("line")] == [
        2,
        3,
        4,
        5,
        6,
        7,
        8,
    ]


def test_another_total_than_announced_loads_nothing(agent, account):
    placed(agent)
    row = (the_remedy().reference, "PAY", "10/09/2025", "175.00", "100.00", "P1")
    with pytest.raises(commands.TotalsDiffer, match="Nothing was loaded"):
        returned(agent, row, announced=10_001)
    assert not models.AgentReturn.objects.exists()
    assert not models.ReturnRow.objects.exists()


def test_sent_back_without_goods_the_order_is_free_for_another_remedy(agent, account, mary):
    placed(agent)
    returned(agent, (the_remedy().reference, "NB", "15/09/2025"))
    assert the_remedy().why_ended == "returned"
    order = attachments.order_attachment(
        account=account,
        year=YEAR,
        person=mary,
        employer=ordering.an_employer(),
        frequency="monthly",
        by=BY,
        on=LATER,
    )
    assert order.remedy.slot == 1


def test_somebody_who_needs_care_is_called_back_and_left_alone(agent, account, mary):
    placed(agent)
    returned(agent, (the_remedy().reference, "VULN", "15/09/2025"))
    remedy = the_remedy()
    assert (remedy.why_ended, remedy.recall.why) == ("recalled", "vulnerable")
    assert Hold.objects.get(person=mary).kind == "vulnerable"
    assert placing.free_of(prepared(agent, LATER)) == []


def test_called_back_because_somebody_needs_care_it_is_not_placed_again_the_next_day(
    agent, account, mary
):
    placed(agent)
    commands.call_back(remedy=the_remedy(), why="vulnerable", by=BY, on=LATER)
    assert Hold.objects.get(person=mary).kind == "vulnerable"
    assert placing.free_of(prepared(agent, LATER)) == []


def test_what_went_out_and_came_back_stays(agent, account):
    file = placed(agent)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.AgentRow.objects.filter(file=file).update(pence=1)


def test_two_at_once_commit_it_once(own_database):
    agent = an_agent()
    ordering.an_account_under_order()
    preview = prepared(agent)
    outcomes = []

    def commit(number):
        try:
            run = placements.commit_placing(preview=preview, by=makers.an_officer(number), on=ON)
            placing.carry_out(run, by=BY)
            outcomes.append("placed")
        except runs.AlreadyAsked:
            outcomes.append("told")
        finally:
            connection.close()

    both = [threading.Thread(target=commit, args=[number]) for number in (2, 3)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["placed", "told"]
    assert models.Remedy.objects.count() == models.AgentFile.objects.count() == 1
