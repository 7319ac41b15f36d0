"""Debts in tests: a billed account, payments on it, and a step that goes its whole way."""

from datetime import date
from itertools import count

import numpy as np

from borough.kernel.ledger.commands import opening
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing, correspondence, models, receiving, recovering
from borough.lines.revenues.commands import recovery as commands
from borough.lines.revenues.letters import waiting
from borough.lines.revenues.letters.made_from import steps as letters
from tests import makers

YEAR = makers.YEAR
BY = makers.everything()
ANN, BOB = makers.an_officer(1), makers.an_officer(2)
BAND_B = 189_993
FIRST = 18_993  # and nine instalments of £190, on the first of each month from April
_payments = count(1)


def billed(**given: object) -> models.Account:
    """Return an account of Band B that was billed for the year and has not paid."""
    account = makers.an_account(**given)  # type: ignore[arg-type]
    billing.bill_accounts([account.pk], YEAR, on=makers.BILLING_DAY, by=BY, because="billing")
    return account


def pay(account: models.Account, pence: int, on: date, part: str = YEAR.name) -> None:
    [sub] = opening.open_sub_accounts(kind=billing.KIND, references=[account.reference], part=part)
    receiving.post(
        keys=[f"test/{next(_payments)}"],
        sub_accounts=np.array([sub]),
        pence=np.array([pence]),
        on=on,
        by=BY,
    )


def preview(step: str, on: date, hearing: date | None = None) -> Run:
    run = commands.prepare_recovery(year=YEAR, step=step, hearing=hearing, by=ANN, on=on)
    recovering.preview(run)
    return run


def write_letters(on: date) -> None:
    """Write the letters of the steps that wait for one, as an officer does on the same day."""
    waiting_now = waiting.waiting(letters.SORT)
    _, left_out = correspondence.write(letters.SORT, waiting_now, by=BY, on=on)
    assert not left_out, left_out


def commit(prepared: Run, on: date, *, and_write: bool = True) -> Run:
    """Commit a step and, as the office does, write its letters on its day."""
    run = commands.commit_recovery(preview=prepared, by=BOB, on=on)
    recovering.carry_out(run, by=BY, on=on)
    if and_write:
        write_letters(on)
    return run


def take(step: str, on: date, hearing: date | None = None, *, and_write: bool = True) -> Run:
    """Prepare and commit a step for everybody whose turn it is, and write its letters."""
    return commit(preview(step, on, hearing), on, and_write=and_write)


def reasons(run: Run, account: models.Account) -> list[str]:
    return [kind for one, kind, _ in recovering.result(run).kept if one == account.pk]


def getting(run: Run) -> list[int]:
    return [one for one, _ in recovering.result(run).steps]
