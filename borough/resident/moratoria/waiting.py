"""What of moratoria waits for an officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.resident.moratoria import capabilities, queries


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what is to be told to advisers, and what of ours falls due today."""
    if capabilities.RECORD_MORATORIUM.slug not in actor.capabilities:
        return []
    found = []
    if count := queries.by_feed().count():
        words = "Find whom a notice of breathing space concerns, today"
        if count > 1:
            words = f"Find whom {count} notices of breathing space concern, today"
        found.append(joining.Waiting(words, reverse("moratorium-notices")))
    for one in queries.running(on):
        there = reverse("moratorium", args=[one.notice.pk])
        if queries.not_told(one.notice):
            words = f"Tell the adviser of what we found: moratorium {one.notice.reference}"
            found.append(joining.Waiting(words, there))
        if queries.holders_not_told(one.notice):
            words = f"Tell the holders of debts to others: moratorium {one.notice.reference}"
            found.append(joining.Waiting(words, there))
        found += [
            joining.Waiting(f"{due.words}: moratorium {one.notice.reference}", there)
            for due in one.clock.due
            if due.on == on
        ]
    return found
