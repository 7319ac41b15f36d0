"""Entering contracts, by hand or from a file, and amending them: what was entered stays."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from borough.kernel import commanding, feeds
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording
from borough.partnership.files import taking
from borough.partnership.files.models import File
from borough.partnership.register import capabilities, columns, models, queries

CONTRACTS = "register.contracts"
LAYOUTS = feeds.layouts(Path(__file__).parent / "layouts")
FIRST_DAY, LONGEST = date(1980, 1, 1), timedelta(days=100 * 366)
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")
_REGISTRATION = re.compile(r"[A-Za-z0-9-]{2,20}")


class KnownAlready(commanding.Refusal):
    """A contract with this reference is on the register."""


class NotFit(commanding.Refusal):
    """Something of the contract cannot be so; the sentence says what."""


class NothingChanged(commanding.Refusal):
    """The amendment says what holds already."""


class NotADay(commanding.Refusal):
    """The amendment would hold from before the one that it follows."""


@commanding.command(capabilities.RECORD_CONTRACT)
def enter(
    *,
    reference: str,
    told: columns.Told,
    is_partnership: bool = False,
    by: commanding.Actor,
    on: date,
) -> models.Contract:
    """Put a contract on the register.

    Raises:
        NotFit: its reference or something of it cannot be so.
        KnownAlready: a contract with this reference is there, or the partners have theirs.
    """
    reference = reference.strip()
    if fault := fault_of(reference, told):
        raise NotFit(f"{fault}.")
    if models.Contract.objects.filter(reference=reference).exists():
        raise KnownAlready("A contract with this reference is on the register. Amend that one.")
    if is_partnership and queries.of_the_partners() is not None:
        raise KnownAlready("The contract of the two partners is on the register. Amend that one.")
    return _keep(reference, told, is_partnership=is_partnership, file=None, by=by, on=on)


@commanding.command(capabilities.RECORD_CONTRACT)
def amend(
    *,
    contract: models.Contract,
    told: columns.Told,
    since: date,
    because: str,
    by: commanding.Actor,
    on: date,
) -> models.Particulars:
    """Say what holds of a contract from a day on, and why. What held before stays on record.

    Raises:
        NotFit: something of it cannot be so, or nobody says why.
        NothingChanged: it says what holds already.
        NotADay: an amendment holds from a later day.
    """
    if not because.strip():
        raise NotFit("Say what was agreed, and where.")
    if fault := fault_of(contract.reference, told):
        raise NotFit(f"{fault}.")
    last = queries.history(contract)[-1]
    if told == columns.of(last):
        raise NothingChanged("That is what the register says already. Change something.")
    if since < last.since:
        raise NotADay(
            f"What holds now holds from {wording.day(last.since)}. Give that day or a later one."
        )
    made = models.Particulars.objects.create(
        contract=contract,
        number=last.number + 1,
        since=since,
        because=because.strip(),
        by=by.reference,
        on=on,
        **asdict(told),
    )
    facts.record(
        "partnership.contract_amended",
        thing=contract.thing,
        by=by,
        on=on,
        contract=contract.pk,
        amendment=made.number,
        starts=since,
    )
    return made


@commanding.command(capabilities.RECORD_CONTRACT)
def load(*, content: bytes, title: str, source: str, by: commanding.Actor, on: date) -> File:
    """Take contracts in from a file whose columns are those of the Code.

    Raises:
        taking.TakenAlready, taking.NothingNew, taking.NotNamed, feeds.UnreadableFile: see there.
    """

    def check(rows: Sequence[feeds.Row]) -> Iterator[str]:
        seen = set(models.Contract.objects.values_list("reference", flat=True))
        has_theirs = queries.of_the_partners() is not None
        for row in rows:
            reference = row.values["reference"]
            fault = columns.fault_of(row.values)
            fault = fault or fault_of(reference, columns.told(row.values))
            if not fault and reference in seen:
                fault = "This contract is on the register: what changes it is entered as amendment"
            if not fault and has_theirs and columns.is_partnership(row.values):
                fault = "The partners have one contract, and it is on the register"
            if not fault:
                seen.add(reference)
                has_theirs = has_theirs or columns.is_partnership(row.values)
            yield fault

    def keep(file: File, rows: Sequence[feeds.Row]) -> None:
        for row in rows:
            theirs = columns.is_partnership(row.values)
            reference, told = row.values["reference"], columns.told(row.values)
            _keep(reference, told, is_partnership=theirs, file=file, by=by, on=on)

    sort = taking.Sort(CONTRACTS, LAYOUTS["contracts"], check, keep)
    return taking.take(sort, content, title=title, source=source, by=by, on=on)


def fault_of(reference: str, told: columns.Told) -> str:
    """Say why a contract cannot be on the register; "" where it can."""
    ends = told.ends or told.starts
    faults = {
        "The reference number must be letters, figures, dots, slashes and hyphens, 40 at most": (
            not _REFERENCE.fullmatch(reference)
        ),
        **{
            f"{name.replace('_', ' ').capitalize()} is missing": not getattr(told, name).strip()
            for name in ("title", "department", "description", "supplier")
        },
        "The first day must be from 1980 on": told.starts < FIRST_DAY,
        "The last day must not be before the first": ends < told.starts,
        "The contract is longer than a hundred years": ends - told.starts > LONGEST,
        "The sum is more than can be": told.value_pence > feeds.MOST_PENCE,
        "A registration number has a register, and a register a number": (
            bool(told.registration) != bool(told.registered_with)
        ),
        "The registration number must be letters, figures and hyphens, 20 at most": (
            bool(told.registration) and not _REGISTRATION.fullmatch(told.registration)
        ),
        **{
            f"{name.replace('_', ' ').capitalize()} must be {most} characters or fewer": (
                len(getattr(told, name)) > most
            )
            for name, most in _longest().items()
        },
    }
    return next((sentence for sentence, is_wrong in faults.items() if is_wrong), "")


def _longest() -> dict[str, int]:
    """Return how many characters each text may have."""
    columns_ = [one for one in models.Particulars._meta.fields if one.name in columns.FIELDS]
    return {one.name: one.max_length for one in columns_ if one.max_length is not None}


def _keep(
    reference: str,
    told: columns.Told,
    *,
    is_partnership: bool,
    file: File | None,
    by: commanding.Actor,
    on: date,
) -> models.Contract:
    contract = models.Contract.objects.create(
        reference=reference, is_partnership=is_partnership, file=file, by=by.reference, on=on
    )
    models.Particulars.objects.create(
        contract=contract, number=0, since=told.starts, by=by.reference, on=on, **asdict(told)
    )
    facts.record(
        "partnership.contract_entered", thing=contract.thing, by=by, on=on, contract=contract.pk
    )
    return contract
