"""Attachments of earnings: ordered where an employer is known, paid under each month, ended."""

from collections import Counter
from datetime import timedelta

from django.db import transaction

from borough.kernel import commanding, furnishing
from borough.kernel.bank import working_days
from borough.kernel.living import Counts, Day
from borough.kernel.people import commands as people
from borough.kernel.people.models import Person
from borough.lines.revenues import models, remedying
from borough.lines.revenues.commands import attachments as commands
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import officers
from borough.lines.revenues.queries import attachments, remedies

ORDERS_ON, DEDUCTED_ON = 5, 28  # days of the month, or the next working day
AFTER_ORDER = timedelta(14)  # who is ordered to pay is asked first for work and means
MONTHLY = models.Attachment.Frequency.MONTHLY


def attach(day: Day) -> Counts:
    """Order attachments on the day of the month on which it is done; record what was deducted."""
    if _falls_on(day, ORDERS_ON):
        return _order(day)
    return _deduct(day) if _falls_on(day, DEDUCTED_ON) else {}


def _falls_on(day: Day, number: int) -> bool:
    return working_days.on_or_after(day.on.replace(day=number)) == day.on


def _order(day: Day) -> Counts:
    counts: Counter[str] = Counter()
    known = [one for one in _unmet(day) if _has_employer(day, one.account_id)]
    asked = remedying.ask(remedying.Kind.ATTACHMENT, known, on=day.on)
    accounts = models.Account.objects.in_bulk([one.account_id for one, _ in asked.free])
    people_there = Person.objects.in_bulk([liable[0] for _, liable in asked.free])
    for order, liable in asked.free:
        person = people_there[liable[0]]
        try:
            with transaction.atomic():
                commands.order_attachment(
                    account=accounts[order.account_id],
                    year=order.year,
                    person=person,
                    employer=_employer(day, person.pk),
                    frequency=MONTHLY,
                    by=officers.preparer(),
                    on=day.on,
                )
            counts["attachments of earnings ordered"] += 1
        except commanding.Refusal as refusal:
            counts[f"attachments refused: {type(refusal).__name__}"] += 1
    return counts


def _unmet(day: Day) -> list[remedies.Order]:
    """Return the orders under which something is outstanding and nothing is done yet."""
    return [
        one
        for one in remedies.orders(day.on)
        if one.outstanding_pence
        and not one.remedy_id
        and one.year == day.year
        and one.ordered_on + AFTER_ORDER <= day.on
    ]


def _deduct(day: Day) -> Counts:
    counts: Counter[str] = Counter()
    for one in attachments.in_force(day.on).order_by("pk"):
        dice = day.dice(f"revenues deducted {one.pk}")
        if dice.integers(0, 100) < habits.figures()["living"]["leave_work_percent"]:
            commands.end_attachment(
                attachment=one,
                why=models.Remedy.Ended.LEFT,
                by=officers.preparer(),
                on=day.on,
            )
            counts["attachments ended: left the work"] += 1
            continue
        net = _net_pence(day, one.remedy.person_id)
        left = attachments.outstanding(one.remedy, day.on)
        commands.record_deduction(
            attachment=one,
            pay_day=day.on,
            deducted_pence=min(attachments.expected(one, net) or 0, left),
            net_pence=net,
            by=officers.preparer(),
            on=day.on,
        )
        counts["deductions from earnings"] += 1
    return counts


def _has_employer(day: Day, account: int) -> bool:
    """Tell whether somebody has told us where they work: it stays so."""
    percent = habits.figures()["living"]["employer_known_percent"]
    return bool(furnishing.dice(day.seed, f"works {account}").integers(0, 100) < percent)


def _net_pence(day: Day, person: int) -> int:
    low, high = habits.figures()["living"]["net_earnings_pounds"]
    return 100 * int(furnishing.dice(day.seed, f"earns {person}").integers(low, high))


def _employer(day: Day, person: int) -> Person:
    """Return where somebody works, one of the invented employers; recorded when first named."""
    number = int(furnishing.dice(day.seed, f"employer {person}").integers(1, 41))
    name = f"Invented Employer {number} Limited"
    known = attachments.employers(name)
    if known:
        return Person.objects.get(pk=known[0])
    return people.record_organisation(name=name, by=officers.preparer(), on=day.on)
