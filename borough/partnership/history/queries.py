"""The years of each contract beside one another, and what they come to together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from borough.partnership.measures import queries as counts
from borough.partnership.measures.models import Snapshot
from borough.partnership.savings.queries import years as savings
from borough.partnership.surveys import measures as surveys
from borough.rules import statistics, years


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a contract.

    Attributes:
        account: what it came to; its bridge is None where it cannot be worked out.
        beyond_so_far_pence: what came beyond the guarantee in this year and those before it that
            were worked out; None where this one was not.
        satisfied: the count of those satisfied at its end; None where it was not counted, or
            nobody answered.
    """

    account: savings.Account
    beyond_so_far_pence: int | None
    satisfied: Snapshot | None

    @property
    def year(self) -> years.Year:
        """Which year it is."""
        return self.account.year

    @property
    def beyond_pence(self) -> int | None:
        """What the charge was below its ceiling, or above it; None where it is not worked out."""
        return self.account.bridge.beyond_pence if self.account.bridge else None


@dataclass(frozen=True, slots=True)
class Contract:
    """The years of a contract, the first one first."""

    years: Sequence[Year]

    @property
    def worked_out(self) -> list[Year]:
        """Its years whose sums could be made."""
        return [one for one in self.years if one.account.bridge is not None]

    @property
    def met(self) -> int:
        """In how many of those the guarantee was met."""
        known = [one.beyond_pence for one in self.years if one.beyond_pence is not None]
        return sum(one >= 0 for one in known)

    def begins_with(self, count: int) -> bool:
        """Tell whether its first so many years could all be worked out."""
        first = self.years[:count]
        return len(first) == count and all(one.account.bridge is not None for one in first)

    @property
    def satisfied(self) -> statistics.Share:
        """How many of all who answered at any time were satisfied, with Wilson's interval."""
        told = [one.satisfied for one in self.years if one.satisfied is not None]
        hits, of = (
            sum(getattr(one, name) or 0 for one in told) for name in ("numerator", "denominator")
        )
        return statistics.share(hits, of)

    @property
    def volumes(self) -> Mapping[str, Sequence[int | None]]:
        """How much work there was, by measure, in each year; None where it is not all counted."""
        drivers = {one.line.driver for each in self.years for one in each.account.volumes}
        return {
            driver: [_quantity(each.account, driver) for each in self.years]
            for driver in sorted(drivers - {""})
        }

    def base_of(self, driver: str) -> int:
        """Return how much there was of a kind of work in the base year, as both signed it."""
        return next(
            one.line.base_quantity
            for each in self.years
            for one in each.account.volumes
            if one.line.driver == driver
        )


def contracts(on: date) -> list[Contract]:
    """Return every contract that both have signed, the newest first."""
    satisfied = {one.year: one for one in counts.year_by_year(surveys.SATISFIED.slug)}
    found = []
    for accounts in reversed(savings.contracts(on)):
        under_terms = [one for one in accounts if one.rule_set is not None]
        if under_terms:
            found.append(Contract(_years(under_terms, satisfied)))
    return found


def _years(accounts: Sequence[savings.Account], satisfied: Mapping[str, Snapshot]) -> list[Year]:
    found, so_far = [], 0
    for one in accounts:
        if one.bridge is not None:
            so_far += one.bridge.beyond_pence
        counted = satisfied.get(one.year.name)
        found.append(
            Year(
                one,
                so_far if one.bridge is not None else None,
                counted if counted is not None and _is_whole(counted, one.year) else None,
            )
        )
    return found


def _is_whole(snapshot: Snapshot, year: years.Year) -> bool:
    """Return whether a count has data, and was made of the whole year."""
    return snapshot.numerator is not None and snapshot.as_at >= year.ends - timedelta(days=1)


def _quantity(account: savings.Account, driver: str) -> int | None:
    """Return the work of a whole year: half a year beside whole ones would look like a fall."""
    return next(
        (
            one.quantity
            for one in account.volumes
            if one.line.driver == driver and one.snapshot and _is_whole(one.snapshot, account.year)
        ),
        None,
    )
