"""What of Revenues waits for an officer, for the home page."""

from datetime import date

from django.urls import reverse

from borough.kernel import commanding, joining
from borough.kernel.runs import queries as runs
from borough.lines.revenues import (
    capabilities,
    death_waiting,
    debit_waiting,
    recovery_waiting,
    refund_waiting,
    remedying,
)
from borough.lines.revenues.queries import agents, annual, worries
from borough.rules import years


def waits(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return what waits: billing to be committed, people to ring, agents, Direct Debits."""
    return [
        *_billing(actor),
        *recovery_waiting.waits(actor, on),
        *_calls(actor, on),
        *death_waiting.waits(actor, on),
        *_agents(actor, on),
        *_to_stop(actor, on),
        *debit_waiting.waits(actor, on),
        *refund_waiting.waits(actor, on),
    ]


def _agents(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return the placing of today that a colleague prepared, and recalls to be told of."""
    waits_here = []
    if capabilities.COMMIT_PLACING.slug in actor.capabilities:
        waits_here += [
            joining.Waiting(
                "Debts are ready to be placed with an enforcement agent: look and decide",
                reverse("revenues:placing_preview", args=[run.pk]),
            )
            for run in agents.to_commit(actor.reference, on)
        ]
    untold = agents.untold_count() if capabilities.CALL_BACK.slug in actor.capabilities else 0
    if untold:
        what = "a debt that was" if untold == 1 else f"{untold} debts that were"
        words = f"Tell the enforcement agent of {what} called back"
        waits_here.append(joining.Waiting(words, reverse("revenues:placements")))
    return waits_here


def _to_stop(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return how many remedies are in use although something stands against them."""
    if capabilities.ORDER_ATTACHMENT.slug not in actor.capabilities:
        return []
    count = remedying.count_to_stop(on)
    if not count:
        return []
    what = "an attachment or a placing" if count == 1 else f"{count} attachments and placings"
    words = f"Stop or call back {what}: something stands against it"
    return [joining.Waiting(words, reverse("revenues:remedies_to_stop"))]


def _calls(actor: commanding.Actor, on: date) -> list[joining.Waiting]:
    """Return how many are to be rung because an arrangement runs late and nobody has yet."""
    if capabilities.AGREE_ARRANGEMENT.slug not in actor.capabilities:
        return []
    count = sum(one.called_on is None and not one.all_died for one in worries.worries(on))
    if not count:
        return []
    late = "an arrangement to pay that runs" if count == 1 else f"{count} arrangements that run"
    return [joining.Waiting(f"Ring about {late} late", reverse("revenues:arrangements"))]


def _billing(actor: commanding.Actor) -> list[joining.Waiting]:
    """Return the billing that a colleague has prepared and this officer may commit."""
    if capabilities.COMMIT_BILLING.slug not in actor.capabilities:
        return []
    newest: dict[str, joining.Waiting] = {}
    for run in annual.previews():
        year = run.asked["year"]
        if run.by == actor.reference or run.asked.get("what_if") or year in newest:
            continue
        if runs.progress(run).is_done and annual.billing_of(years.Year.named(year)) is None:
            newest[year] = joining.Waiting(
                f"Annual billing {year} is prepared: look at it and commit it",
                reverse("revenues:preview", args=[run.pk]),
            )
    return list(newest.values())
