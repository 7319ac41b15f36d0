"""Which year a receipt pays: the payer's wish first, then the council's published rules in order.

The rules and their order are data (``receipts.yaml`` of the council); the same for everybody, shown
beside the receipts, and written down with each receipt.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.conf import settings

from borough.kernel.ledger.models import SubAccount
from borough.kernel.ledger.queries import balances
from borough.lines.revenues import billing, models, notices
from borough.rules import parameters, years

Owed = Mapping[str, int]
"""The balance of each year of an account, by name, in pence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known when a year is chosen.

    Attributes:
        year: the year that the payer named; "" when none.
        pence: what was received.
        owed: the balance of each year.
        instalments: the amounts of the newest notice of each year that is owed for.
    """

    year: str
    pence: int
    owed: Owed
    instalments: Mapping[str, Sequence[int]]


def _payer(asked: Asked) -> str | None:
    return asked.year if asked.year in asked.owed else None


def _instalment(asked: Asked) -> str | None:
    """Return the one year of which the amount is an instalment; none when two are."""
    fits = [
        year
        for year, amounts in asked.instalments.items()
        if asked.pence in amounts and asked.owed.get(year, 0) >= asked.pence
    ]
    return fits[0] if len(fits) == 1 else None


def _newest_owed(asked: Asked) -> str | None:
    return max((year for year, pence in asked.owed.items() if pence > 0), default=None)


def _oldest_owed(asked: Asked) -> str | None:
    return min((year for year, pence in asked.owed.items() if pence > 0), default=None)


def _newest(asked: Asked) -> str | None:
    return max(asked.owed, default=None)


RULES: Mapping[str, tuple[str, Callable[[Asked], str | None]]] = {
    "payer": ("the year that the payer names", _payer),
    "instalment": ("the year of which it is exactly an instalment", _instalment),
    "newest_owed": ("the newest year that is owed for", _newest_owed),
    "oldest_owed": ("the oldest year that is owed for", _oldest_owed),
    "newest": ("the newest year", _newest),
}
PAYER = "payer"
"""The rule of a year that the payer named."""
OFFICER = "officer"
"""The rule of a year that an officer chose afterwards."""


def order(on: date) -> list[str]:
    """Return the names of the rules in the council's order on a day."""
    sheet = parameters.load_file(f"local/{settings.COUNCIL}/receipts.yaml")
    return list(parameters.InForce(sheet, on)["receipt_order"])


def policy(on: date) -> str:
    """Return the council's order in words, to be published and shown."""
    return "; else ".join(RULES[name][0] for name in order(on))


def choose(asked: Asked, rules: Sequence[str]) -> tuple[str, str] | None:
    """Return the year that a receipt pays and the rule that chose it; None when there is none."""
    for name in rules:
        year = RULES[name][1](asked)
        if year is not None:
            return year, name
    return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A receipt whose year is to be chosen."""

    reference: str
    pence: int
    year: str = ""


def choose_many(wanted: Sequence[Wanted], *, on: date) -> list[tuple[int, str, str] | None]:
    """Return for each receipt the sub-account, its year and the rule; None for an unknown account.

    Each receipt sees what those before it have paid.
    """
    years_of = sub_accounts([one.reference for one in wanted])
    in_doubt = [reference for reference, subs in years_of.items() if _owed_for(subs) > 1]
    amounts = _instalments(in_doubt, years_of)
    rules = order(on)
    chosen: list[tuple[int, str, str] | None] = []
    for one in wanted:
        subs = years_of.get(one.reference, {})
        owed = {year: balance for year, (_, balance) in subs.items()}
        answer = choose(Asked(one.year, one.pence, owed, amounts.get(one.reference, {})), rules)
        if answer is None:
            chosen.append(None)
            continue
        year, rule = answer
        number, balance = subs[year]
        subs[year] = (number, balance - one.pence)
        chosen.append((number, year, rule))
    return chosen


def sub_accounts(references: Sequence[str]) -> dict[str, dict[str, tuple[int, int]]]:
    """Return, by account and year, the id of the sub-account and its balance in pence."""
    rows = SubAccount.objects.filter(kind=billing.KIND, reference__in=set(references)).values_list(
        "id", "reference", "part"
    )
    owed = balances([number for number, _, _ in rows])
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for number, reference, part in rows:
        found.setdefault(reference, {})[part] = (number, owed[number])
    return found


def _owed_for(subs: Mapping[str, tuple[int, int]]) -> int:
    return sum(balance > 0 for _, balance in subs.values())


def _instalments(
    references: Sequence[str], years_of: Mapping[str, Mapping[str, tuple[int, int]]]
) -> dict[str, dict[str, list[int]]]:
    """Return the instalments of each year of accounts that owe for several years."""
    ids = dict(
        models.Account.objects.filter(reference__in=references).values_list("reference", "pk")
    )
    found: dict[str, dict[str, list[int]]] = {}
    for name in {year for one in references for year in years_of[one] if _is_year(year)}:
        theirs = [one for one in references if name in years_of[one] and one in ids]
        newest = notices.newest(np.array([ids[one] for one in theirs], np.int64), _year(name))
        for reference, amounts in zip(theirs, newest.amounts().tolist(), strict=True):
            found.setdefault(reference, {})[name] = [pence for pence in amounts if pence]
    return found


def _is_year(part: str) -> bool:
    try:
        return bool(_year(part))
    except ValueError:
        return False  # costs are a part of their own ("2025-26 costs"), with no instalments


def _year(name: str) -> years.Year:
    return years.Year.named(name)
