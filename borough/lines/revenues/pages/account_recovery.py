"""Recovery as the page of one account shows it: what would help, what stands, what comes next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import dated
from borough.kernel.documents import queries as documents
from borough.kernel.holds import acts, kinds
from borough.kernel.holds import capabilities as hold_capabilities
from borough.kernel.holds import models as holds_models
from borough.kernel.holds import queries as holds
from borough.kernel.pages import cells, tables, wording
from borough.kernel.people.models import Need
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, costs, models, recovery, steps
from borough.lines.revenues.pages import accounts as pages
from borough.lines.revenues.pages import subjects, unwritten
from borough.lines.revenues.queries import accounts, due, remedies, stages
from borough.lines.revenues.queries import unwritten as steps_told
from borough.rules import years
from borough.rules.council_tax import recovery as rules
from borough.rules.council_tax.recovery import Rung, Why

STEPS = (
    tables.text("year", "Year"),
    tables.text("kind", "Step"),
    tables.day("issued", "Day"),
    tables.money("act", "Asked for"),
    tables.money("costs", "Costs"),
    tables.text("until", "To pay by, or hearing"),
    tables.text("letter", "Letter", link="href"),
)
HOLDS = (
    tables.text("title", "Why it is left alone"),
    tables.text("period", "When"),
    tables.day("review_by", "Look again by"),
    tables.text("change", "Change"),
)
WHY = {
    Why.NO_BILL: "No bill of the year is kept here, so no step can be taken from it.",
    Why.NOTHING_OVERDUE: "Nothing is overdue.",
    Why.AT_COURT: "It is before the court.",
    Why.AFTER_THE_ORDER: "The court has made an order.",
    Why.REFUSED_BY_THE_COURT: "The court refused an order. An officer decides what happens.",
}


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def account_recovery(visit: Visit, reference: str) -> HttpResponse:
    """Show the stage of each year, what comes next and when, and first of all what would help."""
    account = subjects.account(reference)
    card = accounts.card(account, on=visit.today)
    shown = [_year(account, one.year, visit) for one in card.years]
    debt = holds.Debt(account.thing, card.people)
    context = pages.frame(visit, card, "account_recovery") | {
        "years": [one for one in shown if one is not None],
        "helps": _helps(account, visit),
        "stands": _stands(debt, visit),
        "steps": _steps(account, card),
        "holds": _holds(debt, visit),
        "actions": _actions(account, visit),
    }
    return render(visit, "revenues/account_recovery.html", context)


def _year(account: models.Account, year: years.Year, visit: Visit) -> dict[str, Any] | None:
    """Return how recovery of one year stands, in sentences."""
    worked = recovery.work_out(year, visit.today, account_ids=[account.pk])
    if not len(worked.standing.account):
        return None
    ladder = worked.ladder
    rung, why = Rung(ladder.rung[0]), Why(ladder.why[0])
    hearing = worked.stages.hearing[0].item()
    owing = due.of(worked.standing, worked.stages)
    before = _before(worked, rung, why)
    order = remedies.order_of(account, year, visit.today) if why is Why.AFTER_THE_ORDER else None
    return {
        "year": year.name,
        "stage": worked.stages.words()[0],
        "overdue_pence": int(owing.pence[0]),
        "since": owing.since[0].item(),
        "next": _next(rung, why, ladder, worked, held=bool(before)),
        "in_use": order.remedy.lower() if order else "",
        "hearing": hearing if worked.stages.rung[0] == Rung.SUMMONS else None,
        "costs_pence": (owed := costs.owed([account.reference], year).get(account.reference, 0)),
        "links": [
            *unwritten.links(account, year, visit),
            *(_court_links(account, year, visit) if why is Why.AT_COURT else []),
            *(_order_links(account) if order else []),
            *(_costs_links(account, year, visit) if owed > 0 else []),
        ],
        "before": before,
    }


def _next(
    rung: Rung, why: Why, ladder: rules.Ladder, worked: recovery.Worked, *, held: bool
) -> str:
    """Say what comes next: of ``held``, something keeps it from going out, which stands below."""
    if why in WHY:
        return WHY[why]
    name = steps.Kind(rules.NAMES[rung]).label.lower()
    amount = wording.money(int(ladder.act_pence[0]))
    if why is Why.BELOW_THE_LEAST:
        return f"Too little is overdue for a {name}."
    if why is Why.TOO_OLD:
        return "It has been due for more than six years, too long to ask the court."
    if held:
        return f"The next step is a {name} for {amount}."
    first = ladder.starts[0].item()
    when = "from today" if first <= worked.on else f"from {wording.day(first)}"
    unless = "unless it is paid or something stands against it"
    return f"A {name} for {amount} may go out {when}, {unless}."


def _before(worked: recovery.Worked, rung: Rung, why: Why) -> list[str]:
    """Return what would keep the next step from going out today, one sentence each."""
    if rung is Rung.NONE or why is not Why.READY:
        return []
    found = recovery.sort(worked, rules.NAMES[rung], hearing=None)
    return [words for some in found.kept.values() for _, words in some]


def _stands(debt: holds.Debt, visit: Visit) -> list[str]:
    """Return each reason once, with what it forbids."""
    acts_of: dict[str, list[str]] = {}
    for act, some in holds.standing(debt, visit.today).items():
        for reason in some:
            acts_of.setdefault(reason.words, []).append(act)
    return [
        f"{words}. It forbids {'every step' if len(some) == len(acts.ALL) else _list(some)}."
        for words, some in acts_of.items()
    ]


def _list(some: list[str]) -> str:
    return ", ".join(f"to {acts.TITLES[act]}" for act in some)


def _helps(account: models.Account, visit: Visit) -> list[cells.Link | str]:
    """Return what might help more than a letter, the likeliest first."""
    reference = account.reference
    found: list[cells.Link | str] = [*_calls(account, visit)]
    if capabilities.AGREE_ARRANGEMENT.slug in visit.actor.capabilities:
        found.append(
            cells.Link(
                "Agree instalments that they can keep",
                reverse("revenues:arrangement", args=[reference]),
            )
        )
    if not account.reductions.filter(ends=None).exists():
        found.append("Ask about Council Tax Reduction: none is recorded on this account.")
    homes = account.households.filter(ends=None).values_list("adults", flat=True).first()
    if homes is None and capabilities.CHANGE_HOUSEHOLD.slug in visit.actor.capabilities:
        found.append(
            cells.Link(
                "Ask how many adults live there: nobody has told us, and one alone pays less",
                reverse("revenues:household", args=[reference]),
            )
        )
    if hold_capabilities.PLACE_HOLD.slug in visit.actor.capabilities:
        found.append(
            cells.Link(
                "Leave it alone for a time, while something is being sorted out",
                reverse("revenues:hold", args=[reference]),
            )
        )
    return found


def _calls(account: models.Account, visit: Visit) -> list[cells.Link]:
    """Return whom to ring before any letter, and where the call is recorded."""
    if hold_capabilities.RECORD_CALL.slug not in visit.actor.capabilities:
        return []
    asked = Need.objects.filter(
        dated.holds_on(visit.today),
        kind=Need.Kind.TELEPHONE_FIRST,
        person__in=account.liabilities.values("person_id"),
    )
    return [
        cells.Link(
            f"Ring {one.person.name} before any letter, and record the call",
            reverse("resident-call", args=[one.person_id]),
        )
        for one in asked.select_related("person").order_by("person_id")
    ]


def _steps(account: models.Account, card: accounts.Card) -> tables.Table:
    taken = [(one, step) for one in card.years for step in stages.history(account.pk, one.year)]
    written = documents.written([step.LETTER.format(step.pk) for _, step in taken])
    rows = [
        {
            "year": one.year.name,
            "kind": step.get_kind_display(),
            "issued": step.issued,
            **({"act": step.act_pence} if step.act_pence else {}),
            **({"costs": step.costs_pence} if step.costs_pence else {}),
            "until": _until(step),
            **_letter(step, written.get(step.LETTER.format(step.pk))),
        }
        for one, step in taken
    ]
    return tables.Table("What has been done", STEPS, rows, empty="No step has been taken.")


def _letter(step: models.Step, document: int | None) -> dict[str, Any]:
    if document is not None:
        return {"letter": "Read it", "href": reverse("revenues:letter", args=[document])}
    return {"letter": "Not written"} if step.kind in steps_told.LETTERED else {}


def _until(step: models.Step) -> str:
    day = step.hearing or step.complied_by
    return wording.short_day(day) if day else ""


def _holds(debt: holds.Debt, visit: Visit) -> tables.Table:
    rows = [
        {
            "title": _hold_title(one),
            "period": wording.period(one.starts, one.ends),
            "review_by": one.review_by,
            **_hold_change(one, visit),
        }
        for one in holds.of(debt, visit.today)
    ]
    may = any("change" in row for row in rows)
    return tables.Table(
        "Left alone", HOLDS if may else HOLDS[:3], rows, empty="Nothing keeps it from going on."
    )


def _hold_title(one: holds_models.Hold) -> str:
    title = kinds.all_kinds()[one.kind].title
    part = f", {one.part}" if one.part else ""
    return f"{title}{part}{' (the person)' if one.person_id else ''}"


def _hold_change(one: holds_models.Hold, visit: Visit) -> dict[str, Any]:
    if kinds.all_kinds()[one.kind].placed_with not in visit.actor.capabilities:
        return {}
    return {"change": cells.Link("Review or end", reverse("hold", args=[one.pk]))}


def _court_links(account: models.Account, year: years.Year, visit: Visit) -> list[cells.Link]:
    if capabilities.RECORD_COURT.slug not in visit.actor.capabilities:
        return []
    ways = (
        ("Withdraw the summons", "withdrawal"),
        ("The hearing was put off", "adjournment"),
        ("The court refused the order", "refusal"),
    )
    return [
        cells.Link(title, reverse(f"revenues:{name}", args=[account.reference, year.name]))
        for title, name in ways
    ]


def _order_links(account: models.Account) -> list[cells.Link]:
    there = reverse("revenues:remedies", args=[account.reference])
    return [cells.Link("See what is done under the liability order", there)]


def _costs_links(account: models.Account, year: years.Year, visit: Visit) -> list[cells.Link]:
    if capabilities.TAKE_PAYMENTS.slug not in visit.actor.capabilities:
        return []
    there = reverse("revenues:costs_payment", args=[account.reference, year.name])
    return [cells.Link("Record a payment of the costs", there)]


def _actions(account: models.Account, visit: Visit) -> list[cells.Link]:
    ways = (
        ("Place a hold", "revenues:hold", hold_capabilities.PLACE_HOLD),
        (
            "Record a breathing space or an insolvency",
            "revenues:statutory_hold",
            hold_capabilities.PLACE_STATUTORY_HOLD,
        ),
    )
    return [
        cells.Link(title, reverse(name, args=[account.reference]))
        for title, name, capability in ways
        if capability.slug in visit.actor.capabilities
    ]
