"""What of Direct Debits waits for an officer: to commit, to send, to post, to look at."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.kernel.runs import queries as runs
from borough.lines.revenues import capabilities, lodging, models, transit
from borough.lines.revenues.queries import collections, instructions, returned


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what this officer may do next about Direct Debits."""
    found: list[joining.Waiting] = []
    if capabilities.COMMIT_COLLECTION.slug in actor.capabilities:
        found += [*_to_commit(actor, on), *_to_send(on)]
    if capabilities.PREPARE_COLLECTION.slug in actor.capabilities:
        found += _to_post(on)
    if capabilities.SET_UP_DIRECT_DEBIT.slug in actor.capabilities:
        found += _to_ask_for(on)
    if capabilities.LOAD_ADVICES.slug in actor.capabilities:
        found += _to_look_at()
    return found


def _to_commit(actor: commanding.Actor, on: date) -> Iterator[joining.Waiting]:
    """Yield the newest preview of each day to come that a colleague prepared."""
    seen = set()
    for run in collections.previews():
        day = date.fromisoformat(run.asked["entry_day"])
        if run.by == actor.reference or day in seen or day < on:
            continue
        seen.add(day)
        if runs.progress(run).is_done and collections.committed(day) is None:
            yield joining.Waiting(
                f"The Direct Debits of {day.day} {day:%B} are prepared: look and commit them",
                reverse("revenues:collection_preview", args=[run.pk]),
            )


def _to_send(on: date) -> Iterator[joining.Waiting]:
    count = len(lodging.waiting(on))
    if count:
        what = "One Direct Debit instruction" if count == 1 else f"{count} instructions"
        yield joining.Waiting(f"{what} to send to the banks", reverse("revenues:sent_instructions"))


def _to_post(on: date) -> Iterator[joining.Waiting]:
    for number in transit.unposted():
        day = models.Collection.objects.get(pk=number).entry_day
        if day <= on:
            yield joining.Waiting(
                f"The Direct Debits of {day.day} {day:%B} have moved: post them as received",
                reverse("revenues:collection", args=[number]),
            )


def _to_ask_for(on: date) -> Iterator[joining.Waiting]:
    count = len(instructions.left_behind(on))
    if count:
        payers = "one payer who has" if count == 1 else f"{count} payers who have"
        yield joining.Waiting(
            f"Ask {payers} moved whether to set up a Direct Debit again",
            reverse("revenues:debits_left_behind"),
        )


def _to_look_at() -> Iterator[joining.Waiting]:
    count = returned.waiting().count()
    if count:
        what = "One Direct Debit" if count == 1 else f"{count} Direct Debits"
        yield joining.Waiting(
            f"{what} that a bank sent back to look at", reverse("revenues:advices")
        )
