"""The page on which one plan of many debts is worked out: an amount in, a share for each debt out.

It answers by the same page, so no amount stands in an address; nothing is agreed by looking.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.people import capabilities as people
from borough.kernel.visits import Visit
from borough.resident.plans import capabilities
from borough.resident.plans.pages import opening
from borough.resident.plans.pages import statements as budgets
from borough.resident.plans.queries import debts, proposals
from borough.rules.support import plan

SHARES = (
    tables.text("debt", "Debt"),
    tables.money("owed", "Owed"),
    tables.text("grave", "What may happen"),
    tables.money("share", "A month"),
    tables.text("why", "Why"),
)
GRAVEST = 1
WORDS = {
    plan.Outcome.PLAN: cells.Tag("A plan that can be agreed", "green"),
    plan.Outcome.ADVISER_REVIEW: cells.Tag("An adviser looks at it first", "yellow"),
    plan.Outcome.PARTIAL_WRITE_OFF: cells.Tag("Too long: ask about writing off a part", "orange"),
    plan.Outcome.NOTHING_PAYABLE: cells.Tag("Nothing can be asked for", "grey"),
}


class Offer(forms.Form):
    """What is offered each month, and the least that keeps the gravest debts from getting worse."""

    monthly = fields.MoneyField(
        what="what they can pay in a month",
        label="How much can they pay in a month?",
        help_text="No more than what is left in a month. Less is better than a promise that "
        "cannot be kept.",
        least_pence=1,
    )

    def __init__(self, data: Any, *, found: proposals.Proposal) -> None:
        super().__init__(data, initial={"monthly": found.spare_pence})
        self.gravest = [
            one for one in found.debts.values() if one.tier == GRAVEST and not one.held_because
        ]
        for one in self.gravest:
            self.fields[f"floor_{one.sub_account_id}"] = fields.MoneyField(
                what="the least in a month",
                label=f"{one.title}: the least in a month that keeps this away",
                help_text=f"What may happen: {one.consequence}. Such as a sum that a court has "
                "ordered. Leave it empty if there is none.",
                required=False,
            )

    def floors(self) -> dict[str, int]:
        """Return the least for each debt that has one, by the debt's id."""
        given = {
            one.id: self.cleaned_data.get(f"floor_{one.sub_account_id}") for one in self.gravest
        }
        return {name: pence for name, pence in given.items() if pence}


@opening.helping(people.SEE_PERSON)
def proposal(visit: Visit, number: int) -> HttpResponse:
    """Show how a month's payment would be shared; or lead to what helps where nothing is left."""
    found = proposals.propose(number, purpose=visit.purpose, on=visit.today)
    if found.has_no_room:
        return redirect("plans:no_room", number)
    form = Offer(doing.asked(visit), found=found)
    if visit.method == "POST" and form.is_valid():
        found = proposals.propose(
            number,
            purpose=visit.purpose,
            on=visit.today,
            monthly_pence=form.cleaned_data["monthly"],
            floors=form.floors(),
        )
    context = _context(number, found, form) | {
        "may_agree": _may_agree(visit, found),
        "carried": list(_carried(found, form)),
    }
    return render(visit, "plans/proposal.html", context)


def shares(found: proposals.Proposal) -> tables.Table:
    """Return every debt with its share and the sentence that says why."""
    rows = [_row(one, found.plan) for one in found.debts.values()]
    return tables.Table("Debt by debt", SHARES, rows, empty="Nothing is owed.")


def _context(number: int, found: proposals.Proposal, form: Offer) -> dict[str, Any]:
    made = found.plan
    return {
        "number": number,
        "found": found,
        "form": form,
        "tag": WORDS.get(made.outcome) if made else None,
        "summary": list(_summary(found)),
        "shares": shares(found),
        "too_much_pence": _too_much(found),
        "nothing_payable": bool(made and made.outcome is plan.Outcome.NOTHING_PAYABLE),
    }


def _summary(found: proposals.Proposal) -> Iterator[components.Row]:
    if found.plan is None:
        return
    yield components.Row("Outcome", WORDS[found.plan.outcome])
    yield components.Row("Owed, without what is on hold", cells.Pence(found.plan.payable_pence))
    yield components.Row("Paid in a month", cells.Pence(sum(found.plan.allocation.values())))
    if found.plan.months_to_clear:
        yield components.Row("Months until nothing is owed", found.plan.months_to_clear)
    if found.budget:
        yield components.Row("Left in a month", budgets.left(found.spare_pence))
        yield components.Row("Oldest figure", budgets.age(found.budget))


def _may_agree(visit: Visit, found: proposals.Proposal) -> bool:
    """Tell whether what is shown could be agreed: on a young statement, and within its means."""
    can = found.budget is not None and found.budget.can_carry_a_plan and not _too_much(found)
    is_payable = found.plan is not None and found.plan.months_to_clear is not None
    return can and is_payable and capabilities.AGREE_PLAN.slug in visit.actor.capabilities


def _carried(found: proposals.Proposal, form: Offer) -> Iterator[tuple[str, str]]:
    """Give what was worked out to the page that agrees it, as a form writes it."""
    if found.monthly_pence is not None:
        yield "monthly", _pounds(found.monthly_pence)
    if form.is_bound and form.is_valid():
        for one in form.gravest:
            if pence := form.floors().get(one.id):
                yield f"floor_{one.sub_account_id}", _pounds(pence)


def _pounds(pence: int) -> str:
    return wording.money(pence).replace("£", "")


def _too_much(found: proposals.Proposal) -> int:
    """Return by how much an offer is more than what is left; nought where it is not."""
    if found.monthly_pence is None or found.spare_pence is None:
        return 0
    return max(found.monthly_pence - found.spare_pence, 0)


def _row(one: debts.Owing, made: plan.Plan | None) -> dict[str, Any]:
    share = next((s for s in made.shares if s.debt.id == one.id), None) if made else None
    why = share.says if share else (f"Nothing: {one.held_because}" if one.held_because else None)
    return {
        "debt": one.title,
        "owed": one.pence,
        "grave": wording_of(one),
        "share": share.pence if share else None,
        "why": why,
    }


def wording_of(one: debts.Owing) -> str:
    """Write what may happen about a debt, and how grave that is."""
    return f"{one.consequence[:1].upper()}{one.consequence[1:]} ({wording.number(one.tier)})"
