"""What the pages of the hardship fund show: one that waits, one that was decided and paid."""

from borough.kernel.people.models import Person
from borough.resident.fund.commands import deciding
from tests import makers
from tests.resident.fund import fund_makers

ON = makers.BILLING_DAY
AT = fund_makers.AT.replace(year=ON.year, month=ON.month, day=ON.day)


def furnish(waits: Person, paid: Person) -> dict[str, str]:
    """Furnish applications of two people; return the parts of their addresses."""
    fund_makers.a_budget(year=makers.YEAR.preceding.name, on=ON)
    details = fund_makers.bank_details(paid, on=ON)
    fund_makers.bank_details(waits, number="31926820", on=ON)
    given, open_one = (
        fund_makers.an_application(one, on=ON, at=AT, words="Nothing in the house")
        for one in (paid, waits)
    )
    for one in (given, open_one):
        fund_makers.a_test(one, on=ON)
    award = deciding.Award(12_000, details, "No money for food until payday")
    deciding.give(application=given, award=award, at=AT, by=fund_makers.SUE, on=ON)
    return {"residents/fund/<int:number>": str(open_one.pk)}
