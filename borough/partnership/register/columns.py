"""What a council publishes of each contract: the columns in the order in which the Code names them.

Source: Local Government Transparency Code 2015 (27 February 2015), the details of contracts,
commissioned activity, purchase orders, framework agreements and other legally enforceable
agreements with a value above £5,000. ``docs/contracts.md`` says for each column what was read, and
where; what was not verified is marked there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from borough.kernel.pages import cells
from borough.partnership.register import models

PROCESS = models.Particulars.Process
WORDS_OF_PROCESS = {str(one.label).lower(): one for one in PROCESS}
REGISTERED = {str(one.label).lower(): one for one in models.Particulars.Registered}
YES_NO = {"yes": True, "no": False}
CODE = (
    "Reference number",
    "Title of agreement",
    "Local authority department responsible",
    "Description of the goods and/or services being provided",
    "Supplier name",
    "Supplier details",
    "Sum to be paid over the length of the contract",
    "Estimated annual spending or budget",
    "Value Added Tax that cannot be recovered",
    "Start date",
    "End date",
    "Review date",
    "Result of an invitation to quote or a published invitation to tender",
    "Small or medium sized enterprise",
    "Voluntary or community sector organisation",
    "Registration number",
)
HEAD = (*CODE, "Registered with", "Partnership contract")


@dataclass(frozen=True, slots=True)
class Told:
    """What is published of a contract, beside its reference; the same fields as its row has."""

    title: str
    department: str
    description: str
    supplier: str
    value_pence: int
    value_is: models.Particulars.Sum
    starts: date
    process: models.Particulars.Process
    is_small: bool
    is_voluntary: bool
    supplier_details: str = ""
    vat_pence: int | None = None
    ends: date | None = None
    review_on: date | None = None
    registered_with: str = ""
    registration: str = ""


FIELDS = tuple(one.name for one in fields(Told))


def of(row: models.Particulars) -> Told:
    """Return what a row says."""
    return Told(**{name: getattr(row, name) for name in FIELDS})


def row(told: models.Particulars) -> list[object]:
    """Return a contract as a row of the file, of as many cells as ``HEAD`` has."""
    is_yearly = told.value_is == models.Particulars.Sum.YEARLY
    return [
        told.contract.reference,
        told.title,
        told.department,
        told.description,
        told.supplier,
        told.supplier_details,
        cells.Pence(None if is_yearly else told.value_pence),
        cells.Pence(told.value_pence if is_yearly else None),
        cells.Pence(told.vat_pence),
        told.starts,
        told.ends,
        told.review_on,
        told.get_process_display(),
        _yes(answer=told.is_small),
        _yes(answer=told.is_voluntary),
        told.registration,
        told.get_registered_with_display(),
        _yes(answer=told.contract.is_partnership),
    ]


def fault_of(values: Mapping[str, Any]) -> str:
    """Say why a row of a file cannot be a contract; "" where it can."""
    whole, yearly = values["whole_pence"], values["yearly_pence"]
    process, registered = values["process"].lower(), (values["registered_with"] or "").lower()
    faults = {
        "Give the sum over the length of the contract, or the sum a year, not both": (
            (whole is None) == (yearly is None)
        ),
        f"The process must be one of {', '.join(str(one.label) for one in PROCESS)}": (
            process not in WORDS_OF_PROCESS
        ),
        "Small or medium sized enterprise must be Yes or No": values["is_small"].lower()
        not in YES_NO,
        "Voluntary or community sector organisation must be Yes or No": (
            values["is_voluntary"].lower() not in YES_NO
        ),
        "Partnership contract must be Yes or No": (
            (values["is_partnership"] or "no").lower() not in YES_NO
        ),
        f"Registered with must be one of {', '.join(one.capitalize() for one in REGISTERED)}": (
            bool(registered) and registered not in REGISTERED
        ),
    }
    return next((sentence for sentence, is_wrong in faults.items() if is_wrong), "")


def told(values: Mapping[str, Any]) -> Told:
    """Return what a row without a fault says.

    A number that names no register is a company's: the Code asks for the number alone.
    """
    registered = (values["registered_with"] or "").lower()
    number = values["registration"] or ""
    company = models.Particulars.Registered.COMPANY if number else ""
    is_yearly = values["whole_pence"] is None
    plain = ("title", "department", "description", "supplier", "vat_pence")
    sums = models.Particulars.Sum
    return Told(
        **{name: values[name] for name in (*plain, "starts", "ends", "review_on")},
        supplier_details=values["supplier_details"] or "",
        value_pence=values["yearly_pence"] if is_yearly else values["whole_pence"],
        value_is=sums.YEARLY if is_yearly else sums.WHOLE,
        process=WORDS_OF_PROCESS[values["process"].lower()],
        is_small=YES_NO[values["is_small"].lower()],
        is_voluntary=YES_NO[values["is_voluntary"].lower()],
        registered_with=REGISTERED.get(registered, company),
        registration=number,
    )


def is_partnership(values: Mapping[str, Any]) -> bool:
    """Tell whether a row says that it is the contract of the two partners."""
    return YES_NO[(values["is_partnership"] or "no").lower()]


def _yes(*, answer: bool) -> str:
    return "Yes" if answer else "No"
