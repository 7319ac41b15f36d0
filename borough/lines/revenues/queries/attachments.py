"""How an attachment of earnings goes: what should have been taken, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from django.db.models import QuerySet

from borough.kernel import dated
from borough.kernel.people.models import Person
from borough.lines.revenues import models
from borough.lines.revenues.queries import remedies
from borough.rules import attachment as rules
from borough.rules import engine, parameters, years

ORDER_TYPE = "CTAEO-ENG"


@dataclass(frozen=True, slots=True)
class Standing:
    """An order at a glance.

    Attributes:
        ordered_pence: what it is for now; the newest of its amounts.
        deducted_pence: what was taken under it so far.
        expected_pence: what the table says of the pay days whose earnings are known.
        of_known_pence: what was taken on those pay days.
        outstanding_pence: what is left under the liability order.
    """

    ordered_pence: int
    deducted_pence: int
    expected_pence: int
    of_known_pence: int
    outstanding_pence: int

    @property
    def short_pence(self) -> int:
        """How much less than the table says was taken; negative: more."""
        return self.expected_pence - self.of_known_pence


@dataclass(frozen=True, slots=True)
class Duties:
    """What the Regulations ask of an employer, and how many orders there may be; from data."""

    orders_at_most: int
    employer_fee_pence: int
    pay_by_day: int
    tell_within_days: int


def duties(on: date) -> Duties:
    """Return the figures in force on a day."""
    sheet = parameters.InForce(parameters.load_file("attachment/orders.yaml"), on)
    return Duties(
        orders_at_most=sheet["attachment_orders_at_most"],
        employer_fee_pence=sheet["attachment_employer_fee"],
        pay_by_day=sheet["attachment_pay_by_day"],
        tell_within_days=sheet["attachment_tell_within_days"],
    )


def expected(order: models.Attachment, net_pence: int | None) -> int | None:
    """Return what is to be deducted from these earnings, None where they are not known.

    It is what the table says, and never more than what is left of the order: the last is smaller.
    A second order bites on what the first left (regulation 42(1)): the employer knows that, so
    what is expected here is of the earnings alone.
    """
    if net_pence is None:
        return None
    return min(would_take(order.frequency, net_pence), _left(order))


def _left(order: models.Attachment) -> int:
    """Return what of the newest amount of an order has not been deducted since, in pence."""
    newest = order.amounts.order_by("on", "pk").last()
    if newest is None:
        return order.remedy.owed_pence
    since = order.deductions.filter(taken_back=None, received_on__gte=newest.on)
    return max(newest.pence - sum(since.values_list("deducted_pence", flat=True)), 0)


def would_take(frequency: str, net_pence: int) -> int:
    """Return what would be deducted from earnings, before anything is ordered."""
    return int(_ran(frequency, net_pence)["deduction"][0])


def standing(order: models.Attachment, on: date) -> Standing:
    """Return an order at a glance, as things are on a day."""
    deductions = list(order.deductions.filter(taken_back=None))
    known = [one for one in deductions if one.expected_pence is not None]
    newest = order.amounts.order_by("on", "pk").last()
    return Standing(
        ordered_pence=newest.pence if newest else order.remedy.owed_pence,
        deducted_pence=sum(one.deducted_pence for one in deductions),
        expected_pence=sum(one.expected_pence or 0 for one in known),
        of_known_pence=sum(one.deducted_pence for one in known),
        outstanding_pence=outstanding(order.remedy, on),
    )


def outstanding(remedy: models.Remedy, on: date) -> int:
    """Return what is left under the liability order of a remedy, in pence; nought when paid."""
    found = remedies.order_of(remedy.account, years.Year(remedy.year), on)
    return found.outstanding_pence if found else 0


def in_force(on: date) -> QuerySet[models.Attachment]:
    """Return the orders in force on a day."""
    running = models.Remedy.objects.filter(dated.holds_on(on), kind=models.Remedy.Kind.ATTACHMENT)
    return models.Attachment.objects.filter(remedy__in=running).select_related("remedy__account")


def employers(words: str) -> Sequence[int]:
    """Return the ids of organisations recorded under exactly this name, whatever its capitals."""
    found = Person.objects.filter(kind=Person.Kind.ORGANISATION, family_name__iexact=words.strip())
    return list(found.order_by("pk").values_list("pk", flat=True))


def _ran(frequency: str, net_pence: int) -> engine.Columns:
    facts = {
        "order_type": np.array([ORDER_TYPE]),
        "frequency": np.array([frequency]),
        "attachable_net_earnings": np.array([net_pence], np.int64),
    }
    return rules.SCHEME.run(facts, _figures())


@cache
def _figures() -> parameters.InForce:
    # The English tables have not changed since 1 April 2007; the newest ones are in force.
    return parameters.InForce(parameters.load("attachment"), date.max)
