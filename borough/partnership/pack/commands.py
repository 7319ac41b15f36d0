"""Drawing up the board pack."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import chain
from borough.kernel.facts import commands as facts
from borough.partnership.pack import capabilities, models, reading
from borough.partnership.seats import signing


class NothingNew(commanding.Refusal):
    """The pack of the day says all of this already."""


@commanding.command(capabilities.MAKE_PACK)
def make(*, by: commanding.Actor, on: date) -> models.Pack:
    """Draw up the board pack of a day from what stands on it; both partners read the same.

    What was recorded up to this moment is chained first, so that the paper binds all of it.

    Raises:
        NothingNew: a pack of the same day says the same.
    """
    chain.link()
    told = reading.said(on)
    if models.Pack.objects.filter(digest=signing.digest(told)).exists():
        raise NothingNew("Nothing has changed since today’s pack was drawn up: it still holds.")
    made = models.Pack.objects.create(
        told=signing.canonical(told),
        digest=signing.digest(told),
        head=chain.head(),
        by=by.reference,
        on=on,
    )
    facts.record(
        "partnership.pack_made", thing=made.thing, by=by, on=on, pack=made.pk, content=made.digest
    )
    return made
