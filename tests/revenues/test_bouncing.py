"""A payment that the payer's bank took back: what it paid is owed again, wherever it had gone."""

from datetime import date

import pytest

from borough.kernel.bank import bouncing, importing, matching, queries
from borough.kernel.bank import commands as bank
from borough.kernel.bank.models import Entry
from borough.kernel.facts.models import Fact
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import billing, costs
from borough.lines.revenues.commands import receipts
from tests import makers, markup, officers
from tests.revenues import ordering
from tests.revenues.recovering_makers import BAND_B, YEAR, billed
from tests.revenues.test_collections import balance_of

pytestmark = pytest.mark.django_db
BY = makers.everything()
CAME, BOUNCED = date(2025, 5, 6), date(2025, 5, 12)
HEAD = b"Date,Paid in,Paid out,Description,Reference\n"


def entry(pence: int, on: date, reference: str = "") -> Entry:
    """Return an entry of a statement: money in, or out where it is negative."""
    ways = (f"{abs(pence) / 100:.2f}", "")[:: 1 if pence > 0 else -1]
    row = f"{on:%d/%m/%Y},{','.join(ways)},cheque,{reference}\n".encode()
    run = bank.load_statement(content=HEAD + row, layout="statement", by=BY, on=on)
    importing.carry_out(run, by=BY)
    return Entry.objects.get(file__run=run)


def took_back(out: Entry, came: Entry) -> None:
    target = matching.Target(bouncing.KIND, str(came.pk))
    bank.match_paid_out(entry=out, target=target, by=BY, on=BOUNCED)


def give(came: Entry, kind: str, reference: str, pence: int) -> None:
    part = bank.Part(matching.Target(kind, reference), pence)
    bank.place_entry(entry=came, parts=[part], by=BY, on=CAME)


def owed(reference: str) -> int:
    return ledger.balance(billing.KIND, reference)


def test_what_a_cheque_paid_is_owed_again_when_it_bounces_and_only_once():
    account = billed()
    came = entry(18_993, CAME, account.reference)
    assert owed(account.reference) == BAND_B - 18_993
    out = entry(-18_993, BOUNCED, account.reference)
    assert queries.may_have_bounced(out) == [came]
    took_back(out, came)
    assert (owed(account.reference), balance_of("BANK")) == (BAND_B, 0)
    [fact] = Fact.objects.filter(what="revenues.payment_bounced")
    assert (fact.thing, fact.detail["pence"]) == (account.thing, 18_993)
    again = entry(-18_993, date(2025, 5, 13), account.reference)
    assert queries.may_have_bounced(again) == []
    with pytest.raises(bank.NotThatMoney, match="Another entry"):
        took_back(again, came)
    assert checks.check() == []


def test_what_was_split_or_set_against_another_year_or_waits_still_is_undone_to_the_penny():
    mary = makers.a_person("Mary", "Rimmer")
    first, other = ordering.an_account_under_order(people=[mary], costs_pence=8_000), billed()
    before = owed(first.reference), balance_of("BANK")
    came = entry(30_000, CAME)
    give(came, costs.KIND, first.reference, 8_000)
    give(came, billing.KIND, other.reference, 12_000)
    billing.bill_accounts([other.pk], YEAR.preceding, on=CAME, by=BY, because="billing")
    owes = owed(other.reference)
    receipts.set_against_year(
        account=other,
        key=f"placed/{came.pk}/2",
        from_year=YEAR.name,
        to_year=YEAR.preceding.name,
        pence=5_000,
        by=BY,
        on=CAME,
    )
    assert queries.waits_of(came) == 10_000
    took_back(entry(-30_000, BOUNCED), came)
    assert ledger.balance(costs.KIND, first.reference) == 8_000
    assert owed(other.reference) == owes + 12_000
    told = Fact.objects.filter(what="revenues.payment_bounced").values_list("thing", "detail")
    assert {thing: detail["pence"] for thing, detail in told} == {
        first.thing: 8_000,
        other.thing: 12_000,
    }
    assert (queries.waits_of(came), balance_of("SUSPENSE")) == (0, 0)
    assert (owed(first.reference), balance_of("BANK")) == before
    assert checks.check() == []


@pytest.mark.parametrize("named", ["0", "x", "9" * 25, "", "01", "²"])
def test_a_number_that_no_credit_has_is_refused_in_words(named):
    out = entry(-5_000, BOUNCED)
    with pytest.raises(matching.UnknownTarget, match="has the number"):
        bank.match_paid_out(
            entry=out, target=matching.Target(bouncing.KIND, named), by=BY, on=BOUNCED
        )


def test_another_amount_money_out_and_what_was_on_its_way_are_refused_and_nothing_is_lost():
    account = billed()
    came = entry(18_993, CAME, account.reference)
    out = entry(-18_992, BOUNCED)
    with pytest.raises(matching.UnknownTarget, match="Look for the difference"):
        took_back(out, came)
    with pytest.raises(matching.UnknownTarget, match="No entry of money that came in"):
        took_back(out, out)
    assert owed(account.reference) == BAND_B - 18_993
    assert queries.may_have_bounced(out) == []
    assert checks.check() == []


def test_the_page_of_the_entry_leads_to_the_payment_that_it_took_back(settings):
    settings.STANDING_DATE = BOUNCED
    account = billed()
    came = entry(18_993, CAME, account.reference)
    out = entry(-18_993, BOUNCED)
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    page = ann.get(f"/bank/entries/{out.pk}").content.decode()
    markup.check(page)
    assert f"Entry {came.pk}, received on 6 May 2025, given to {account.reference}" in page
    way = f"/bank/entries/{out.pk}/paid-out"
    filled = ann.get(f"{way}?kind={bouncing.KIND}&reference={came.pk}").content.decode()
    assert f'value="{came.pk}"' in filled
    answer = ann.post(way, officers.posted(kind=bouncing.KIND, reference=str(came.pk)))
    assert answer.status_code == 302, answer.content.decode()
    assert owed(account.reference) == BAND_B
    for one, other in ((out, came), (came, out)):
        page = ann.get(f"/bank/entries/{one.pk}").content.decode()
        markup.check(page)
        assert f'href="/bank/entries/{other.pk}"' in page
        assert "found its owner" not in page
