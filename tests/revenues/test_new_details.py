"""A payer's bank account moves: the bank tells us, one officer keys it, another confirms it."""

from datetime import date

import pytest

from borough.kernel.bank import commands as bank
from borough.kernel.bank.models import BankDetails
from borough.kernel.facts.models import Fact
from borough.lines.revenues import instructing, lodging, models, returning
from borough.lines.revenues.commands import instructions, keying
from borough.lines.revenues.commands import new_details as commands
from borough.lines.revenues.queries import advice_lines
from borough.lines.revenues.queries import instructions as queries
from tests import markup, officers
from tests.revenues import debits
from tests.revenues.test_returned import BACK, loaded

pytestmark = pytest.mark.django_db
ADVICE = """<BACSDocument><Data><MessagingAdvices><MessagingHeader report-type="ADDACS"/>
<MessagingAdvice user-number="000000" record-type="A" reason-code="{code}" reference="{reference}"
 effective-date="2025-05-02"{new}/></MessagingAdvices></Data></BACSDocument>"""
NEW = ' payer-new-sort-code="00-00-01" payer-new-account-number="87654321" payer-new-name="M R"'
GIVEN = instructing.Given("000001", "8765 4321", "M RIMMER")


def moved(account: models.Account, code: str, new: str = NEW) -> bytes:
    """Return an advice of the bank that an account has moved."""
    reference = account.instructions.get().reference
    return ADVICE.format(code=code, reference=reference, new=new).encode()


def told(code: str, new: str = NEW) -> tuple[models.Account, models.Advice]:
    account = debits.a_payer(band="B")
    return account, loaded(moved(account, code, new)).lines.get()


def test_within_a_bank_the_instruction_lives_on_with_the_new_account_once_it_is_confirmed():
    account, advice = told("C")
    assert queries.state(account.instructions.get(), BACK) == "Stopped"
    held = commands.take_over(advice=advice, given=GIVEN, by=debits.ANN, on=BACK)
    assert (held, held.details.account_number) == (account.instructions.get(), "87654321")
    assert queries.state(held, BACK) == "Waits for a second officer"
    preview = debits.prepared(date(2025, 6, 2), on=date(2025, 5, 20))
    assert list(preview.parts.get().result["reasons"]) == ["NOT_CONFIRMED"]
    again = {"details": held.details, "sort_code": "000001", "account_number": "87654321"}
    with pytest.raises(bank.SamePerson):
        keying.confirm_by_keying(**again, by=debits.ANN, on=BACK)
    keying.confirm_by_keying(**again, by=debits.TOM, on=BACK)
    assert lodging.waiting(date(2025, 6, 1)) == []  # the bank has it: it is not lodged again
    assert debits.collected(date(2025, 6, 2), on=date(2025, 5, 20)).items.count() == 1
    [fact] = Fact.objects.filter(what="revenues.direct_debit_details_changed")
    assert fact.detail == {"account": account.reference, "reference": held.reference}


def test_at_another_bank_another_instruction_is_lodged_and_the_payer_told_of_it():
    account, advice = told("3")
    now = commands.take_over(advice=advice, given=GIVEN, by=debits.ANN, on=BACK)
    old = account.instructions.exclude(pk=now.pk).get()
    assert (old.ends, old.why_ended, now.starts) == (BACK, "bank", BACK)
    assert now.advance_notices.get().by_bill is False
    assert account.plans.get(ends=None).method == "direct_debit"
    bank.confirm_details(details=now.details, by=debits.TOM, on=BACK)
    assert lodging.waiting(date(2025, 6, 1)) == [(now.pk, "0N")]  # and no 0C for the old one


def test_what_is_keyed_must_be_what_the_bank_says():
    _, advice = told("E")
    for given in (
        instructing.Given("000001", "87654322", "M RIMMER"),
        instructing.Given("000000", "87654321", "M RIMMER"),
        instructing.Given("banana", "87654321", "M RIMMER"),
    ):
        with pytest.raises(keying.Differs):
            commands.take_over(advice=advice, given=given, by=debits.ANN, on=BACK)
    assert BankDetails.objects.count() == 1


def test_a_bank_may_leave_out_what_has_not_changed():
    _, advice = told("C", ' payer-new-sort-code="000001"')
    number = advice.instruction.details.account_number
    given = instructing.Given("000001", number, "M RIMMER")
    assert commands.take_over(advice=advice, given=given, by=debits.ANN, on=BACK)


def test_where_the_bank_gives_no_account_the_payer_is_asked():
    _, advice = told("3", "")
    assert advice_lines.next_step(advice, is_unplaced=False).startswith("The bank did not say")
    with pytest.raises(commands.NoNewDetails, match="Ask the payer"):
        commands.take_over(advice=advice, given=GIVEN, by=debits.ANN, on=BACK)


def test_of_two_who_key_it_one_is_told_and_an_ended_instruction_is_left():
    _, advice = told("C")
    commands.take_over(advice=advice, given=GIVEN, by=debits.ANN, on=BACK)
    with pytest.raises(returning.AlreadySettled, match="settled this meanwhile"):
        commands.take_over(advice=advice, given=GIVEN, by=debits.TOM, on=BACK)
    account, other = told("C")
    instructions.cancel(instruction=account.instructions.get(), by=debits.ANN, on=BACK)
    other.refresh_from_db()
    with pytest.raises(commands.NoNewDetails, match="has ended"):
        commands.take_over(advice=other, given=GIVEN, by=debits.ANN, on=BACK)


def test_the_page_leads_from_the_advice_to_the_new_account_and_shows_four_figures():
    account, advice = told("3")
    ann = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    line = ann.get(f"/revenues/advices/lines/{advice.pk}").content.decode()
    assert "Account ending 4321" in line
    assert "87654321" not in line
    there = f"/revenues/accounts/{account.reference}/direct-debit/advices/{advice.pk}"
    assert there in line
    assert there in ann.get(f"/revenues/accounts/{account.reference}/direct-debit").content.decode()
    markup.check(ann.get(there).content.decode())
    answers = {"sort_code": "00-00-01", "account_number": "87654321", "name": "M RIMMER"}
    wrong = ann.post(there, officers.posted(**answers | {"account_number": "87654329"}))
    assert "not the account that the bank’s file gives" in wrong.content.decode()
    assert ann.post(there, officers.posted(**answers)).status_code == 302
    assert "it is settled" in ann.get(there, follow=True).content.decode()
