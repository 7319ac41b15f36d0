"""What the register says on a day, which contracts end soon, and what each amendment changed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from borough.partnership.register import columns, models
from borough.rules import direct_debit

SOON_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an amendment changed: what it said before, and what it says."""

    field: str
    before: object
    after: object


def of_the_partners() -> models.Contract | None:
    """Return the contract between the two partners; None where it is not on the register."""
    return models.Contract.objects.filter(is_partnership=True).first()


def register(on: date) -> list[models.Particulars]:
    """Return what holds of every contract on a day, by reference."""
    return [so_far(one, on)[-1] for one in histories()]


def current(contract: models.Contract, on: date) -> models.Particulars:
    """Return what holds of a contract on a day."""
    return so_far(history(contract), on)[-1]


def so_far(history: Sequence[models.Particulars], on: date) -> list[models.Particulars]:
    """Return the contract as it was made, begun or not, and each amendment that holds by a day."""
    return [one for one in history if one.number == 0 or one.since <= on]


def history(contract: models.Contract) -> list[models.Particulars]:
    """Return the contract as it was made and each amendment, in order."""
    return list(contract.particulars.order_by("number"))


def histories() -> list[list[models.Particulars]]:
    """Return the history of every contract, by reference, in one question."""
    found: dict[int, list[models.Particulars]] = defaultdict(list)
    rows = models.Particulars.objects.select_related("contract")
    for one in rows.order_by("contract__reference", "number"):
        found[one.contract_id].append(one)
    return list(found.values())


def ends_soon(rows: Iterable[models.Particulars], on: date) -> list[models.Particulars]:
    """Return those that run on a day and end within twelve months of it, the next to end first."""
    last = direct_debit.months_later(on, SOON_MONTHS)
    found = [(one.ends, one) for one in rows if one.ends is not None and on <= one.ends <= last]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].pk))]


def has_ended(row: models.Particulars, on: date) -> bool:
    """Tell whether the last day is over."""
    return row.ends is not None and row.ends < on


def changes(before: models.Particulars, after: models.Particulars) -> list[Change]:
    """Return what an amendment changed."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in columns.FIELDS)
    return [Change(name, was, is_) for name, was, is_ in pairs if was != is_]
