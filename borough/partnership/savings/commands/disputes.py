"""Disputing a claim, and settling that: the claim waits meanwhile, and nothing else does."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.savings import capabilities, holding, models
from borough.partnership.savings.queries import entries as queries


class AlreadyDisputed(commanding.Refusal):
    """The partner disputes it already, or it was reversed."""


class AlreadySettled(commanding.Refusal):
    """The dispute is over."""


class NotYours(commanding.Refusal):
    """Only the partner who disputes can say that it is settled."""


@commanding.command(capabilities.DISPUTE_SAVING)
def dispute(
    *, entry: models.Entry, why: models.Dispute.Why, by: commanding.Actor, on: date
) -> models.Dispute:
    """Say, for the partner for whom the officer sits, that a claim is wrong.

    Raises:
        AlreadyDisputed: that partner disputes it already, or it was reversed.
    """
    seat = holding.seat(by, on)
    holding.one_at_a_time()
    if queries.standing(entry, date.max).is_over:
        raise AlreadyDisputed("This claim was reversed, so there is nothing to dispute.")
    if entry.disputes.filter(party=seat.party, ends=None).exists():
        raise AlreadyDisputed(f"The {seat.party} disputes this claim already.")
    made = models.Dispute.objects.create(
        entry=entry, party=seat.party, why=why, by=by.reference, starts=on
    )
    facts.record(
        "partnership.saving_disputed",
        thing=entry.thing,
        by=by,
        on=on,
        entry=entry.pk,
        party=seat.party,
    )
    return made


@commanding.command(capabilities.DISPUTE_SAVING)
def settle(*, dispute: models.Dispute, by: commanding.Actor, on: date) -> None:
    """Say that a dispute is settled, for the partner who began it.

    Raises:
        NotYours: the officer does not sit for that partner.
        AlreadySettled: it is over.
    """
    seat = holding.seat(by, on)
    holding.one_at_a_time()
    dispute = models.Dispute.objects.get(pk=dispute.pk)
    if seat.party != dispute.party:
        raise NotYours(f"Only who sits for the {dispute.party} can settle its dispute.")
    if dispute.ends is not None:
        raise AlreadySettled("This dispute is settled already.")
    dispute.ends = on
    dispute.save(update_fields=["ends"])
    facts.record(
        "partnership.saving_dispute_settled",
        thing=dispute.entry.thing,
        by=by,
        on=on,
        entry=dispute.entry_id,
    )
