"""What the commands share: the days they may touch, and billing again after a change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.kernel.joining import Capability
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import billing, keeping, models

COUNCIL_TAX_BEGAN = date(1993, 4, 1)


class NotADay(commanding.Refusal):
    """The days given make no period, or lie where the account is not."""


class NotDiscounted(commanding.Refusal):
    """The account has no single person discount on that day."""


class NotAnAdult(commanding.Refusal):
    """Somebody is under 18, and so neither counted nor liable as a resident (section 6(5))."""


def refuse_days(account: models.Account, starts: date, ends: date | None = None) -> None:
    """Refuse days outside the account, or an end on or before the start.

    Raises:
        NotADay: with a sentence that says which day would do.
    """
    refuse_order(starts, ends)
    if starts < account.starts:
        raise NotADay(
            f"Account {account.reference} begins on {_day(account.starts)}. "
            "Enter that day or a later one."
        )
    if account.ends is not None and starts >= account.ends:
        raise NotADay(
            f"Account {account.reference} ended on {_day(account.ends)}. Enter an earlier day."
        )


def refuse_undiscounted(account: models.Account, day: date) -> None:
    """Refuse a day on which there is no single person discount to end.

    Raises:
        NotDiscounted: no single adult is declared for that day.
    """
    if not account.households.filter(dated.holds_on(day), adults=1).exists():
        raise NotDiscounted(
            f"Account {account.reference} has no single person discount on that day."
        )


def refuse_order(starts: date, ends: date | None) -> None:
    """Refuse an end on or before the start.

    Raises:
        NotADay: with a sentence that says which day would do.
    """
    if ends is not None and ends <= starts:
        raise NotADay(f"The day on which it is over must be after {_day(starts)}, its first day.")


def of_age(person: Person) -> date | None:
    """Return the day from which somebody is an adult; None where their birthday is not known."""
    born = person.date_of_birth
    if born is None:
        return None
    # 18 is reached as the anniversary begins (Family Law Reform Act 1969 s.9(1)).
    # Eighteen years after a 29 February there is none.
    leap = (born.month, born.day) == (2, 29)
    return date(born.year + 18, 3, 1) if leap else born.replace(year=born.year + 18)


def is_adult(person: Person, day: date) -> bool:
    """Tell whether somebody is 18 on a day; taken to be where their birthday is not known."""
    adult_from = of_age(person)
    return adult_from is None or adult_from <= day


def refuse_minor(person: Person, starts: date, because: str) -> None:
    """Refuse a day on which somebody whose birthday is known is not yet 18.

    Raises:
        NotAnAdult: ``because``, and the day from which it would do.
    """
    adult_from = of_age(person)
    if adult_from is not None and starts < adult_from:
        raise NotAnAdult(
            f"{because} Enter {_day(adult_from)}, the eighteenth birthday, or a later day."
        )


def bill_again(account: models.Account, *, on: date, by: commanding.Actor, because: str) -> int:
    """Bill again every year that the account touches; return the change in pence."""
    return billing.rebill([account], on=on, by=by, because=because)


@contextmanager
def kept(
    what: str,
    capability: Capability,
    account: models.Account,
    *,
    by: commanding.Actor,
    on: date,
) -> Iterator[None]:
    """Keep what is changed of an account and its home inside, so that it can be undone."""
    with keeping.kept(what, capability, [account.dwelling], by=by, on=on):
        yield


def record(
    what: str,
    account: models.Account,
    *,
    on: date,
    by: commanding.Actor,
    also_about: tuple[int, ...] = (),
    **detail: Any,
) -> None:
    """Record what happened to an account, about everybody liable on it."""
    liable = models.Liability.objects.filter(account=account).values_list("person_id", flat=True)
    facts.record(
        what,
        about=[*liable, *also_about],
        thing=account.thing,
        by=by,
        on=on,
        account=account.reference,
        **detail,
    )


def record_home(
    homes: Iterable[Dwelling], *, because: str, starts: date, by: commanding.Actor, on: date
) -> None:
    """Record what happened to homes that nobody is billed for on the days it touches."""
    for home in homes:
        facts.record(
            "revenues.home_changed",
            thing=keeping.thing_of(home),
            by=by,
            on=on,
            uprn=home.uprn,
            because=because,
            starts=starts,
        )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
