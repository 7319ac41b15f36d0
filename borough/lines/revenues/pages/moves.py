"""A move on one page: both homes, everybody's days, the furniture; checked before it is done."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.pages import cells, tables, wording
from borough.kernel.people import capabilities as people_capabilities
from borough.kernel.people.models import Person
from borough.kernel.places import finders
from borough.kernel.places.models import Dwelling
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import moves
from borough.lines.revenues.pages import changing, choosing, move_form, subjects
from borough.lines.revenues.queries import accounts, explanations, holdings
from borough.lines.revenues.queries import moves as queries
from borough.rules import years

SLICES = (
    tables.text("days", "Days"),
    tables.text("why", "What counts"),
    tables.money("pence", "Charge"),
)
LIABLE = (
    tables.text("name", "Who"),
    tables.text("basis", "Why"),
    tables.text("period", "When"),
)
HOME = "home"
# How far from today a move is seldom told: a slip of the pen is likelier.
AHEAD, BACK = timedelta(days=62), timedelta(days=365)
ASK_ANEW = (
    "None of it goes along to another home: Council Tax Reduction, a discount or a reduction must "
    "be asked for anew there."
)


def _of_move(uprn: int, to: int | None = None) -> Subject:
    one = subjects.of_dwelling(uprn)
    if to is None:
        return one
    other = subjects.of_dwelling(to)
    people = tuple(dict.fromkeys((*one.people, *other.people)))
    return Subject(people, one.thing, f"{one.words} and {other.words}")


@personal(capabilities.RECORD_MOVE, subject=_of_move)
def move(visit: Visit, uprn: int, to: int | None = None) -> HttpResponse:
    """Record who left a home and who came, and the same at the other home."""
    commanding.allow(visit.actor, people_capabilities.FIND_PEOPLE)
    homes = [subjects.dwelling(one) for one in (uprn, to) if one is not None]
    step = visit.POST.get(changing.STEP, "")
    new, also = choosing.record(visit) if step == choosing.RECORD else (None, "")
    chosen = choosing.chosen(visit, also=also)
    panels = _panels(homes, chosen, visit)
    settled = step in (changing.CHECK, changing.CONFIRM, changing.AGAIN)
    form = move_form.Move(visit.POST if settled else None, panels=panels, today=visit.today)
    if visit.method == "POST" and not settled:
        form = move_form.Move(
            panels=panels, today=visit.today, initial=choosing.answered(visit, form)
        )

    def show() -> HttpResponse:
        return _show(visit, form, homes, chosen, new)

    if not settled:
        return show()
    return changing.make(visit, form, _change(visit, form, homes), ask=show)


def _change(visit: Visit, form: move_form.Move, homes: Sequence[Dwelling]) -> changing.Change:
    return changing.Change(
        title="Record a move",
        says="",
        act=lambda **answers: moves.record_move(
            homes=form.homes(),
            letters=form.letters(),
            carry_credit=answers["credit"] == move_form.CARRY,
            by=visit.actor,
            on=visit.today,
        ),
        done="Move recorded",
        back=_began_on(homes[0], visit),
        accounts=list(
            models.Account.objects.filter(dwelling__in=homes)
            .order_by("starts")
            .values_list("reference", flat=True)
        ),
        law="Local Government Finance Act 1992, sections 2, 6 and 9",
        shows=lambda moved: [*_unusual(form, visit), *_shown(moved, visit)],
    )


def _began_on(home: Dwelling, visit: Visit) -> str:
    """Return the page of the account that the move touches first, where there is one to see."""
    newest = models.Account.objects.filter(dwelling=home).order_by("starts", "pk").last()
    if newest is None or capabilities.SEE_ACCOUNT.slug not in visit.actor.capabilities:
        return reverse("revenues:dwelling", args=[home.uprn])
    return reverse("revenues:account", args=[newest.reference])


def _unusual(form: move_form.Move, visit: Visit) -> list[changing.Shown]:
    """Warn of days so far away that they may be a slip of the pen."""
    named = {one for one in form.cleaned_data.values() if isinstance(one, date)}
    return [
        changing.Shown(warning=warning)
        for day in sorted(named)
        if (warning := _far(day, visit.today))
    ]


def _far(day: date, today: date) -> str:
    away = wording.number(abs((day - today).days))
    if day > today + AHEAD:
        return (
            f"{wording.day(day)} is {away} days ahead, and the bills change today. Plans change: "
            "confirm only if that day is certain."
        )
    if day < today - BACK:
        return (
            f"{wording.day(day)} was {away} days ago. Is the year right? Confirm only if it is: "
            "everything since that day is worked out again."
        )
    return ""


def _panels(
    homes: Sequence[Dwelling], chosen: dict[str, str], visit: Visit
) -> list[move_form.Panel]:
    there = [queries.living_now(home, visit.today) for home in homes]
    added = list(Person.objects.filter(pk__in=list(chosen)).order_by("pk"))
    panels = []
    for place, home in enumerate(homes):
        elsewhere = [one.person for one in there[0]] if place else []
        mine = {one.person.pk for one in there[place]}
        others = [one for one in dict.fromkeys([*elsewhere, *added]) if one.pk not in mine]
        panels.append(
            move_form.Panel("ab"[place], home, accounts.address_line(home.pk), there[place], others)
        )
    return panels


def _show(
    visit: Visit,
    form: move_form.Move,
    homes: Sequence[Dwelling],
    chosen: dict[str, str],
    new: choosing.NewPerson | None,
) -> HttpResponse:
    words = " ".join(visit.POST.get("address", "").split())[: choosing.LONGEST_WORDS]
    asked = visit.POST.get(changing.STEP) == HOME
    found = finders.dwellings_like(words)[: choosing.MOST_FOUND] if asked and words else []
    base = homes[0].uprn
    return render(
        visit,
        "revenues/move.html",
        {
            "form": form,
            "homes": list(form.drawn()),
            "chosen": list(chosen),
            "single": len(homes) == 1,
            "alone": reverse("revenues:move", args=[base]),
            "address": words,
            "asked_home": asked,
            "found": [
                cells.Link(one.address, reverse("revenues:move_to", args=[base, one.uprn]))
                for one in found
                if one.uprn != base
            ],
            "cancel": reverse("revenues:dwelling", args=[base]),
            **choosing.offered(visit, without=chosen, new=new),
        },
    )


def _shown(moved: moves.Moved, visit: Visit) -> list[changing.Shown]:
    """Return what the check page shows: each account by slices, and what is not settled."""
    return [*_unsettled(moved), *(_account(one, moved, visit) for one in moved.accounts)]


def _unsettled(moved: moves.Moved) -> list[changing.Shown]:
    shown = [
        changing.Shown(
            warning=f"Nobody is known to be liable for {accounts.address_line(home.pk)}, "
            f"{wording.period(starts, ends)}. The home will wait in a list until somebody is."
        )
        for home, starts, ends in moved.nobody
    ]
    ended = [holdings.words(one) for one in moved.ended]
    if ended:
        shown.append(
            changing.Shown(
                "What ends with it",
                sentences=[
                    *(f"{words}." for words in ended),
                    ASK_ANEW,
                ],
            )
        )
    shown += [
        changing.Shown(
            warning=f"The credit of account {one.reference} stays there: no new account here is of "
            "all who were liable for it together. Ask to whom it goes, and refund it."
        )
        for one in moved.kept_credit
    ]
    shown += [
        changing.Shown(
            warning=f"The Direct Debit does not go along to account {one.reference}: it is for the "
            "number of the old one. Ask the payer for another; until then the bill is paid in "
            "another way."
        )
        for one in moved.unpaid_by_debit
    ]
    return shown + [
        changing.Shown(
            warning=f"Letters to {one.person.name} go to {one.lines.splitlines()[0]}, as was asked "
            "for before, and not to the new home. End that on their page if it is over."
        )
        for one in queries.written_elsewhere(moved.opened)
    ]


def _account(account: models.Account, moved: moves.Moved, visit: Visit) -> changing.Shown:
    account.refresh_from_db()
    address = accounts.address_line(account.dwelling_id)
    touched = [year for year in _years(account, visit) if _is_in(account, year)]
    is_new = account in moved.opened
    return changing.Shown(
        f"{'New account' if is_new else 'Account'} {account.reference}: {address}",
        href="" if is_new else reverse("revenues:account", args=[account.reference]),
        sentences=[f"It ends on {wording.day(account.ends)}."] if account.ends else [],
        rows=[_liable(account), *(_slices(account, year) for year in touched)],
    )


def _years(account: models.Account, visit: Visit) -> list[years.Year]:
    """Return the years that matter for an officer: those of its bills, at most the last two."""
    owed = accounts.owed_by_year(account.reference)
    return [one.year for one in owed[:2]][::-1]


def _is_in(account: models.Account, year: years.Year) -> bool:
    return account.starts < year.ends and (account.ends is None or account.ends > year.starts)


def _liable(account: models.Account) -> tables.Table:
    return tables.Table(
        f"Who is liable on account {account.reference}",
        LIABLE,
        [
            {
                "name": one.name,
                "basis": one.basis,
                "period": wording.period(one.starts, one.ends),
            }
            for one in accounts.liable(account)
        ],
    )


def _slices(account: models.Account, year: years.Year) -> tables.Table:
    working = explanations.explain(account.pk, year)
    return tables.Table(
        f"Council Tax {year.name} on account {account.reference}, by its days",
        SLICES,
        [{"days": one.sentence, "why": _why(one), "pence": one.pence} for one in working.lines],
        total={"days": "The year", "pence": working.total_pence},
    )


def _why(one: Any) -> cells.Lines | str:
    """Return what makes the days cost what they do: lines that change the amount."""
    counts = [each.sentence for each in one.within if each.pence]
    return cells.Lines(tuple(counts)) if counts else "Nothing is taken off or added"
