"""What every letter of the line shares: who writes, to whom, about which account, on which day.

A letter is a frozen dataclass with a ``Head`` and what it has to say; it refuses to exist when
its parts contradict one another, so that none of them is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, Protocol


class DoesNotAddUp(ValueError):
    """The parts of the letter contradict one another; the sentence says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Somebody outside the council who helps for free."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to pay: ``("Online", "example.gov.uk/pay, with your account number")``."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """The sender. Web addresses are without ``https://``, as they are read out and typed.

    Attributes:
        colour: of headings and rules, ``#rrggbb``, dark enough for white paper.
        ways_to_pay: in the order in which they are shown; Direct Debit is added by the bill.
        direct_debit_guarantee: the scheme's own text, a paragraph each, as the council has it
            from its bank; none until it is given, because nobody may word it anew.
    """

    name: str
    colour: str
    address: tuple[str, ...]
    telephone: str
    opening_hours: str
    email: str
    website: str
    help_page: str
    discounts_page: str
    spending_page: str
    ways_to_pay: tuple[Way, ...]
    advice: tuple[Advice, ...] = ()
    direct_debit_guarantee: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a letter.

    Attributes:
        account: the account number, e.g. ``"100001"``.
        issued_on: the day that it bears.
        addressees: the names of those to whom it is addressed together, one a line.
        address: where it goes, without the names; ``property_address`` is what is taxed.
        large_print: for those who asked for it.
    """

    council: Council
    account: str
    issued_on: date
    addressees: tuple[str, ...]
    address: tuple[str, ...]
    property_address: tuple[str, ...]
    large_print: bool = False
    invented: bool = False

    def __post_init__(self) -> None:
        """Refuse a letter to nobody or to nowhere.

        Raises:
            DoesNotAddUp: with what is missing.
        """
        if not self.addressees or not self.address:
            raise DoesNotAddUp("A letter names to whom it goes, and where.")


class Letter(Protocol):
    """What can be issued: its head, its kind, its template and what it says as JSON."""

    TEMPLATE: ClassVar[str]

    @property
    def head(self) -> Head: ...  # noqa: D102

    @property
    def slug(self) -> str: ...  # noqa: D102

    def as_json(self) -> dict[str, Any]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """An amount and the day by which it is due, or on which it is collected."""

    due_on: date
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A line of a sum: what it is, and how much; negative when it lowers what is owed."""

    words: str
    pence: int


def said(letter: Letter, *, title: str, **derived: Any) -> dict[str, Any]:
    """Return a letter as JSON: its head and its own fields side by side, and what follows."""
    own: dict[str, Any] = plain(letter)
    top: dict[str, Any] = own.pop("head")
    return top | own | derived | {"title": title}


def check_days(payments: Sequence[Payment]) -> None:
    """Refuse payments that are not in the order of their days, or that are nothing.

    Raises:
        DoesNotAddUp: with what is wrong.
    """
    days = [one.due_on for one in payments]
    if days != sorted(set(days)):
        raise DoesNotAddUp("The payments must be in order of their days.")
    if any(one.pence <= 0 for one in payments):
        raise DoesNotAddUp("Each payment must be more than nothing.")


def plan(payments: Sequence[Payment]) -> str:
    """Return the payments in one sentence, e.g. "£161.51, then 9 payments of £163.00"."""
    if not payments:
        return ""
    first, *others = payments
    if not others:
        return f"one payment of {pounds(first.pence)}"
    if len({one.pence for one in payments}) == 1:
        return f"{len(payments)} payments of {pounds(first.pence)}"
    if len({one.pence for one in others}) > 1:
        return f"{len(payments)} payments, as listed"
    then = f"{len(others)} payments" if len(others) > 1 else "1 payment"
    return f"{pounds(first.pence)}, then {then} of {pounds(others[0].pence)}"


def pounds(pence: int) -> str:
    """Return whole pence as "£1,628.51"; less than nothing with a true minus sign."""
    sign = "\N{MINUS SIGN}" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def plain(value: Any) -> Any:
    """Return a letter, or a part of one, as JSON: days in ISO, dataclasses as dictionaries."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Council):
        return _council(value)
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return {name: plain(getattr(value, name)) for name in _names(value.__class__)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


@cache
def _council(council: Council) -> dict[str, Any]:
    """Return the sender as JSON: worked out once for all the letters of a run."""
    return {name: plain(getattr(council, name)) for name in _names(Council)}
