"""Which records of other organisations are joined to whom: nothing else of them is looked at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import dated
from borough.resident.identity.models import Link

FEW = 1_000  # people asked about by their ids; for more, all links are read


@dataclass(frozen=True)
class Joined:
    """Person by record, of the people asked about."""

    person_of: dict[int, int]

    @property
    def records(self) -> Collection[int]:
        """The records."""
        return self.person_of.keys()


def joined(people: NDArray[np.int64], on: date) -> Joined:
    """Return the records that are joined to these people on a day."""
    rows = Link.objects.filter(dated.holds_on(on))
    if len(people) <= FEW:
        rows = rows.filter(person_id__in=people.tolist())
    asked = set(people.tolist())
    pairs = rows.values_list("record_id", "person_id")
    return Joined({record: person for record, person in pairs if person in asked})
