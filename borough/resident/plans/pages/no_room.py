"""Where nothing is left in a month: no plan is asked for, and this is what to do instead.

It is an outcome and no failure. Each thing to do is one that rule R7 asks for, in its order; what
somebody may be entitled to stands before them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import offers
from borough.kernel.pages import cells, tables, wording
from borough.kernel.people import capabilities as people
from borough.kernel.visits import Visit
from borough.resident.plans.pages import opening
from borough.resident.plans.pages import statements as budgets
from borough.resident.plans.queries import proposals
from borough.rules.support import deciding, valve

RULE = deciding.RULES.decisions["nothing_to_spare"]
OFFERS = (
    tables.text("title", "What", link="href"),
    tables.text("why", "Why we ask"),
    tables.text("worth", "About"),
)


@dataclass(frozen=True, slots=True)
class Help:
    """One thing to do: what, how, by which law."""

    title: str
    text: str
    law: str = ""


DO: Mapping[valve.Action, Help] = {
    valve.Action.CONSIDER_REDUCTION: Help(
        "Ask for the Council Tax itself to be made less",
        "The council may reduce what somebody is liable to pay, as far as it thinks fit, down to "
        "nothing.",
        "Local Government Finance Act 1992, section 13A(1)(c)",
    ),
    valve.Action.OFFER_CRISIS_FUND: Help(
        "Offer the Crisis and Resilience Fund",
        "For food, heating, a roof or another urgent need; the household decides what it is for.",
        "The council’s own scheme",
    ),
    valve.Action.OFFER_ADVICE: Help(
        "Offer free debt advice, and breathing space",
        "An adviser looks at every debt, those to others too. They alone can start a breathing "
        "space: 60 days in which no debt inside it is pressed. Citizens Advice, National Debtline "
        "and StepChange are free.",
        "SI 2020/1311",
    ),
    valve.Action.HOLD_UNTIL_REVIEW: Help(
        "Leave the debts alone, with a day to look again",
        "Record a hold on each account, and the day by which somebody asks how things are. "
        "Nothing is sent meanwhile.",
    ),
    valve.Action.TEST_WRITE_OFF: Help(
        "Ask whether collecting brings more than it costs",
        "Where nothing has changed at the second look, propose a write-off to the officer who may "
        "decide on it.",
    ),
}


@opening.helping(people.SEE_PERSON)
def no_room(visit: Visit, number: int) -> HttpResponse:
    """Show what to do where nothing can be spared."""
    found = proposals.propose(number, purpose=visit.purpose, on=visit.today)
    if not found.has_no_room or found.budget is None:
        return redirect("plans:proposal", number)
    entitled = offers.offers([number], visit.today)[number]
    return render(
        visit,
        "plans/no_room.html",
        {
            "number": number,
            "found": found,
            "summary": budgets.summary(found.budget),
            "offers": _offers(entitled),
            "steps": [DO[action] for action in RULE.actions],
            "owed_pence": found.plan.payable_pence if found.plan else 0,
            "budget": cells.Link("Ask anew what comes in and goes out", _statement(number)),
        },
    )


def _offers(entitled: tuple[offers.Offer, ...]) -> tables.Table:
    rows = [
        {
            "title": one.title,
            "href": one.url,
            "why": one.why,
            "worth": f"{wording.money(one.weekly_pence)} a week" if one.weekly_pence else None,
        }
        for one in entitled
    ]
    return tables.Table(
        "First: what they may be entitled to",
        OFFERS,
        rows,
        empty="Nothing that our records show. It does not mean that nothing is due: ask.",
    )


def _statement(number: int) -> str:
    return reverse("plans:statement", args=[number])
