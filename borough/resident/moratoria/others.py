"""Debts to others that a moratorium reaches, as other systems told us of them.

Theirs is the debt and theirs are the letters; what we do about it stands still, and its holder is
told. Whom a debt concerns is decided before: only what was joined to a person is asked about here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from borough.kernel.holds.moratoria import Covered
from borough.kernel.pages import wording
from borough.resident.identity import queries as identity
from borough.resident.moratoria import models
from borough.resident.sources import queries as sources

THING = "resident.debt"
ARREARS = "What is owed on that day is inside; what falls due later is not (SI 2020/1311 reg 5(1))"
OVERPAID = "Housing Benefit overpayments are inside (SI 2020/1311 regulation 5(1))"
REMINDED = (
    "A reminder or more was sent, so all that is left of the year is inside (regulation 5(4))"
)
NOT_YET = (
    "Outside: no reminder or further notice is known, so it is still to be paid as it falls due "
    "(SI 2020/1311 regulation 5(4)(k) and (l))"
)
FRAUD = "If it comes from fraud it is outside (regulation 5(4)(c)). Ask its holder"
FINE = "A fine of a court is outside (regulation 5(4)(d)). Ask its holder if a court imposed it"
LATER = "Outside: it fell due since it began, so it is still to be paid (SI 2020/1311 reg 5(1))"
BY_THE_YEAR = {"CTAX", "NNDR"}
PRESSED = {"reminded", "final", "court", "order", "warrant", "agent"}
REMARKS = {"HBOP": FRAUD, "PCN": FINE}


def covered(people: Sequence[int], kind: str, starts: date, on: date) -> list[Covered]:
    """Return what these people owe to others (``ServiceLine.moratorium``).

    Whose a record is, and what it owes, is asked as it is known today: a notice is recorded after
    its first day, and somebody may have joined the record, or its holder told of it, only since.
    """
    del kind  # both reach the same debts
    return of_records(records_of(people, on), starts, on)


def records_of(people: Sequence[int], on: date) -> dict[int, int]:
    """Return the records of other systems that are these people on a day, by record.

    An identifier that both hold counts, and what a person decided; never a likeness.
    """
    joined = identity.records_of(people, on)
    rows = models.Notice.objects.filter(person__in=people, told_by__isnull=False)
    told = dict(rows.values_list("told_by__record_id", "person_id"))
    return {record: person for person, some in joined.items() for record in some} | told


def of_records(records: Mapping[int, int], starts: date, on: date) -> list[Covered]:
    """Return what records owe to others, and whether a moratorium reaches it.

    Args:
        records: the person whom each record is, by the record's id.
        starts: the first day of the moratorium.
        on: the day as of which it is known.
    """
    owed: dict[int, list[sources.DebtHeld]] = {}
    for one in sources.debts_of(records, on):
        if one.pence > 0:
            owed.setdefault(one.debt_id, []).append(one)
    return [
        _covered(
            several[0], tuple(dict.fromkeys(records[one.record_id] for one in several)), starts
        )
        for several in owed.values()
    ]


def _covered(debt: sources.DebtHeld, people: tuple[int, ...], starts: date) -> Covered:
    is_later = debt.oldest_due is not None and debt.oldest_due >= starts
    is_inside = not is_later and (debt.kind not in BY_THE_YEAR or debt.stage in PRESSED)
    return Covered(
        thing=f"{THING}/{debt.debt_id}",
        part="",
        title=f"{debt.title}, {debt.reference}",
        people=people,
        pence=debt.pence,
        is_inside=is_inside,
        why=LATER if is_later else _why(debt, is_inside=is_inside),
        holder=debt.right.holder,
        remarks=tuple(_remarks(debt, starts)),
    )


def _remarks(debt: sources.DebtHeld, starts: date) -> Iterator[str]:
    """Give by whom and as at when we know it, and what its holder has to be asked."""
    as_at = debt.right.as_at
    yield f"As {debt.right.holder} told us of {wording.day(as_at)}"
    if as_at > starts:
        yield f"Ask its holder what was owed on {wording.day(starts)}: the rest is outside"
    if debt.kind in REMARKS:
        yield REMARKS[debt.kind]


def _why(debt: sources.DebtHeld, *, is_inside: bool) -> str:
    if not is_inside:
        return NOT_YET
    if debt.kind in BY_THE_YEAR:
        return REMINDED
    return OVERPAID if debt.kind == "HBOP" else ARREARS
