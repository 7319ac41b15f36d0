"""The made-up town as separate systems know it: each service's own records, slips and all.

The people are those of the furnished town of the same (dwellings, seed, day). Who a record truly
is, is returned beside it, and written to a file of its own that no system reads.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from borough.town import addresses, lives, naming, plan
from borough.town.silos import books, owing, people, slips


@dataclass(frozen=True)
class Silo:
    """One service: who is on its books in truth, what it wrote down, and what is owed to it."""

    book: books.Book
    records: slips.Records
    owing: owing.Owing

    @property
    def keys(self) -> list[str]:
        """Return the service's own number of each record's person, n of them, each once."""
        pairs = zip(self.book.case.tolist(), self.book.party.tolist(), strict=True)
        return [f"{case}-{party}" for case, party in pairs]


def draw(dwellings: int, seed: int, on: date) -> list[Silo]:
    """Return the services of the town of (dwellings, seed) on a day.

    Raises:
        ValueError: too few dwellings for a town.
    """
    planned = plan.draw(dwellings, seed)
    town = lives.draw(planned, on)
    today = np.datetime64(on)
    outsiders = books.outsiders_of(dwellings)
    folk = people.draw(planned, town, naming.of(town, seed), outsiders, today)
    places = addresses.of(planned)
    late = owing.behind(planned, town, on)
    here = books.homes(town, dwellings)
    return [
        Silo(book, slips.written(book, folk, places, seed), owing.of(book, late, seed))
        for book in (
            books.council_tax(planned, town, here, folk),
            *books.rents(planned, town, here),
            books.benefits(planned, town, here),
            books.social_care(planned, town, folk, today),
            books.parking(planned, folk, outsiders, today),
        )
    ]
