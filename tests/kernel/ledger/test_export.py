"""The export adds up by itself; ``bean-check`` reads it where it is installed."""

import io
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal

import pytest

from borough.kernel.ledger import commands, export, queries
from tests.kernel.ledger import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(db) -> str:
    makers.a_ledger()
    debt = makers.sub_accounts()[0]
    journal = makers.bill(debt, 150_001)
    makers.pay(debt, 15_005)
    commands.reverse(journal, on=makers.MAY, because='A "wrong"\nband \\ bill', by=makers.CLERK)
    out = io.StringIO()
    export.export_beancount(out)
    return out.getvalue()


def test_the_export_adds_up(text):
    """Reads the text as a stranger would, and compares with the trial balance."""
    sums, asserted = Counter(), {}
    for line in text.splitlines():
        if found := re.match(r"  (\w+:\w+:\S+)  (-?\d+\.\d\d) GBP$", line):
            sums[found[1]] += Decimal(found[2])
        if found := re.match(r"2025-05-11 balance (\S+)  (-?\d+\.\d\d) GBP$", line):
            asserted[found[1]] = Decimal(found[2])
    held = {row.code: row.pence for row in queries.trial_balance()}
    assert {name.split(":")[2]: amount * 100 for name, amount in asserted.items()} == held
    assert {name: sums[name] for name in asserted} == asserted
    assert held["CT-PAYERS"] == -15_005


def test_text_is_quoted(text):
    assert '2025-05-10 * "revenues.billing" "A \\"wrong\\" band \\\\ bill"' in text
    assert '    sub-account: "revenues.council_tax/100001/2025-26"' in text


def test_an_empty_ledger_exports_nothing():
    makers.a_ledger()
    assert list(export.beancount()) == []


def test_bean_check_agrees(text, tmp_path):
    checker = shutil.which("bean-check")
    if checker is None:
        pytest.skip("bean-check is not installed: the independent reading did NOT take place")
    file = tmp_path / "ledger.beancount"
    file.write_text(text)
    subprocess.run([checker, str(file)], check=True)
