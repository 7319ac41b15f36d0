"""Taking everything away."""

from datetime import date

from django.conf import settings

from borough.kernel import commanding
from borough.kernel.facts import chain
from borough.kernel.facts import commands as facts
from borough.partnership.register import capabilities
from borough.partnership.register.leaving import zipping


@commanding.command(capabilities.TAKE_AWAY)
def take(*, uri: str, by: commanding.Actor, on: date) -> zipping.Made:
    """Return all that the partnership holds, as one ZIP; the digest of its manifest is recorded.

    What was recorded up to this moment is chained first, so that the manifest binds all of it.
    """
    chain.link()
    made = zipping.make(
        on,
        capabilities=by.capabilities,
        council=settings.COUNCIL_NAME,
        uri=uri,
        head=chain.head(),
    )
    facts.record("partnership.taken_away", by=by, on=on, files=made.files, content=made.digest)
    return made
