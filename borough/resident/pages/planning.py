"""What the household can spare, and one plan of all debts, as the resident's page shows them.

An amount is tried by address, so that it works everywhere; the figures are always the server's.
"""

from dataclasses import dataclass

from django.urls import reverse

from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit
from borough.resident.deciding import queries
from borough.resident.plans.capabilities import RECORD_STATEMENT
from borough.resident.plans.pages import proposals as shown
from borough.resident.plans.pages import statements as budgets
from borough.resident.plans.queries import proposals
from borough.rules.support.plan import Outcome

AMOUNT = "monthly"
SHARES = (
    tables.text("debt", "Debt"),
    tables.money("owed", "Owed"),
    tables.money("share", "A month"),
    tables.text("why", "Why"),
)


class Amount(forms.Form):
    monthly = fields.MoneyField(
        what="what they can pay in a month",
        label="How much can they pay in a month?",
        least_pence=1,
    )


@dataclass(frozen=True, slots=True)
class Planning:
    """What the page says of budget and plan.

    Attributes:
        budget: its figures; none where nobody was asked.
        says: how the amount shared would go, in a sentence; or why no plan is shown.
        amount: the box to try another amount; None where no plan is asked for.
        most_pounds: up to where it makes sense to try.
        carried: the amount shown, as the page that agrees it takes it.
        ways: where to go on.
    """

    budget: list[components.Row]
    says: str
    amount: Amount | None
    most_pounds: int
    carried: str
    shares: tables.Table | None
    ways: list[cells.Link]


def planning(person_id: int, found: queries.Following, visit: Visit) -> Planning | None:
    """Return what the page says of budget and plan; None where the purpose does not open it."""
    if found.helped is None:
        return None
    proposal = found.helped.proposal
    spare = proposal.spare_pence
    budget = budgets.summary(proposal.budget) if proposal.budget else []
    ways = _ways(person_id, found, visit)
    if spare is None or spare <= 0 or _nothing_payable(proposal):
        return Planning(budget, _why_none(proposal), None, 0, "", None, ways)
    form = Amount(visit.GET if AMOUNT in visit.GET else None, initial={AMOUNT: spare})
    if form.is_bound and form.is_valid():
        proposal = proposals.with_amount(proposal, form.cleaned_data[AMOUNT])
    return Planning(
        budget=budget,
        says=_says(proposal, spare),
        amount=form,
        most_pounds=-(-spare // 100),
        carried=wording.money(proposal.monthly_pence).replace("£", ""),
        shares=_shares(proposal),
        ways=ways,
    )


def _why_none(found: proposals.Proposal) -> str:
    if not found.debts:
        return "Nothing is owed."
    if all(one.held_because for one in found.debts.values()):
        return "Nothing that is owed may be asked for now."
    if found.spare_pence is None:
        return "Nobody knows yet what is left in a month. The short form is enough to begin with."
    return "No payment is affordable now, so none is asked for. Other help comes instead."


def _nothing_payable(found: proposals.Proposal) -> bool:
    return found.plan is None or found.plan.outcome is Outcome.NOTHING_PAYABLE


def _says(found: proposals.Proposal, spare_pence: int) -> str:
    if found.plan is None or found.monthly_pence is None:
        return ""
    monthly, months = wording.money(found.monthly_pence), found.plan.months_to_clear
    ends = f"{wording.number(months)} month{'' if months == 1 else 's'}" if months else "no time"
    said = f"{monthly} a month: all {wording.money(found.plan.payable_pence)} is paid in {ends}."
    if found.monthly_pence > spare_pence:
        more = wording.money(found.monthly_pence - spare_pence)
        return f"{said} That is {more} more than is left in a month: offer less."
    if found.plan.outcome is not Outcome.PLAN:
        return f"{said} {shown.WORDS[found.plan.outcome].text}."
    return said


def _shares(found: proposals.Proposal) -> tables.Table:
    given = found.plan.allocation if found.plan else {}
    said = {one.debt.id: one.says for one in found.plan.shares} if found.plan else {}
    rows = [
        {"debt": one.title, "owed": one.pence, "share": given.get(one.id), "why": said.get(one.id)}
        for one in found.debts.values()
    ]
    return tables.Table("How it would be shared", SHARES, rows)


def _ways(person_id: int, found: queries.Following, visit: Visit) -> list[cells.Link]:
    """Return where the statement, the plan and what helps instead are."""
    ways: list[cells.Link] = []
    known = found.helped
    if known is None:
        return ways
    if known.plan:
        there = reverse("plans:plan", args=[person_id])
        ways.append(cells.Link("The plan that was agreed", there))
    if known.proposal.has_no_room:
        ways.append(cells.Link("What helps instead", reverse("plans:no_room", args=[person_id])))
    if known.proposal.budget is None:
        if RECORD_STATEMENT.slug in visit.actor.capabilities:
            there = reverse("plans:statement", args=[person_id])
            ways.append(cells.Link("Begin the short form", there))
        return ways
    return [
        *ways,
        cells.Link("Every figure of the budget", reverse("plans:budget", args=[person_id])),
    ]
