"""A specimen bill of an invented council, to look at, to test with and to measure with."""

from datetime import date
from typing import Any

from borough.lines.revenues.letters import bill, frame

YEAR = (date(2026, 4, 1), date(2027, 4, 1))

COUNCIL = frame.Council(
    name="Borough of Seaholme",
    colour="#12505b",
    address=("Town Hall", "Marine Road", "Seaholme", "ZZ1 1AA"),
    telephone="0300 000 0000",
    opening_hours="Monday to Friday, 9am to 5pm",
    email="counciltax@seaholme.example",
    website="seaholme.example/counciltax",
    help_page="seaholme.example/help-paying",
    discounts_page="seaholme.example/discounts",
    spending_page="seaholme.example/where-it-goes",
    ways_to_pay=(
        frame.Way(title="Online", words="seaholme.example/pay, with your account number"),
        frame.Way(title="By phone", words="0300 000 0001, at any hour, with your bank card"),
        frame.Way(title="At your bank", words="sort code 00-00-00, account 00000000"),
        frame.Way(title="In cash", words="at any PayPoint or Post Office, with this letter"),
    ),
    advice=(
        frame.Advice(name="Citizens Advice", contact="0800 144 8848"),
        frame.Advice(name="National Debtline", contact="0808 808 4000"),
        frame.Advice(name="StepChange", contact="0800 138 1111"),
    ),
)

BODIES = (
    bill.Body(name="Borough of Seaholme", year_pence=181_648, change_tenths=50),
    bill.Body(name="Police and Crime Commissioner", year_pence=24_797, change_tenths=53),
    bill.Body(name="Fire and Rescue", year_pence=8_556, change_tenths=55),
    bill.Body(name="Combined Authority Mayor", year_pence=2_133, change_tenths=0),
)

LINES = (
    bill.Line(
        kind="charge",
        words="Council Tax for band C",
        pence=217_134,
        starts=YEAR[0],
        ends=YEAR[1],
    ),
    bill.Line(
        kind="discount",
        words="Single person discount, 25 per cent",
        because="You told us that one adult lives in your home.",
        pence=-54_283,
        starts=YEAR[0],
        ends=YEAR[1],
    ),
)

INSTALMENTS = tuple(
    frame.Payment(
        due_on=date(2026, month, 1) if month <= 12 else date(2027, month - 12, 1),
        pence=16_151 if month == 4 else 16_300,
    )
    for month in range(4, 14)
)


def a_bill(**changes: Any) -> bill.BillData:
    """Return the specimen, with ``changes`` made to its fields."""
    fields: dict[str, Any] = {
        "council": COUNCIL,
        "year": "2026 to 2027",
        "account": "100001",
        "issued_on": date(2026, 3, 12),
        "addressees": ("Mary Specimen",),
        "address": ("14 Lighthouse Row", "Northshore", "Seaholme", "ZZ4 7QP"),
        "property_address": ("14 Lighthouse Row", "Northshore", "Seaholme", "ZZ4 7QP"),
        "band": "C",
        "starts": YEAR[0],
        "ends": YEAR[1],
        "bodies": BODIES,
        "lines": LINES,
        "instalments": INSTALMENTS,
        "tell_within_days": 21,
        "penalty_pence": 7_000,
        "invented": True,
    }
    return bill.BillData(**(fields | changes))
