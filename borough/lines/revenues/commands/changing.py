"""What the commands share: the days they may touch, and billing again after a change."""

from datetime import date
from typing import Any

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person
from borough.lines.revenues import billing, models

COUNCIL_TAX_BEGAN = date(1993, 4, 1)


class NotADay(commanding.Refusal):
    """The days given make no period, or lie where the account is not."""


class NotAnAdult(commanding.Refusal):
    """Somebody is under 18, and so neither counted nor liable as a resident (section 6(5))."""


def refuse_days(account: models.Account, starts: date, ends: date | None = None) -> None:
    """Refuse days outside the account, or an end on or before the start.

    Raises:
        NotADay: with a sentence that says which day would do.
    """
    if ends is not None and ends <= starts:
        raise NotADay("The last day must be on or after the first.")
    if starts < account.starts:
        raise NotADay(
            f"Account {account.reference} begins on {_day(account.starts)}. "
            "Enter that day or a later one."
        )
    if account.ends is not None and starts >= account.ends:
        raise NotADay(
            f"Account {account.reference} ended on {_day(account.ends)}. Enter an earlier day."
        )


def refuse_minor(person: Person, starts: date, because: str) -> None:
    """Refuse a day on which somebody whose birthday is known is not yet 18.

    Raises:
        NotAnAdult: ``because``, and the day from which it would do.
    """
    born = person.date_of_birth
    if born is None:
        return
    # 18 is reached as the anniversary begins (Family Law Reform Act 1969 s.9(1)).
    # Eighteen years after a 29 February there is none.
    leap = (born.month, born.day) == (2, 29)
    of_age = date(born.year + 18, 3, 1) if leap else born.replace(year=born.year + 18)
    if starts < of_age:
        raise NotAnAdult(
            f"{because} Enter {_day(of_age)}, the eighteenth birthday, or a later day."
        )


def bill_again(account: models.Account, *, on: date, by: commanding.Actor, because: str) -> int:
    """Bill again every year that the account touches; return the change in pence."""
    return billing.rebill([account], on=on, by=by, because=because)


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


def accounts_of(dwelling_id: int, starts: date, ends: date | None) -> list[models.Account]:
    """Return the accounts of a dwelling that share a day with ``[starts, ends)``, oldest first."""
    return list(
        models.Account.objects.filter(
            dated.touches(starts, ends), dwelling_id=dwelling_id
        ).order_by("starts")
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
