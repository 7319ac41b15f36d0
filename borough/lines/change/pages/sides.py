"""What several pages of change have in common: what happened, who acted, the ways on."""

from borough.kernel.facts import queries as facts
from borough.kernel.officers import queries as officers
from borough.kernel.pages import components

NEWEST = 20


def timeline(thing: str) -> list[components.Event]:
    """Return the newest happenings of a thing, in words."""
    entries = facts.timeline_of_thing(thing, limit=NEWEST)
    names = officers.names({one.by for one in entries})
    return [components.Event(one.sentence, one.on, by=names[one.by]) for one in entries]
