"""Which records of other organisations are joined to whom: nothing else of them is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import arrays, joining

Ints = NDArray[np.int64]
FEW = 1_000  # people asked about by their ids; for more, all links are read

_LINKS = """
from identity_link
where starts <= %(on)s and (ends is null or ends > %(on)s)
  and (%(people)s::bigint[] is null or person_id = any(%(people)s::bigint[]))
"""


@dataclass(frozen=True)
class Joined:
    """The records that are joined to the people asked about, and whose they are, (n,), by record.

    A record is one person's on a day.
    """

    record: Ints
    person: Ints

    def whose(self, records: Ints) -> Ints:
        """Return whose these records are, (k,); each is one of them."""
        return self.person[np.searchsorted(self.record, records)]

    def seen(self, records: Ints, on: date, things: Sequence[str]) -> joining.Seen:
        """Return what is so on a day of these records, (k,), as seen of whose they are."""
        return joining.Seen(
            person=self.whose(records),
            on=np.full(len(records), np.datetime64(on)),
            thing=things,
            value=np.ones(len(records), np.int64),
            record=np.zeros(len(records), np.int64),
        )


def joined(people: Ints, on: date) -> Joined:
    """Return the records that are joined to these people on a day."""
    few = arrays.of_ids(people) if len(people) <= FEW else None
    record, person = arrays.read(
        ["record_id", "person_id"],
        _LINKS,
        {"on": on, "people": few},
        in_order="order by record_id",
    )
    mine = np.isin(person, people)
    return Joined(record[mine], person[mine])
