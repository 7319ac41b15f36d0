"""Whose account it is, as columns: what is seen of an account is seen of those liable on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import arrays, joining

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]

_LIABLE = """
from revenues_liability l join revenues_account a on a.id = l.account_id
where l.person_id = any(%(people)s::bigint[])
  and daterange(l.starts, l.ends) @> %(on)s::date and daterange(a.starts, a.ends) @> %(on)s::date
"""


@dataclass(frozen=True)
class Liable:
    """Who is liable on which account on a day, (n,) each, by account."""

    account: Ints
    person: Ints

    @property
    def accounts(self) -> Ints:
        """Each account once, ascending."""
        return np.unique(self.account)

    def seen(
        self, account: Ints, on: Days, things: Sequence[str], *, value: int = 1
    ) -> joining.Seen:
        """Return what was seen of accounts, (k,), as seen of everybody liable on each."""
        first = np.searchsorted(self.account, account, "left")
        beyond = np.searchsorted(self.account, account, "right")
        count = beyond - first
        row = np.repeat(np.arange(len(account)), count)
        place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + first[row]
        return joining.Seen(
            person=self.person[place],
            on=on[row],
            thing=[things[n] for n in row.tolist()],
            value=np.full(len(row), value, np.int64),
            record=np.zeros(len(row), np.int64),
        )


def liable(people: Ints, on: date) -> Liable:
    """Return which of these people are liable on which account on a day."""
    asked = {"people": arrays.of_ids(people), "on": on}
    account, person = arrays.read(["l.account_id", "l.person_id"], _LIABLE, asked)
    order = np.lexsort((person, account))
    return Liable(account[order], person[order])


def days(numbers: Ints) -> Days:
    """Return days since 1970 as days."""
    return numbers.astype("datetime64[D]")
