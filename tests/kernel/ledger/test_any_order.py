"""Whatever is asked, in whatever order: the books balance, and no key is lost or doubled."""

import datetime

import hypothesis
import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import stateful
from hypothesis import strategies as st

from borough.kernel.ledger import checks, commands, models, queries, refusals
from tests.kernel.ledger import makers
from tests.kernel.ledger.makers import CLERK, TREASURER

DEBTS = 3
MONTHS = (4, 5, 6)
pence = st.integers(1, 1_000_000)
debts = st.integers(0, DEBTS - 1)
days = st.builds(datetime.date, st.just(2025), st.sampled_from(MONTHS), st.integers(1, 28))


class Ledger(stateful.RuleBasedStateMachine):
    """Beside the ledger, a model that a child could keep: balances, keys and closed months."""

    @stateful.initialize()
    def lay(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        makers.a_ledger()
        self.debts = makers.sub_accounts(DEBTS)
        self.balance = dict.fromkeys(self.debts, 0)
        self.asked = {}  # key -> how it was asked
        self.reversed = set()
        self.closed = set()

    def teardown(self):
        if hasattr(self, "undo"):
            assert checks.check() == []
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def ask(self, key, debt, amount, on, lines):
        arguments = {"on": on, "narrative": key, "lines": lines(debt, abs(amount))}
        try:
            commands.post(source="any", key=key, by=CLERK, **arguments)
        except refusals.PeriodClosed:
            assert on.month in self.closed
        else:
            assert on.month not in self.closed
            self.asked[key] = arguments
            self.balance[debt] += amount

    @stateful.rule(which=debts, amount=pence, on=days)
    def bill(self, which, amount, on):
        key = f"bill/{len(self.asked)}"
        self.ask(key, self.debts[which], amount, on, makers.charge)

    @stateful.rule(which=debts, amount=pence, on=days)
    def pay(self, which, amount, on):
        key = f"pay/{len(self.asked)}"
        self.ask(key, self.debts[which], -amount, on, makers.receipt)

    @stateful.rule(amounts=st.lists(pence, min_size=DEBTS, max_size=DEBTS), on=days)
    def bill_everybody(self, amounts, on):
        ids = queries.account_ids()
        keys = [f"all/{len(self.asked) + i}" for i in range(DEBTS)]
        columns = commands.Postings(
            journal=np.tile(np.arange(DEBTS), 2),
            account=np.repeat([ids["CT-PAYERS"], ids["CT-INCOME"]], DEBTS),
            sub_account=np.array([*self.debts, *[commands.NONE] * DEBTS]),
            pence=np.array([*amounts, *(-one for one in amounts)]),
        )
        try:
            commands.post_batch(
                source="any", journals=commands.Journals(keys, on, keys), postings=columns, by=CLERK
            )
        except refusals.PeriodClosed:
            assert on.month in self.closed
        else:
            for key, debt, amount in zip(keys, self.debts, amounts, strict=True):
                lines = makers.charge(debt, amount)
                self.asked[key] = {"on": on, "narrative": key, "lines": lines}
                self.balance[debt] += amount

    @stateful.precondition(lambda self: self.asked)
    @stateful.rule(data=st.data())
    def ask_again(self, data):
        key = data.draw(st.sampled_from(sorted(self.asked)))
        commands.post(source="any", key=key, by=CLERK, **self.asked[key])

    @stateful.precondition(lambda self: self.asked)
    @stateful.rule(data=st.data())
    def ask_again_differently(self, data):
        key = data.draw(st.sampled_from(sorted(self.asked)))
        changed = {**self.asked[key], "narrative": "something else"}
        with pytest.raises(refusals.KeyReused):
            commands.post(source="any", key=key, by=CLERK, **changed)

    @stateful.precondition(lambda self: self.asked)
    @stateful.rule(data=st.data(), on=days)
    def reverse(self, data, on):
        key = data.draw(st.sampled_from(sorted(self.asked)))
        journal = models.Journal.objects.get(source="any", key=key)
        try:
            commands.reverse(journal, on=on, because=f"on {on}", by=CLERK)
        except refusals.PeriodClosed:
            assert on.month in self.closed
        except refusals.AlreadyReversed:
            assert key in self.reversed
        else:
            if key not in self.reversed:
                self.reversed.add(key)
                for line in self.asked[key]["lines"]:
                    if line.sub_account is not None:
                        self.balance[line.sub_account] -= line.pence

    @stateful.rule(month=st.sampled_from(MONTHS))
    def close(self, month):
        try:
            commands.close_period(month=202500 + month, because="", by=TREASURER, on=makers.MAY)
        except refusals.PeriodAlreadySo:
            assert month in self.closed
        self.closed.add(month)

    @stateful.rule(month=st.sampled_from(MONTHS))
    def reopen(self, month):
        try:
            commands.reopen_period(month=202500 + month, because="", by=TREASURER, on=makers.MAY)
        except refusals.PeriodAlreadySo:
            assert month not in self.closed
        self.closed.discard(month)

    @stateful.invariant()
    def the_books_balance(self):
        if not hasattr(self, "debts"):
            return
        with connection.cursor() as cursor:  # what a commit would check
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
        assert queries.balances(self.debts) == self.balance
        assert models.Journal.objects.count() == len(self.asked) + len(self.reversed)
        held = queries.trial_balance()
        for fund in ("GF", "CF"):
            assert sum(row.pence for row in held if row.fund == fund) == 0
        total = sum(self.balance.values())
        assert queries.control_totals()[makers.KIND] == (total, total)


@pytest.mark.django_db
def test_in_any_order():
    stateful.run_state_machine_as_test(
        Ledger,
        settings=hypothesis.settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )
