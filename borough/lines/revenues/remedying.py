"""The one way in for a remedy: there is an order, no other remedy, and nothing stands against it.

The question and the remedy are one transaction, and while it lasts no hold can be placed. The
database asks once more, by constraints and a trigger of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.kernel.holds import acts
from borough.kernel.holds import commands as holds
from borough.kernel.holds import queries as asking
from borough.kernel.holds.models import Hold
from borough.lines.revenues import models, steps
from borough.lines.revenues.queries import remedies
from borough.rules import money, parameters, years

Kind = models.Remedy.Kind
KEPT_SECONDS = 300
ACTS = {Kind.ATTACHMENT: acts.ATTACHMENT, Kind.AGENT: acts.AGENT}


class NoOrder(commanding.Refusal):
    """There is no liability order for the year, or nothing is outstanding under it."""


class StandsAgainst(commanding.Refusal):
    """Something stands against it today; the sentence says what."""


class AnotherRemedy(commanding.Refusal):
    """Another remedy is in use under the same order."""


Stood = tuple[remedies.Order, tuple[str, ...]]
"""A debt that is left alone, and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Debts for which a remedy was asked.

    Attributes:
        free: those that nothing stands against, each with who is liable, the first first.
        stood: the others, each with what stands against it.
    """

    free: list[tuple[remedies.Order, tuple[int, ...]]]
    stood: list[Stood]


def ask(kind: Kind, orders: Sequence[remedies.Order], *, on: date) -> Asked:
    """Ask, for many debts at once, whether a remedy may be used today."""
    by_year: dict[years.Year, list[remedies.Order]] = {}
    for order in orders:
        by_year.setdefault(order.year, []).append(order)
    asked, least = Asked([], []), least_pence(on)
    for year, several in by_year.items():
        people = steps.liable([one.account_id for one in several], year)
        debts = [asking.Debt(o.thing, people.get(o.account_id, ()), year.name) for o in several]
        for order, reasons in zip(several, asking.may_we_act(debts, ACTS[kind], on), strict=True):
            words = (*_own(order, kind, least), *(reason.words for reason in reasons))
            if words:
                asked.stood.append((order, words))
            else:
                asked.free.append((order, people.get(order.account_id, ())))
    return asked


def start(
    kind: Kind, order: remedies.Order, person_id: int, *, slot: int | None = None, on: date
) -> models.Remedy:
    """Begin a remedy, inside the transaction of its command.

    Raises:
        StandsAgainst: a hold, an arrangement, a death or a need stands against it.
        AnotherRemedy: another officer began one at this moment, or one runs.
    """
    holds.asking()
    asked = ask(kind, [order], on=on)
    if asked.stood:
        raise StandsAgainst(f"{asked.stood[0][1][0]}.")
    try:
        with transaction.atomic():
            return models.Remedy.objects.create(
                kind=kind,
                account_id=order.account_id,
                year=order.year.first,
                person_id=person_id,
                slot=slot,
                owed_pence=order.outstanding_pence,
                starts=on,
            )
    except IntegrityError as error:
        raise AnotherRemedy(_why_not(error)) from error


def start_many(
    kind: Kind, orders: Sequence[remedies.Order], *, on: date
) -> tuple[list[models.Remedy], list[Stood]]:
    """Begin a remedy under each order that nothing stands against; return the others with why.

    The accounts are held, and the orders read again, so that what changed since they were listed is
    seen.
    """
    holds.asking()  # first, as whoever stands in the way takes it before the account
    ids = sorted({order.account_id for order in orders})
    list(models.Account.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    wanted = {(order.account_id, order.year) for order in orders}
    now = [one for one in remedies.orders(on, ids) if (one.account_id, one.year) in wanted]
    gone = wanted - {(one.account_id, one.year) for one in now}
    asked = ask(kind, now, on=on)
    begun = [
        models.Remedy(
            kind=kind,
            account_id=order.account_id,
            year=order.year.first,
            person_id=people[0],
            owed_pence=order.outstanding_pence,
            starts=on,
        )
        for order, people in asked.free
    ]
    left = [(one, (NO_ORDER,)) for one in orders if (one.account_id, one.year) in gone]
    return models.Remedy.objects.bulk_create(begun), asked.stood + left


def end(remedy: models.Remedy, why: models.Remedy.Ended, *, on: date) -> bool:
    """End a remedy; return False where it had ended before."""
    held = models.Remedy.objects.select_for_update().get(pk=remedy.pk)
    if held.ends is not None:
        return False
    remedy.ends, remedy.why_ended = max(on, held.starts), why
    remedy.save(update_fields=["ends", "why_ended"])
    return True


def tell(
    what: str, remedy: models.Remedy, /, *, by: commanding.Actor, on: date, **detail: object
) -> None:
    """Record what happened under a remedy, about everybody liable for the year."""
    year = years.Year(remedy.year)
    facts.record(
        what,
        about=steps.liable([remedy.account_id], year).get(remedy.account_id, ()),
        thing=remedy.account.thing,
        by=by,
        on=on,
        remedy_id=remedy.pk,
        year=year.name,
        **detail,
    )


def stands(kind: Kind, order: remedies.Order, *, on: date) -> bool:
    """Tell whether something stands against a remedy that runs, the remedy itself apart."""
    people = steps.liable([order.account_id], order.year).get(order.account_id, ())
    debt = asking.Debt(order.thing, people, order.year.name)
    return bool(asking.may_we_act([debt], ACTS[kind], on)[0])


def to_stop(on: date, **only: object) -> list[tuple[models.Remedy, tuple[asking.Reason, ...]]]:
    """Return the remedies in use that something stands against today, with what it is.

    An agent is called back when the news is heard; an employer is told by an officer.
    """
    rows = running(on, **only)
    people: dict[int, dict[int, tuple[int, ...]]] = {}
    for first in {one.year for one in rows}:
        mine = [one.account_id for one in rows if one.year == first]
        people[first] = steps.liable(mine, years.Year(first))
    found = []
    for kind, act in ACTS.items():
        some = [one for one in rows if one.kind == kind]
        debts = [
            asking.Debt(
                one.account.thing,
                people[one.year].get(one.account_id, ()),
                years.Year(one.year).name,
            )
            for one in some
        ]
        answers = asking.may_we_act(debts, act, on)
        found += [(one, why) for one, why in zip(some, answers, strict=True) if why]
    return found


def refuse_more(remedy: models.Remedy, *, on: date) -> None:
    """Refuse to take more by a remedy that runs while something stands against a new one.

    What runs may go on as it was ordered; to order more is a step of its own.

    Raises:
        StandsAgainst: with what stands against it.
    """
    year = years.Year(remedy.year)
    people = steps.liable([remedy.account_id], year).get(remedy.account_id, ())
    debt = asking.Debt(remedy.account.thing, people, year.name)
    for reason in asking.may_we_act([debt], ACTS[Kind(remedy.kind)], on)[0]:
        raise StandsAgainst(f"{reason.words}.")


def count_to_stop(on: date) -> int:
    """Return how many remedies something stands against, for a page that opens all day.

    Asking about each takes longer than such a page may: the answer is kept for some minutes, and
    asked anew at once when a hold is placed or a remedy begins or ends.
    """
    in_use = models.Remedy.objects.filter(dated.holds_on(on)).aggregate(
        n=Count("pk"), last=Max("pk")
    )
    if not in_use["n"]:
        return 0
    newest = Hold.objects.aggregate(last=Max("pk"))["last"]
    name = f"revenues.to_stop/{on}/{in_use['n']}/{in_use['last']}/{newest}"
    count: int | None = cache.get(name)
    if count is None:
        count = len(to_stop(on))
        cache.set(name, count, KEPT_SECONDS)
    return count


def running(on: date, **only: object) -> list[models.Remedy]:
    """Return the remedies in use on a day, with their accounts."""
    rows = models.Remedy.objects.filter(dated.holds_on(on), **only)
    return list(rows.select_related("account").order_by("pk"))


NO_ORDER = "There is no liability order in force any more"


def least_pence(on: date) -> int:
    """Return the debt below which no agent is instructed: the council's own rule."""
    sheet = parameters.load_file(f"local/{settings.COUNCIL}/placing.yaml")
    return int(parameters.InForce(sheet, on)["agent_least_debt"])


def _own(order: remedies.Order, kind: Kind, least: int) -> list[str]:
    """Return what of the order itself stands against a remedy."""
    if kind == Kind.AGENT and 0 < order.outstanding_pence < least:
        return [f"Less than {money.pounds(least)} is outstanding: too little to add fees to"]
    if order.remedy:
        return [f"Another remedy is in use under the same order: {order.remedy.lower()}"]
    return [] if order.outstanding_pence else ["Nothing is outstanding under the order"]


def _why_not(error: IntegrityError) -> str:
    words = str(error)
    if "two_attachments" in words:
        return (
            "Two attachments of earnings are in force against this person: the most there may be."
        )
    if "a_remedy_asks_first" in words:
        return "Something stands against it, as of this moment. Open the account and look again."
    return "Another remedy is in use under the same order. Only one may be at a time."
