"""Invented contracts of the register."""

from dataclasses import replace
from datetime import date

from borough.partnership.register import columns, commands, models
from tests import makers

TODAY = date(2025, 3, 10)
SUM, PROCESS = models.Particulars.Sum, models.Particulars.Process


def told(**changed: object) -> columns.Told:
    said = columns.Told(
        title="Printing of bills (invented)",
        department="Revenues",
        description="Printing and posting of bills",
        supplier="Made-up Mailing",
        supplier_details="Bootle",
        value_pence=86_000_00,
        value_is=SUM.YEARLY,
        vat_pence=1_200_50,
        starts=date(2023, 4, 1),
        ends=date(2026, 3, 31),
        review_on=date(2025, 9, 30),
        process=PROCESS.TENDER,
        is_small=True,
        is_voluntary=False,
        registered_with="company",
        registration="00000000",
    )
    return replace(said, **changed)  # type: ignore[arg-type]


def entered(reference: str = "C/1", *, is_partnership: bool = False, **changed: object):
    return commands.enter(
        reference=reference,
        told=told(**changed),
        is_partnership=is_partnership,
        by=makers.everything(),
        on=TODAY,
    )


def amend(contract: models.Contract, since: date = TODAY, **changed: object):
    return commands.amend(
        contract=contract,
        told=told(**changed),
        since=since,
        because="Extended by a year, Cabinet of 6 March",
        by=makers.everything(),
        on=TODAY,
    )


def amended(reference: str = "C/1", *, is_partnership: bool = False, **changed: object):
    """Return a contract that was extended by a year."""
    contract = entered(reference, is_partnership=is_partnership, **changed)
    amend(contract, ends=date(2027, 3, 31), **changed)
    return contract
