"""Finding whose money waits in suspense: all of an entry, or part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.bank import capabilities, matching, models, posting
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import opening
from borough.kernel.pages import wording


@dataclass(frozen=True, slots=True)
class Part:
    """So much of an entry is for this account; ``certainty_percent`` as it was proposed.

    ``words``: what the payer reads of it, where it is not simply received.
    """

    target: matching.Target
    pence: int
    year: str = ""
    certainty_percent: int = 0
    words: str = ""


class MoreThanIsThere(commanding.Refusal):
    """The parts come to more than waits of the entry."""


class NothingLeft(commanding.Refusal):
    """The entry has been placed meanwhile."""


@commanding.command(capabilities.PLACE_RECEIPTS)
def place_entry(
    *, entry: models.Entry, parts: Sequence[Part], by: commanding.Actor, on: date
) -> None:
    """Give what waits of an entry, or parts of it, to the accounts whose money it is.

    Args:
        entry: what waits.
        parts: to whom, and how much each; together at most what waits.
        by: who has found out.
        on: the day on which they are posted.

    Raises:
        NothingLeft: nothing of it waits any more.
        MoreThanIsThere: the parts come to more than waits.
        matching.UnknownTarget: an account is not known.
    """
    sub_account = ledger.sub_account_ids(posting.SUSPENSE, [str(entry.pk)]).get(str(entry.pk))
    if sub_account is None:
        raise NothingLeft("Nothing of this entry waits in suspense.")
    opening.lock_sub_account(sub_account)
    waiting = -ledger.balances([sub_account])[sub_account]
    asked = sum(part.pence for part in parts)
    if waiting <= 0:
        raise NothingLeft("Nothing of this entry waits any more. A colleague has placed it.")
    if asked > waiting or any(part.pence <= 0 for part in parts) or not parts:
        raise MoreThanIsThere(
            f"{wording.money(waiting)} of this entry waits. Enter that much, or less for a part."
        )
    done = models.Placed.objects.filter(entry=entry).count()
    matching.receive(
        [
            matching.Receipt(
                key=posting.key_of_part(entry, done + number),
                target=part.target,
                pence=part.pence,
                on=on,
                year=part.year,
                suspense=sub_account,
                words=part.words,
            )
            for number, part in enumerate(parts, 1)
        ],
        by=by,
        on=on,
    )
    _remember(entry, parts, by=by, on=on)


def _remember(
    entry: models.Entry, parts: Sequence[Part], *, by: commanding.Actor, on: date
) -> None:
    for part in parts:
        models.Placed.objects.create(
            entry=entry,
            kind=part.target.kind,
            reference=part.target.reference,
            pence=part.pence,
            by_hand=True,
            certainty_percent=part.certainty_percent,
            by=by.reference,
            on=on,
        )
        facts.record(
            "kernel.receipt_placed",
            thing=f"kernel.bank_entry/{entry.pk}",
            by=by,
            on=on,
            pence=part.pence,
            account=part.target.reference,
            certainty_percent=part.certainty_percent,
        )
