"""Specimens of the letters of an invented council, to look at, to test with and to measure with."""

from datetime import date
from typing import Any

from borough.lines.revenues.letters import (
    arrangement,
    bill,
    closing,
    direct_debit,
    frame,
    recovery,
    refund,
    review,
)

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


ON = date(2026, 6, 10)
YEAR_SAID = "2026 to 2027"


def a_head(**changes: Any) -> frame.Head:
    """Return the head of the specimens."""
    fields: dict[str, Any] = {
        "council": COUNCIL,
        "account": "100001",
        "issued_on": ON,
        "addressees": ("Mary Specimen",),
        "address": ("14 Lighthouse Row", "Northshore", "Seaholme", "ZZ4 7QP"),
        "property_address": ("14 Lighthouse Row", "Northshore", "Seaholme", "ZZ4 7QP"),
        "invented": True,
    }
    return frame.Head(**(fields | changes))


ASKED = (
    frame.Sum(words="Payment due by 1 May 2026", pence=16_300),
    frame.Sum(words="Payment due by 1 June 2026", pence=16_300),
    frame.Sum(words="Paid towards these", pence=-10_000),
)
WHOLE = (
    frame.Sum(words="Council Tax for the year", pence=162_851),
    frame.Sum(words="Paid so far", pence=-26_151),
)
SUMMONED = frame.Sum(words="Costs of the summons", pence=4_250)
ORDERED = frame.Sum(words="Costs of the order", pence=1_500)

OF_RECOVERY: dict[recovery.Kind, dict[str, Any]] = {
    "reminder": {
        "owed": ASKED,
        "pay_by": date(2026, 6, 16),
        "rest_pence": 136_700,
        "rest_from": date(2026, 6, 24),
    },
    "second_reminder": {
        "owed": ASKED,
        "pay_by": date(2026, 6, 16),
        "rest_pence": 136_700,
        "rest_from": date(2026, 6, 24),
    },
    "final_notice": {"owed": WHOLE, "pay_by": date(2026, 6, 17)},
    "summons": {
        "owed": (*WHOLE, SUMMONED),
        "costs_pence": 4_250,
        "hearing": recovery.Hearing(day=date(2026, 7, 14), time="10am", place="Invented Court"),
    },
    "liability_order": {
        "owed": (*WHOLE, SUMMONED, ORDERED),
        "costs_pence": 5_750,
        "decided_on": date(2026, 6, 9),
        "pay_by": date(2026, 6, 24),
    },
}


def a_notice(kind: recovery.Kind = "reminder", **changes: Any) -> recovery.Notice:
    """Return a letter of recovery, with ``changes`` made to its fields."""
    fields: dict[str, Any] = {"head": a_head(), "kind": kind, "year": YEAR_SAID}
    return recovery.Notice(**(fields | OF_RECOVERY[kind] | changes))


DEBTS = (
    frame.Sum(words="2025 to 2026", pence=30_000),
    frame.Sum(words="2026 to 2027", pence=60_000),
)
MISSING = (frame.Payment(due_on=date(2026, 6, 1), pence=15_000),)


def an_arrangement(kind: arrangement.Kind = "agreed", **changes: Any) -> arrangement.Arrangement:
    """Return a letter about an arrangement, with ``changes`` made to its fields."""
    six = tuple(frame.Payment(due_on=date(2026, month, 1), pence=15_000) for month in range(7, 13))
    fields: dict[str, Any] = {
        "head": a_head(),
        "kind": kind,
        "agreed_on": date(2026, 4, 20) if kind != "agreed" else ON,
        "debts": DEBTS,
        "payments": six if kind == "agreed" else MISSING,
        "pay_by": None if kind == "agreed" else date(2026, 6, 24),
        "ended_on": ON if kind == "broken" else None,
    }
    return arrangement.Arrangement(**(fields | changes))


def a_refund(kind: refund.Kind = "paid", **changes: Any) -> refund.Refund:
    """Return a letter about a refund, with ``changes`` made to its fields."""
    fields: dict[str, Any] = {
        "head": a_head(),
        "kind": kind,
        "parts": (frame.Sum(words="2026 to 2027", pence=12_345),),
    }
    paid = {"paid_on": date(2026, 6, 9), "ending": "4321"} if kind == "paid" else {}
    return refund.Refund(**(fields | paid | changes))


def an_advance_notice(**changes: Any) -> direct_debit.AdvanceNotice:
    """Return an advance notice, with ``changes`` made to its fields."""
    fields: dict[str, Any] = {
        "head": a_head(),
        "payments": tuple(
            frame.Payment(due_on=date(2026, month, 1), pence=16_300) for month in range(7, 13)
        ),
        "ending": "4321",
        "reference": "BOROUGH100001",
        "notice_days": 10,
        "year": YEAR_SAID,
    }
    return direct_debit.AdvanceNotice(**(fields | changes))


def a_returned(**changes: Any) -> direct_debit.Returned:
    """Return a letter about a payment that came back, with ``changes`` made to its fields."""
    fields: dict[str, Any] = {
        "head": a_head(),
        "pence": 16_300,
        "due_on": date(2026, 6, 1),
        "because": "Your bank says that there was not enough money in the account.",
        "ending": "4321",
        "again_on": date(2026, 6, 24),
    }
    return direct_debit.Returned(**(fields | changes))


def a_debit_that_ended(**changes: Any) -> direct_debit.Ended:
    """Return a letter that a Direct Debit has ended, with ``changes`` made to its fields."""
    fields: dict[str, Any] = {
        "head": a_head(),
        "ended_by": "bank",
        "because": "Your bank says: account closed.",
        "left": "listed",
        "ending": "4321",
        "payments": tuple(
            frame.Payment(due_on=date(2026, month, 1), pence=16_300) for month in range(7, 13)
        ),
    }
    return direct_debit.Ended(**(fields | changes))


def a_review(**changes: Any) -> review.Review:
    """Return the question about a discount, with ``changes`` made to its fields."""
    fields: dict[str, Any] = {
        "head": a_head(),
        "answer_by": date(2026, 7, 1),
        "discount_percent": 25,
        "since": date(2019, 4, 1),
    }
    return review.Review(**(fields | changes))


def a_closing(**changes: Any) -> closing.Closing:
    """Return a closing statement with something left to pay, with ``changes`` made to it."""
    fields: dict[str, Any] = {
        "head": a_head(address=("2 New Street", "Seaholme", "ZZ5 1AA")),
        "ended_on": date(2026, 6, 8),
        "lines": (
            frame.Sum(words="Council Tax 1 April to 7 June 2026", pence=30_340),
            frame.Sum(words="Paid", pence=-16_151),
        ),
        "left": "owed",
        "payments": (frame.Payment(due_on=date(2026, 7, 1), pence=14_189),),
    }
    return closing.Closing(**(fields | changes))


def all_letters() -> dict[str, frame.Letter]:
    """Return one specimen of each letter but the bill, by a name for a file."""
    credit = (frame.Sum(words="Paid more than was due", pence=-5_000),)
    return {
        **{kind: a_notice(kind) for kind in OF_RECOVERY},
        **{f"arrangement_{kind}": an_arrangement(kind) for kind in arrangement.TITLES},
        **{f"refund_{kind}": a_refund(kind) for kind in refund.TITLES},
        "advance_notice": an_advance_notice(),
        "returned": a_returned(),
        "returned_ended": a_returned(again_on=None, pay_by=date(2026, 6, 24), has_ended=True),
        "debit_ended": a_debit_that_ended(),
        "review": a_review(),
        "closing_owed": a_closing(),
        "closing_credit": a_closing(lines=credit, left="details", payments=()),
    }
