"""From a claim to a saving, step by step, and what no claim can do."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from borough.kernel.facts import commands as facts
from borough.kernel.facts import delivering
from borough.kernel.facts.models import Fact
from borough.partnership.measures import definitions
from borough.partnership.savings import hearing, holding, models
from borough.partnership.savings.commands import disputes, entries, evidence
from borough.partnership.savings.queries import entries as queries
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats import commands as seats
from borough.partnership.seats import signing
from borough.rules import years
from borough.rules.partnership import waterfall
from tests import makers
from tests.partnership.savings import contract_makers as make

pytestmark = pytest.mark.django_db
STATE, CLASS, ON = waterfall.State, waterfall.Class, make.TODAY


@pytest.fixture
def table(monkeypatch):
    """Return a contract that both have signed, and who sits at the table."""
    make.counts(monkeypatch, {"2023-24": 46_200})
    makers.an_open_ledger()
    council, partner = make.both()
    rule_set = make.a_contract(council, partner)
    make.count()
    make.charge("INV-1", 720_000_00)
    return SimpleNamespace(council=council, partner=partner, rule_set=rule_set)


def state(entry: models.Entry) -> waterfall.State:
    return queries.standing(entry, ON).state


def settled() -> None:
    """Ask now what the database asks as a transaction ends."""
    connection.cursor().execute("set constraints all immediate; set constraints all deferred")


def refused(name: str, do) -> None:
    def all_of_it():
        with transaction.atomic():
            do()
            settled()

    with pytest.raises(DatabaseError, match=name):
        all_of_it()


def test_a_claim_becomes_a_saving_step_by_step(table):
    entry = make.claimed(table.partner)
    seen = [state(entry)]
    entries.agree_method(entry=entry, by=table.council, on=ON)
    seen.append(state(entry))
    evidence.trace(entry=entry, rows=[make.credit_row(10_000_00)], by=table.partner, on=ON)
    seen.append(state(entry))
    make.sign_claim(entry, table.partner)
    seen.append(state(entry))
    make.sign_claim(entry, table.council)
    seen.append(state(entry))
    budget = evidence.bring_record(
        entry=entry, level=4, reference="Budget of 2024-25, R1001", by=table.council, on=ON
    )
    assert queries.standing(entry, ON).level == 3, "what one partner says is not booked yet"
    for one in (table.council, table.partner):
        evidence.sign_record(evidence=budget, by=one, on=ON)
    seen.append(state(entry))
    settled()
    assert seen == [
        STATE.PROPOSED,
        STATE.METHOD_AGREED,
        STATE.MEASURED,
        STATE.MEASURED,
        STATE.SIGNED,
        STATE.BOOKED,
    ]
    assert queries.standing(entry, ON).level == 4
    year = reckoning.account(make.YEAR, ON)
    assert (year.totals.headline_pence, year.totals.run_rate_pence) == (10_000_00, 20_000_00)
    assert year.shared is not None
    assert year.shared.pot_pence == 10_000_00


def test_steps_are_taken_in_order_and_each_by_whom_it_is_for(table):
    entry = make.claimed(table.partner)
    with pytest.raises(entries.OutOfOrder):
        evidence.trace(entry=entry, rows=[], by=table.partner, on=ON)
    with pytest.raises(entries.OutOfOrder):
        make.sign_claim(entry, table.council)
    with pytest.raises(entries.NotYours):
        entries.agree_method(entry=entry, by=table.partner, on=ON)
    with pytest.raises(holding.NoSeat):
        entries.agree_method(entry=entry, by=makers.everything(), on=ON)
    entries.agree_method(entry=entry, by=table.council, on=ON)
    with pytest.raises(entries.OutOfOrder):
        entries.agree_method(entry=entry, by=table.council, on=ON)
    with pytest.raises(entries.NotYours):
        entries.reverse(entry=entry, by=table.council, on=ON)


def test_one_partner_alone_signs_nothing(table):
    entry = make.claimed(table.partner)
    entries.agree_method(entry=entry, by=table.council, on=ON)
    evidence.trace(entry=entry, rows=[make.credit_row(10_000_00)], by=table.partner, on=ON)
    make.sign_claim(entry, table.partner)
    with pytest.raises(seats.AlreadySigned):
        make.sign_claim(entry, table.partner)
    officer = make.officer_of(table.partner)
    said = {"entry": entry, "what": "signed", "digest": "0" * 64, "officer": officer, "on": ON}
    refused("cannot take this step", lambda: models.Event.objects.create(party="partner", **said))
    refused("only who sits", lambda: models.Event.objects.create(party="council", **said))
    with pytest.raises(entries.OutOfOrder, match="with the evidence"):
        evidence.trace(entry=entry, rows=[], by=table.council, on=ON)


def test_what_both_signed_is_taken_back_by_both_and_the_totals_are_as_before(table):
    before = reckoning.account(make.YEAR, ON)
    entry = make.signed_claim(table.council, table.partner)
    assert reckoning.account(make.YEAR, ON).totals != before.totals
    entries.reverse(entry=entry, by=table.partner, on=ON)
    assert state(entry) is STATE.SIGNED
    entries.reverse(entry=entry, by=table.council, on=ON)
    assert state(entry) is STATE.REVERSED
    assert reckoning.account(make.YEAR, ON).totals == before.totals
    with pytest.raises(entries.Waits):
        entries.reverse(entry=entry, by=table.council, on=ON)


def test_a_dispute_freezes_a_claim_and_nothing_else(table):
    entry = make.signed_claim(table.council, table.partner)
    other = make.claimed(table.council, budget_code="R2", line="core")
    why = models.Dispute.Why.DOUBLE
    dispute = disputes.dispute(entry=entry, why=why, by=table.council, on=ON)
    assert state(entry) is STATE.DISPUTED
    assert reckoning.account(make.YEAR, ON).totals.headline_pence == 0
    with pytest.raises(entries.Waits):
        entries.reverse(entry=entry, by=table.partner, on=ON)
    with pytest.raises(disputes.AlreadyDisputed):
        disputes.dispute(entry=entry, why=why, by=table.council, on=ON)
    with pytest.raises(disputes.NotYours):
        disputes.settle(dispute=dispute, by=table.partner, on=ON)
    entries.agree_method(entry=other, by=table.partner, on=ON)
    disputes.settle(dispute=dispute, by=table.council, on=ON)
    assert state(entry) is STATE.SIGNED
    with pytest.raises(disputes.AlreadySettled):
        disputes.settle(dispute=dispute, by=table.council, on=ON)


def test_a_pound_of_a_line_is_claimed_once(table):
    # The line of contacts is worth 42,000 x 4.50 = 189,000.
    entry = make.claimed(table.partner, gross_pence=150_000_00)
    late = make.claimed(table.partner, gross_pence=40_000_00, budget_code="R2")
    for number, one in enumerate((entry, late)):
        entries.agree_method(entry=one, by=table.council, on=ON)
        row = make.credit_row(one.gross_pence, f"CN-{number}")
        evidence.trace(entry=one, rows=[row], by=table.partner, on=ON)
    for one in (table.council, table.partner):
        make.sign_claim(entry, one)
    with pytest.raises(entries.MoreThanTheLine, match=r"£39,000\.00"):
        make.sign_claim(late, table.council)
    with pytest.raises(entries.MoreThanTheLine):
        make.claimed(table.partner, gross_pence=39_000_01)

    def around_the_command():
        content = queries.claim_content(late)
        for one in (table.council, table.partner):
            seats.sign(thing=late.thing, digest=signing.digest(content), by=one, on=ON)
        seat = holding.seat(table.council, ON)
        digest = signing.digest(content)
        entries.step(late, models.Event.What.SIGNED, seat, digest=digest, by=table.council, on=ON)

    refused("more would be saved of a line", around_the_command)


def test_rows_come_to_exactly_the_claim_and_are_claimed_once(table):
    first, second = (make.claimed(table.partner) for _ in range(2))
    for one in (first, second):
        entries.agree_method(entry=one, by=table.council, on=ON)
    row = make.credit_row(10_000_00)
    short = evidence.Row(row.journal_id, row.line, -9_999_99)
    other_side = evidence.Row(row.journal_id, 1, row.pence)
    with pytest.raises(evidence.RowsDiffer):
        evidence.trace(entry=first, rows=[short], by=table.partner, on=ON)
    with pytest.raises(evidence.RowsDiffer, match="right way about"):
        evidence.trace(entry=first, rows=[other_side], by=table.partner, on=ON)
    evidence.trace(entry=first, rows=[row], by=table.partner, on=ON)
    settled()
    with pytest.raises(evidence.RowsTaken):
        evidence.trace(entry=second, rows=[row], by=table.partner, on=ON)
    seat = holding.seat(table.partner, ON)

    def traced(pence: int, journal: int = row.journal_id):
        made = models.Evidence.objects.create(
            entry=second, level=3, party=seat.party, officer_id=seat.officer_id, on=ON
        )
        models.Traced.objects.create(evidence=made, journal_id=journal, line=2, pence=pence)

    refused("claimed once", lambda: traced(row.pence))
    refused("exactly what is claimed", lambda: traced(-1))
    refused("row of a sealed journal", lambda: traced(row.pence, 7))
    entries.reverse(entry=first, by=table.partner, on=ON)
    evidence.trace(entry=second, rows=[row], by=table.partner, on=ON)
    settled()


WRONG = (
    ({"gross_pence": 0}, "some amount"),
    ({"kind": CLASS.NOT_CASH}, "come anyway"),
    ({"kind": CLASS.INCOME}, "come anyway"),
    ({"deadweight_bp": 10_001}, "between 0 and 100"),
    ({"budget_code": ""}, "Name the budget"),
    ({"kind": CLASS.COST_REMOVED, "in_charge": True}, "Only a price"),
    ({"recurrence": waterfall.Recurrence.TIME_LIMITED}, "which year it ends"),
    ({"since": years.Year(2024)}, "or before"),
    ({"shares": {"change.initiative/1": 9_999}}, "exactly 100%"),
    ({"measure": "tests.wishes"}, "No service declares"),
    ({"line": "letters"}, "has no line"),
    ({"year": years.Year(2020)}, "No terms"),
)


def test_a_claim_that_does_not_fit_together_is_refused(table):
    for wrong, why in WRONG:
        with pytest.raises(entries.NotAClaim, match=why):
            make.claimed(table.partner, **wrong)


def test_a_benefit_of_several_initiatives_is_shared_to_the_whole(table):
    shares = {"change.initiative/1": 2_500, "change.initiative/2": 7_500}
    entry = make.claimed(table.partner, shares=shares)
    settled()
    assert queries.standing(entry, ON).shares == shares
    more = {"entry": entry, "initiative": "change.initiative/3", "share_bp": 1}
    refused("exactly the whole", lambda: models.Share.objects.create(**more))


def test_a_saving_that_a_new_baseline_holds_drops_out_by_itself(table):
    entry = make.signed_claim(table.council, table.partner)
    rebased = models.RuleSet.objects.create(
        version=2, first_year="2023-24", guarantee_bp=1000, carries=False, by="x", on=ON
    )
    for line in table.rule_set.lines.all():
        said = {**line.content, "base_year": "2023-24", "is_indexed": False}
        models.Line.objects.create(rule_set=rebased, **said)
    for one in (table.council, table.partner):
        make.sign(rebased, one, ON)
    year = reckoning.account(make.YEAR, ON)
    [judged] = [one for one in year.claims if one.standing.entry == entry]
    assert (judged.in_baseline, judged.counts) == (True, False)
    assert year.totals.headline_pence == 0
    with pytest.raises(entries.InTheBaseline):
        make.claimed(table.partner)


def test_income_counts_above_last_years_rate_alone(table, monkeypatch):
    # Last year 95 of 100; this year 96.5 of 100 due: 1.5 above the rate, whatever the base.
    slug, numbers = "tests.collected", {"2022-23": (95, 100), "2023-24": (193, 200)}
    measure = SimpleNamespace(unit="percent", read=lambda year, on: numbers.get(year.name))
    known = {**definitions.measures(), slug: measure}
    monkeypatch.setattr(definitions, "measures", lambda: known)
    said = {"kind": CLASS.INCOME, "deadweight_bp": 0, "line": "", "measure": slug}
    greedy = make.claimed(table.partner, gross_pence=4, **said)
    fair = make.claimed(table.partner, gross_pence=3, **said)
    for one in (greedy, fair):
        entries.agree_method(entry=one, by=table.council, on=ON)
    with pytest.raises(evidence.NoCount):
        evidence.bring_count(entry=fair, by=table.partner, on=ON)
    make.count(slug=slug)
    with pytest.raises(evidence.NoCount, match="2022-23"):
        evidence.bring_count(entry=fair, by=table.partner, on=ON)
    make.count(make.BASE, slug)
    with pytest.raises(evidence.MoreThanTheUplift):
        evidence.bring_count(entry=greedy, by=table.partner, on=ON)
    evidence.bring_count(entry=fair, by=table.partner, on=ON)
    assert queries.standing(fair, ON).level == 2


def test_a_recurring_saving_is_confirmed_again_each_year(table):
    first = make.signed_claim(table.council, table.partner)
    after = years.Year(2024)
    said = make.a_claim(year=after, since=make.YEAR, gross_pence=20_000_00)
    again = entries.claim(claim=said, renews=first, by=table.partner, on=ON)
    with pytest.raises(entries.OutOfOrder, match="again already"):
        entries.claim(claim=said, renews=first, by=table.partner, on=ON)
    assert state(again) is STATE.PROPOSED
    entries.agree_method(entry=again, by=table.council, on=ON)
    rows = [make.credit_row(20_000_00, "CN-9", date(2025, 3, 20))]
    evidence.trace(entry=again, rows=rows, by=table.partner, on=date(2025, 3, 20))
    for one in (table.council, table.partner):
        make.sign_claim(again, one, date(2025, 3, 20))
    year = reckoning.account(after, date(2025, 3, 20))
    assert year.totals.cumulative_pence == 30_000_00
    assert queries.standing(again, date(2025, 3, 20)).state is STATE.RECONFIRMED


def a_fact(number: int, what: str = "change.benefit_realised", **changed: object) -> Fact:
    """Return news of a benefit as the register of changes tells it."""
    said = {
        "realised": 4,
        "initiative": 2,
        "class": "A2",
        "amount_pence": 5_000_00,
        "full_year_pence": 6_000_00,
        "deadweight_bp": 0,
        "year": "2023-24",
        "baseline_line": "contacts",
        **changed,
    }
    return Fact(
        id=number, what=what, thing="change.initiative/2", on=ON, by="officer/1", detail=said
    )


def test_a_benefit_that_is_heard_is_a_proposal_for_a_partner_to_complete(table):
    hearing.hear([a_fact(1), a_fact(2, amount_pence=0), a_fact(3, baseline_line="x", realised=5)])
    hearing.hear([a_fact(1)])
    heard, other = models.Entry.objects.order_by("pk")
    assert (heard.line.code, other.line, heard.kind) == ("contacts", None, "A2")
    with pytest.raises(entries.OutOfOrder, match="complete it"):
        entries.agree_method(entry=heard, by=table.council, on=ON)
    claim = make.a_claim(shares={"change.initiative/2": 10_000})
    full = entries.claim(claim=claim, completes=heard, by=table.partner, on=ON)
    assert state(heard) is STATE.REVERSED
    with pytest.raises((entries.OutOfOrder, entries.Waits)):
        entries.claim(claim=claim, completes=heard, by=table.partner, on=ON)
    hearing.hear_withdrawal([a_fact(9, "change.benefit_taken_back")])
    hearing.hear_withdrawal([a_fact(9, "change.benefit_taken_back")])
    assert queries.standing(full, ON).is_withdrawn
    assert state(full) is STATE.PROPOSED, "its partners decide what becomes of it"
    hearing.hear_withdrawal([a_fact(10, "change.benefit_taken_back", realised=5)])
    assert state(other) is STATE.REVERSED
    settled()


def test_nothing_that_was_claimed_goes_or_changes(table):
    make.signed_claim(table.council, table.partner)
    for table_name in ("entry", "event", "evidence", "traced", "ruleset"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"delete from savings_{table_name}")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.Entry.objects.update(gross_pence=1)


def test_news_of_the_register_of_changes_arrives(table):
    said = {**a_fact(1).detail, "class": "A2"}
    facts.record(
        "change.benefit_realised",
        thing="change.initiative/2",
        by=makers.everything(),
        on=ON,
        **said,
    )
    delivering.deliver()
    assert models.Entry.objects.get().heard_of == "change.realised/4"


def test_what_is_recorded_late_comes_after_what_was_recorded_before(table):
    entry = make.claimed(table.partner)
    entries.agree_method(entry=entry, by=table.council, on=ON)
    with pytest.raises(entries.OutOfOrder):
        entries.agree_method(entry=entry, by=table.council, on=date(2024, 5, 1))


def test_a_credit_note_is_not_counted_in_the_charge_and_again_beside_it(table):
    journal = make.charge("CN-1", 10_000_00, is_credit=True)
    row = evidence.Row(journal.pk, 1, -10_000_00)
    beside, inside = (make.claimed(table.partner, in_charge=one) for one in (False, True))
    for one in (beside, inside):
        entries.agree_method(entry=one, by=table.council, on=ON)
    with pytest.raises(evidence.InTheCharge, match="count twice"):
        evidence.trace(entry=beside, rows=[row], by=table.partner, on=ON)
    other = make.credit_row(10_000_00, "other")
    with pytest.raises(evidence.InTheCharge, match="credit note"):
        evidence.trace(entry=inside, rows=[other], by=table.partner, on=ON)
    seat = holding.seat(table.partner, ON)

    def around_the_command():
        made = models.Evidence.objects.create(
            entry=beside, level=3, party=seat.party, officer_id=seat.officer_id, on=ON
        )
        models.Traced.objects.create(
            evidence=made, journal_id=row.journal_id, line=1, pence=row.pence
        )

    refused("in the charge exactly when", around_the_command)
    evidence.trace(entry=inside, rows=[row], by=table.partner, on=ON)
    for one in (table.council, table.partner):
        make.sign_claim(inside, one)
    year = reckoning.account(make.YEAR, ON)
    assert year.shared is not None
    assert (year.totals.headline_pence, year.shared.pot_pence) == (10_000_00, 0)
