"""Whatever is called in whatever order: nobody signs for both, and no line is overdrawn.

A state machine against the real database: each run begins anew from a savepoint, and after each
call the database checks all that it would check at the end of a transaction.
"""

from collections import Counter, defaultdict

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings, stateful
from hypothesis import strategies as st

from borough.kernel import commanding
from borough.partnership.savings import models
from borough.partnership.savings.commands import disputes, entries, evidence
from borough.partnership.savings.queries import entries as queries
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats.models import Seat, Signature
from tests import makers
from tests.partnership.savings import contract_makers as make

pytestmark = pytest.mark.django_db
ON = make.TODAY
WHO = st.sampled_from(("cleo", "carl", "pat"))
WHICH = st.integers(0, 2)
WHAT = models.Event.What


class Table(stateful.RuleBasedStateMachine):
    """Two who sit for the council, one for the partner, and three claims of one line."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.claims: list[models.Entry] = []

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def attempt(self, do) -> None:
        """Do it if it is not refused; anything but a refusal with a sentence is a fault."""
        try:
            with transaction.atomic():
                do()
                connection.cursor().execute(
                    "set constraints all immediate; set constraints all deferred"
                )
        except commanding.Refusal as refusal:
            SEEN[type(refusal).__name__] += 1

    def on_claim(self, which: int, do) -> None:
        self.attempt(lambda: do(self.claims[which]))

    @stateful.initialize(measured=st.integers(1, 3))
    def claim(self, measured: int) -> None:
        for who, gross in (("pat", 120_000_00), ("cleo", 60_000_00), ("pat", 110_000_00)):
            self.claims.append(make.claimed(PEOPLE[who], gross_pence=gross))
        for which in range(measured):
            for who in ("cleo", "pat"):
                self.agree(who, which)
            self.trace("pat", which)

    @stateful.rule(who=WHO, which=WHICH)
    def agree(self, who: str, which: int) -> None:
        self.on_claim(which, lambda one: entries.agree_method(entry=one, by=PEOPLE[who], on=ON))

    @stateful.rule(who=WHO, which=WHICH)
    def trace(self, who: str, which: int) -> None:
        def do(one: models.Entry) -> None:
            rows = [evidence.Row(ROW.journal_id, ROW.line, -one.gross_pence)]
            evidence.trace(entry=one, rows=rows, by=PEOPLE[who], on=ON)

        self.on_claim(which, do)

    @stateful.rule(whose=st.permutations(("cleo", "carl", "pat")), which=WHICH)
    def all_sign(self, whose: list[str], which: int) -> None:
        for who in whose:
            self.sign(who, which)

    @stateful.rule(who=WHO, which=WHICH)
    def sign(self, who: str, which: int) -> None:
        self.on_claim(which, lambda one: make.sign_claim(one, PEOPLE[who]))

    @stateful.rule(who=WHO, which=WHICH)
    def reverse(self, who: str, which: int) -> None:
        self.on_claim(which, lambda one: entries.reverse(entry=one, by=PEOPLE[who], on=ON))

    @stateful.rule(whose=st.permutations(("cleo", "carl", "pat")), which=WHICH)
    def all_reverse(self, whose: list[str], which: int) -> None:
        for who in whose:
            self.reverse(who, which)

    @stateful.rule(who=WHO, which=WHICH)
    def dispute(self, who: str, which: int) -> None:
        why = models.Dispute.Why.METHOD
        self.on_claim(
            which, lambda one: disputes.dispute(entry=one, why=why, by=PEOPLE[who], on=ON)
        )

    @stateful.rule(who=WHO, which=WHICH)
    def settle(self, who: str, which: int) -> None:
        def do(one: models.Entry) -> None:
            for each in one.disputes.filter(ends=None):
                disputes.settle(dispute=each, by=PEOPLE[who], on=ON)

        self.on_claim(which, do)

    @stateful.invariant()
    def nobody_signed_for_both(self) -> None:
        sits = dict(Seat.objects.values_list("officer_id", "party"))
        signed = defaultdict(set)
        for one in Signature.objects.all():
            assert sits[one.officer_id] == one.party
            signed[one.thing].add((one.party, one.officer_id))
        for one in queries.standings(self.claims, ON):
            by = signed[one.entry.thing]
            SEEN[one.state] += 1
            assert one.is_signed == ({party for party, _ in by} == {"council", "partner"})
            agreed = one.events.get(WHAT.METHOD_AGREED)
            assert agreed is None or agreed.party != one.entry.prepared_by
            if one.is_signed and one.is_over:
                back = {party for party, _ in signed[one.entry.reversal]}
                assert back == {"council", "partner"}

    @stateful.invariant()
    def no_line_is_overdrawn_and_totals_are_of_what_counts(self) -> None:
        found = queries.standings(self.claims, ON)
        live = [one for one in found if one.is_signed and not one.is_over]
        assert sum(one.entry.gross_pence for one in live) <= 189_000_00
        counted = [one.entry.gross_pence for one in live if not one.disputes]
        if not live:
            return  # the year is costly to work out at each step
        year = reckoning.account(make.YEAR, ON)
        assert year.totals.headline_pence == sum(counted)
        assert year.shared is not None
        if year.shared.partner_share_pence:
            assert year.shared.cash_settlement_pence == 0


SEEN: Counter[str] = Counter()
PEOPLE: dict[str, object] = {}
ROW = evidence.Row(0, 1, 0)


def test_no_sequence_of_calls_signs_for_both_nor_claims_a_pound_twice(monkeypatch):
    global ROW  # noqa: PLW0603  the machine is made anew for each run, and takes no arguments
    make.counts(monkeypatch, {"2023-24": 46_200})
    makers.an_open_ledger()
    PEOPLE["cleo"], PEOPLE["pat"] = make.both()
    PEOPLE["carl"] = make.sits(models.entries.Party.COUNCIL, "Carl Council")
    make.a_contract(PEOPLE["cleo"], PEOPLE["pat"])
    make.count()
    make.charge("INV-1", 900_000_00)
    ROW = make.credit_row(300_000_00)
    stateful.run_state_machine_as_test(
        Table,
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    reached = {"signed", "NotYours"}
    assert reached <= SEEN.keys(), f"the runs did not reach {reached - SEEN.keys()}"
