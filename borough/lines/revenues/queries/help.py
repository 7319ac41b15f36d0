"""What an account may be missing: help to be asked about before anything is pressed.

It sees only what is recorded here. That nothing is listed does not mean that nothing is due.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.db import connection
from django.urls import reverse
from numpy.typing import NDArray

from borough.kernel import arrays, dated
from borough.kernel.offers import Offer
from borough.kernel.people.models import Need
from borough.lines.revenues import circumstances, laws, models, working
from borough.rules import years
from borough.rules.council_tax import charge
from borough.rules.periods import Timeline

ONE_WEEK = 7

_KNOWN = """
select a.id, a.reference,
       (select h.adults from revenues_household h
         where h.account_id = a.id and daterange(h.starts, h.ends) @> %(on)s::date),
       exists (select from revenues_disregard h
         where h.account_id = a.id and daterange(h.starts, h.ends) @> %(on)s::date),
       exists (select from revenues_reduction h
         where h.account_id = a.id and h.kind = 1
           and daterange(h.starts, h.ends) @> %(on)s::date),
       exists (select from revenues_disabledreduction h
         where h.account_id = a.id and daterange(h.starts, h.ends) @> %(on)s::date),
       (select count(*) from people_residence h join people_person p on p.id = h.person_id
         where h.dwelling_id = a.dwelling_id and daterange(h.starts, h.ends) @> %(on)s::date
           and (p.date_of_birth is null or p.date_of_birth <= %(on)s - interval '18 years'))
from revenues_account a where a.id = any(%(ids)s::bigint[]) order by a.id
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is recorded of an account on a day. ``adults`` is None where nobody has said."""

    id: int
    reference: str
    adults: int | None
    has_disregard: bool
    has_reduction: bool
    has_disabled: bool
    adults_living_there: int


@dataclass(frozen=True, slots=True)
class _Saving:
    """What one adult, and a disabled band reduction, would take off a week; None: not known."""

    one_adult_pence: int | None = None
    disabled_pence: int | None = None


def offers(people: Sequence[int], on: date) -> dict[int, list[Offer]]:
    """Return what Council Tax may offer each of these people, liable on a day, by person."""
    rows = models.Liability.objects.filter(
        dated.holds_on(on),
        person_id__in=people,
        account__in=models.Account.objects.filter(dated.holds_on(on)),
    )
    accounts: dict[int, list[int]] = {}
    for person, account in rows.values_list("person_id", "account_id"):
        accounts.setdefault(account, []).append(person)
    found: dict[int, list[Offer]] = {}
    for account, some in of_accounts(list(accounts), on).items():
        for person in accounts[account]:
            found.setdefault(person, []).extend(some)
    return found


def unclaimed(account: models.Account, on: date) -> list[str]:
    """Return, in sentences, what to ask about first; empty where all of it is recorded."""
    day = min(on, account.ends) if account.ends else on
    return [offer.why for offer in of_accounts([account.pk], day)[account.pk]]


def of_accounts(ids: Sequence[int], on: date) -> dict[int, list[Offer]]:
    """Return what each account may be missing on a day, with what it would come to a week."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"on": on, "ids": arrays.of_ids(ids)})
        known = [_Known(*row) for row in cursor.fetchall()]
    savings = _savings(np.array([one.id for one in known], np.int64), on)
    return {one.id: list(_missing(one, saving)) for one, saving in zip(known, savings, strict=True)}


def needs(account: models.Account, on: date) -> list[str]:
    """Return the support needs of those liable, each once."""
    people = account.liabilities.filter(dated.holds_on(on)).values("person_id")
    rows = Need.objects.filter(dated.holds_on(on), person_id__in=people)
    return sorted({row.get_kind_display() for row in rows})


def _missing(known: _Known, saving: _Saving) -> Iterable[Offer]:
    yield from _single_person(known, saving.one_adult_pence)
    if known.adults is not None and known.adults > 1 and not known.has_disregard:
        yield _offer(
            known,
            "disregard",
            "Somebody who does not count",
            "Ask whether a student, a carer or somebody very ill is among the adults.",
        )
    if not known.has_reduction:
        yield Offer(
            scheme="revenues.reduction",
            title="Council Tax Reduction",
            why="No Council Tax Reduction is recorded: ask about income, and help to claim.",
            by_income=True,
        )
    if not known.has_disabled:
        yield _offer(
            known,
            "disabled_reduction",
            "Disabled band reduction",
            "Ask whether a room or the home is needed because of a disability.",
            weekly_pence=saving.disabled_pence,
        )


def _single_person(known: _Known, weekly_pence: int | None) -> Iterable[Offer]:
    alone = known.adults_living_there == 1
    if known.adults is None:
        why = "Nobody has said how many adults live there: one adult pays a quarter less."
    elif known.adults > 1 and alone:
        why = f"We know of one adult there; the account counts {known.adults}: ask who lives there."
    else:
        return
    yield _offer(
        known,
        "single_person",
        "Single person discount",
        why,
        weekly_pence=weekly_pence,
        likely=alone,
    )


def _offer(
    known: _Known,
    page: str,
    title: str,
    why: str,
    *,
    weekly_pence: int | None = None,
    likely: bool = False,
) -> Offer:
    return Offer(
        scheme=f"revenues.{page}",
        title=title,
        why=why,
        weekly_pence=weekly_pence,
        likely=likely,
        url=reverse(f"revenues:{page}", args=[known.reference]),
    )


def _savings(ids: NDArray[np.int64], on: date) -> list[_Saving]:
    """Work the year out again as if, and return the difference a week of those days; no guess.

    Nothing is said where the year's law or somebody's band is not known.
    """
    year = years.Year.holding(on)
    nothing = [_Saving()] * len(ids)
    try:
        law, now = laws.of(year), circumstances.of(ids, year)
        alone = Timeline.whole(np.ones(len(ids), np.int64), missing=charge.UNKNOWN)
        adapted = Timeline.whole(np.ones(len(ids), np.bool_), missing=False)
        due = working.under(law, now)
        one_adult = working.under(law, replace(now, adults=alone))
        disabled = working.under(law, replace(now, disabled=adapted))
    except (laws.LawNotKnown, working.CannotWorkOut):
        return nothing
    days = np.bincount(
        due.owner, (due.ends - due.starts).astype(np.int64), minlength=len(ids)
    ).astype(np.int64)
    weekly = [
        np.where(days > 0, (due.due_pence - other.due_pence) * ONE_WEEK // np.maximum(days, 1), 0)
        for other in (one_adult, disabled)
    ]
    return [
        _Saving(one or None, two or None)
        for one, two in zip(*(w.tolist() for w in weekly), strict=True)
    ]
