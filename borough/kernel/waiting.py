"""What of the kernel's own waits for an officer: the post, holds to look at again, bank details."""

from datetime import date

from borough.kernel import commanding, joining
from borough.kernel.bank import waiting as bank
from borough.kernel.holds import waiting as holds
from borough.kernel.post import waiting as post


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what waits, the post first."""
    return [*post.waits(actor, on), *holds.waits(actor, on), *bank.waits(actor, on)]
