"""What people do when a notice has come: pay, claim, question it, pay bit by bit, or nothing.

What each does is drawn once for each step. Officers answer as support comes first: a claim or a
question holds everything, an arrangement is agreed as it is offered.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction

from borough.kernel import commanding
from borough.kernel.holds import commands as holds
from borough.kernel.holds.models import Hold
from borough.kernel.living import Counts, Day
from borough.lines.revenues import models, steps
from borough.lines.revenues.commands import arrangements
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import officers
from borough.lines.revenues.queries import accounts
from borough.rules import years

ANSWERS_AFTER = timedelta(4)
DECIDED_AFTER = timedelta(24)  # a claim or a question has had its answer by then
FIRST_PAYMENT_AFTER = timedelta(14)
MONTHS = 8
HELD_FOR = {"claims": "claim_pending", "questions": "dispute"}


def answer(day: Day) -> Counts:
    """Take the answers to the notices of some days ago, and decide what was asked before."""
    counts: Counter[str] = Counter()
    for step, what in drawn(day, day.on - ANSWERS_AFTER):
        act = ACTS.get(what)
        if act is None:
            continue
        try:
            with transaction.atomic():
                act(step, what, day.on)
            counts[what] += 1
        except commanding.Refusal as refusal:
            counts[f"{what} refused: {type(refusal).__name__}"] += 1
    decided = Hold.objects.filter(placed_on=day.on - DECIDED_AFTER, kind__in=HELD_FOR.values())
    for hold in decided.filter(placed_by=officers.preparer().reference).order_by("id"):
        holds.lift_hold(hold=hold, by=officers.preparer(), on=day.on)
        counts["claims and questions decided"] += 1
    return counts


def drawn(day: Day, issued: date) -> Iterator[tuple[models.Step, str]]:
    """Return the steps of a day with what each account does about it: the same for ever."""
    mix = habits.figures()["living"]["answers"]
    taken = models.Step.objects.filter(issued=issued, kind__in=mix).select_related("account")
    for step in taken.order_by("account_id", "year", "number"):
        kinds = mix[step.kind]
        draw = int(day.dice(f"answer {step.account_id} {step.number} {issued}").integers(0, 100))
        for what, percent in kinds.items():
            if draw < percent:
                yield step, what
                break
            draw -= percent


def _hold(step: models.Step, what: str, on: date) -> None:
    people = steps.liable([step.account_id], years.Year(step.year)).get(step.account_id, ())
    upon = holds.Upon(thing=step.account.thing, about=people, line="revenues")
    holds.place_hold(kind=HELD_FOR[what], upon=upon, by=officers.preparer(), on=on)


def _arrange(step: models.Step, what: str, on: date) -> None:
    """Agree what would pay it in some months, each a little at a time."""
    owed = {
        one.year.name: one.balance_pence for one in accounts.owed_by_year(step.account.reference)
    }
    name = years.Year(step.year).name
    offer = arrangements.Offer(
        other_pence=max(500, owed.get(name, 0) // MONTHS // 100 * 100),
        every=models.Arrangement.Every.MONTHLY,
        first_due=on + FIRST_PAYMENT_AFTER,
    )
    arrangements.agree(
        account=step.account, parts=[name], offer=offer, by=officers.preparer(), on=on
    )


ACTS = {"claims": _hold, "questions": _hold, "arrangements agreed": _arrange}
