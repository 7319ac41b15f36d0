"""News after which somebody is looked at again at once: the facts that the signals name.

Bulk news (a billing, a collection) waits for the night, which looks at everybody anyway.
"""

from collections.abc import Sequence

from borough.kernel import commanding
from borough.kernel.facts.models import Concerns, Fact
from borough.kernel.holds import capabilities as holds
from borough.resident.signals import capabilities, noticing, readers

MOST = 500
BY = commanding.system("early-worries", capabilities.LOOK_FOR_WORRIES, holds.PLACE_HOLD)


def hear(facts: Sequence[Fact]) -> None:
    """Look again for the worries that news of one kind is about, among whom it concerns."""
    concerned = Concerns.objects.filter(fact__in=facts).values_list("person_id", flat=True)
    several = set(concerned.distinct()[: MOST + 1])
    if len(several) > MOST:
        return
    people = noticing.living(several)
    if len(people):
        codes = readers.after(facts[0].what)
        noticing.notice(people, codes=codes, by=BY, on=max(fact.on for fact in facts))
