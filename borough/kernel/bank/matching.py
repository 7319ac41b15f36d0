"""Whose money is it? Each card says what it recognises; the kernel never knows a line.

``recognises`` on a card answers for many entries at once and only where it is certain: an exact
reference. ``proposes`` answers for a few, with how sure it is and why, for a person to confirm.
``receives`` posts to the line's own accounts what belongs there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import import_string

from borough.kernel import commanding, joining
from borough.kernel.bank.models import Entry


@dataclass(frozen=True, slots=True)
class Target:
    """Whose money it is: a kind of account and its reference, such as a Council Tax account."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A guess for a person to confirm: whose, how sure (0 to 100), and why, in words."""

    target: Target
    title: str
    certainty_percent: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money for one account.

    Attributes:
        key: unique for ever.
        target: whose account it goes to.
        pence: more than nothing.
        on: the day on which it counts.
        year: the part of the debt that the payer named; "" when none.
        suspense: sub-account on which it waited; None when it comes straight from the bank.
        words: what the payer reads of it, where it is not simply received.
    """

    key: str
    target: Target
    pence: int
    on: date
    year: str = ""
    suspense: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Out:
    """Money that left our bank account: its key, unique for ever; what it was; how much."""

    key: str
    target: Target
    pence: int


class NobodyReceives(commanding.Refusal):
    """No service that is switched on keeps accounts of that kind."""


class UnknownTarget(commanding.Refusal):
    """No account has that number, or it has nothing that can be paid."""


class UnknownPart(commanding.Refusal):
    """The account has no such part, such as a year, that could be paid."""


def recognised(entries: Sequence[Entry]) -> dict[int, Target]:
    """Return whose the entries are, by their index; those of which nobody is certain are not in it.

    Two services that both recognise an entry are a doubt: then nobody has it.
    """
    found: dict[int, Target] = {}
    doubtful: set[int] = set()
    for card in joining.cards():
        if not card.recognises:
            continue
        answers: Mapping[int, Target] = import_string(card.recognises)(entries)
        doubtful |= found.keys() & answers.keys()
        found |= answers
    return {index: target for index, target in found.items() if index not in doubtful}


def proposed(entries: Sequence[Entry], *, on: date) -> dict[int, list[Proposal]]:
    """Return what the services propose for a few entries, by their index, the surest first."""
    found: dict[int, list[Proposal]] = {}
    for card in joining.cards():
        if card.proposes:
            answers: Mapping[int, list[Proposal]] = import_string(card.proposes)(entries, on=on)
            for index, proposals in answers.items():
                found.setdefault(index, []).extend(proposals)
    return {
        index: sorted(proposals, key=lambda one: -one.certainty_percent)
        for index, proposals in found.items()
    }


def receive(receipts: Sequence[Receipt], *, by: commanding.Actor, on: date) -> None:
    """Hand receipts to the services that keep the accounts; all are posted, or none.

    Raises:
        NobodyReceives: no service keeps accounts of a receipt's kind.
        UnknownTarget: a service has no such account.
        UnknownPart: the account has no such part.
    """
    takers: dict[str, str] = {card.slug: card.receives for card in joining.cards()}
    _hand_over(receipts, takers, by=by, on=on)


def take_back(receipts: Sequence[Receipt], *, by: commanding.Actor, on: date) -> None:
    """Have receipts undone that were handed over before, for a bank took the money back.

    Args:
        receipts: as they were received, each with its key; what was undone before stays so.
        by: who acts.
        on: the day.

    Raises:
        NobodyReceives: no service takes back money of a receipt's kind.
        UnknownTarget: a receipt was never posted.
    """
    takers: dict[str, str] = {card.slug: card.takes_back for card in joining.cards()}
    _hand_over(receipts, takers, by=by, on=on)


def _hand_over(
    receipts: Sequence[Receipt], takers: Mapping[str, str], *, by: commanding.Actor, on: date
) -> None:
    by_slug: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        by_slug.setdefault(receipt.target.kind.partition(".")[0], []).append(receipt)
    for slug, theirs in by_slug.items():
        if not takers.get(slug):
            raise NobodyReceives("No service that is switched on keeps accounts of that kind.")
        import_string(takers[slug])(theirs, by=by, on=on)


def pay_out(out: Out, *, by: commanding.Actor, on: date) -> None:
    """Hand money that went out to the service that says what it was, which posts it.

    Raises:
        NobodyReceives: no service knows such money.
        UnknownTarget: the service knows no such money, or another amount.
    """
    for card in joining.cards():
        if card.pays_out and out.target.kind in card.leaves:
            import_string(card.pays_out)(out, by=by, on=on)
            return
    raise NobodyReceives("No service that is switched on pays out money of that kind.")
