"""What the pages of refunds, payments, bank details and write-offs show."""

from datetime import date

from borough.kernel.bank import commands as bank
from borough.kernel.bank.models import BankDetails
from borough.kernel.people.models import Person
from borough.lines.revenues import billing, models
from borough.lines.revenues.commands import receipts, refunds, write_offs
from tests import makers

ON = date(2025, 3, 10)
ANN, BOB, TOM, HINA = (makers.an_officer(number) for number in (901, 902, 903, 904))
PAID_TOO_MUCH = 10_007


def an_account_in_credit() -> models.Account:
    """Return an account that has paid £100.07 too much."""
    account = makers.an_account(band="B", people=[makers.a_person("Olive", "Inkwell")])
    billing.bill_accounts([account.pk], makers.YEAR, on=ON, by=ANN, because="annual billing")
    receipts.record_payment(
        account=account, pence=189_993 + PAID_TOO_MUCH, key=f"c{account.pk}", by=ANN, on=ON
    )
    return account


def keyed(person: Person) -> BankDetails:
    """Return bank details that nobody has confirmed yet."""
    return bank.key_details(
        person=person,
        sort_code="204553",
        account_number="31926819",
        name="O Inkwell",
        by=BOB,
        on=ON,
    )


def furnish(resident: Person) -> dict[str, str]:
    """Furnish them, with bank details of a resident; return the parts of their addresses."""
    account = an_account_in_credit()
    details = keyed(account.liabilities.get().person)
    details = bank.confirm_details(details=details, by=TOM, on=ON)
    asked = [
        refunds.ask_refund(
            account=account, year="2025-26", pence=pence, details=details, by=ANN, on=ON
        )
        for pence in (10_000, 7)
    ]
    refunds.grant_refund(refund=asked[0], by=HINA, on=ON)
    other = makers.an_account(band="C", people=[makers.a_person("Quentin", "Blotter")])
    billing.bill_accounts([other.pk], makers.YEAR, on=ON, by=ANN, because="annual billing")
    given_up = write_offs.ask_write_off(
        account=other, year="2025-26", pence=50_000, reason="absconded", by=ANN, on=ON
    )
    return {
        "<int:details>": str(keyed(resident).pk),
        "refunds/<int:number>": str(asked[1].pk),
        "write-offs/<int:number>": str(given_up.pk),
        "refunds/<int:number>/taking-back": f"{asked[0].pk}",
        "<int:payment>": "1",  # comes back to its entry: no payment of that amount was sent
        "<int:count>": "1",
        "<int:pence>": "10000",
    }
