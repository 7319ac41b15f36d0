"""A letter that presses somebody is asked about as it is issued, and once more before it leaves.

Each card says of every kind of letter which act of recovery it is. The kernel asks, so that no line
can forget to: what is on no card is not issued at all.
"""

from collections.abc import Sequence
from datetime import date

from borough.kernel import joining
from borough.kernel.holds import commands as holds
from borough.kernel.holds import kinds
from borough.kernel.holds import queries as asking


class NoSuchKind(LookupError):
    """A kind of letter is on no card, so nobody knows whether it presses anybody."""


def act_of(kind: str) -> str:
    """Return the act of recovery that a letter of this kind is; "" where it presses nobody.

    Raises:
        NoSuchKind: it is on no card.
    """
    try:
        return joining.letters()[kind]
    except KeyError:
        raise NoSuchKind(
            f"{kind} is on no card. Add it to the letters of its line, with the act that it is."
        ) from None


def stood(
    kind: str, debts: Sequence[asking.Debt], on: date
) -> dict[int, tuple[asking.Reason, ...]]:
    """Return what stands against letters of a kind on a day, by their place; the rest may go.

    While the transaction lasts no hold can be placed: a hold is seen here, or comes afterwards. A
    need that comes before a letter is met by the way in which it leaves: somebody reads it out.
    What its line knows against it was asked as the step was taken of which the letter tells.

    Args:
        kind: of all of them.
        debts: what each is about: the account, to whom it is addressed, the year.
        on: the day on which it is issued, or leaves.
    """
    act = act_of(kind)
    if not act or not debts:
        return {}
    holds.asking()
    needs = kinds.needs_first()
    found = {
        place: tuple(
            one for one in reasons if one.source == asking.KERNEL and one.kind not in needs
        )
        for place, reasons in enumerate(asking.may_we_act(debts, act, on))
    }
    return {place: reasons for place, reasons in found.items() if reasons}
