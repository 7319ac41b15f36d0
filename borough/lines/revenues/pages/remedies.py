"""What is done under the liability orders of an account; before choosing, what would help more."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.holds import acts
from borough.kernel.holds import queries as holds
from borough.kernel.pages import cells, components, fields, forms, paging, tables, wording
from borough.kernel.visits import Subject, Visit, page, personal
from borough.lines.revenues import capabilities, models, remedying, steps
from borough.lines.revenues.commands import agents as commands
from borough.lines.revenues.pages import accounts as pages
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import accounts, agents, arrangements, attachments, remedies
from borough.lines.revenues.queries import help as helping

FEES = (tables.text("stage", "By the end of the"), tables.money("fees", "It would add"))
PAST = (
    tables.text("kind", "Remedy", link="href"),
    tables.text("year", "Year"),
    tables.day("starts", "From"),
    tables.text("ended", "Ended"),
)
CHARGED = (
    tables.day("on", "Day"),
    tables.text("what", "What"),
    tables.money("pence", "Amount"),
    tables.text("query", "Doubt"),
)
TO_STOP = (
    tables.text("account", "Account", link="href"),
    tables.text("kind", "In use", link="remedy"),
    tables.text("year", "Year"),
    tables.day("starts", "Since"),
    tables.text("why", "What stands against it"),
)
WHY = [
    (value, title)
    for value, title in models.Recall.Why.choices
    if value in {"officer", "vulnerable", "paid"}
]


class CallBack(forms.Form):
    why = fields.ChoiceField(what="why it comes back", label="Why does it come back?", choices=WHY)


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def of_account(visit: Visit, reference: str) -> HttpResponse:
    """Show each liability order: what is outstanding, what is done, what could be done instead."""
    account = subjects.account(reference)
    orders = remedies.orders(visit.today, [account.pk])
    context = pages.frame(visit, accounts.card(account, on=visit.today), "remedies") | {
        "orders": [_order(account, one, visit) for one in orders],
        "help": helping.unclaimed(account, visit.today),
        "needs": helping.needs(account, visit.today),
        "has_arrangement": arrangements.open_on(visit.today).filter(account=account).exists(),
        "past": _past(account),
        "employer_fee_pence": attachments.duties(visit.today).employer_fee_pence,
    }
    return render(visit, "revenues/remedies.html", context)


@page(capabilities.ORDER_ATTACHMENT)
def to_stop(visit: Visit) -> HttpResponse:
    """List the remedies in use that something stands against, to be ended or called back."""
    shown = paging.numbered(remedying.to_stop(visit.today), visit.GET, size=50)
    rows = [
        {
            "account": one.account.reference,
            "href": reverse("revenues:remedies", args=[one.account.reference]),
            "kind": one.get_kind_display(),
            "remedy": _page(one),
            "year": remedies.year_of(one).name,
            "starts": one.starts,
            "why": cells.Lines(tuple(reason.words for reason in why)),
        }
        for one, why in shown
    ]
    table = tables.Table("To stop or to call back", TO_STOP, rows, empty="None.")
    return render(visit, "revenues/to_stop.html", {"table": table, "page": shown})


def of_remedy(number: int, **_: object) -> Subject:
    """Return the persons liable on the account of a remedy."""
    return subjects.of_account(_get(number).account.reference)


@personal(capabilities.SEE_ACCOUNT, subject=of_remedy)
def placement(visit: Visit, number: int) -> HttpResponse:
    """Show a debt with an agent: what was charged, collected and passed on."""
    remedy = _get(number, models.Remedy.Kind.AGENT)
    rows = list(remedy.returns.order_by("on", "pk"))
    context = {
        "remedy": remedy,
        "back": reverse("revenues:remedies", args=[remedy.account.reference]),
        "summary": _with_agent(remedy, rows),
        "table": _charged(rows),
        "may_call_back": remedy.ends is None
        and capabilities.CALL_BACK.slug in visit.actor.capabilities,
    }
    return render(visit, "revenues/placement.html", context)


@personal(capabilities.CALL_BACK, subject=of_remedy)
def recall(visit: Visit, number: int) -> HttpResponse:
    """Call a debt back from an agent."""
    remedy = _get(number, models.Remedy.Kind.AGENT)
    deed = doing.Deed(
        title="Call the debt back",
        says="From now on the agent may do nothing more. The next file tells them; ring them too.",
        act=lambda why: commands.call_back(remedy=remedy, why=why, by=visit.actor, on=visit.today),
        done="Called back",
        back=reverse("revenues:placement", args=[remedy.pk]),
        button="Call it back",
    )
    return doing.answer(visit, CallBack(doing.asked(visit)), deed)


def _get(number: int, kind: str = "") -> models.Remedy:
    rows = models.Remedy.objects.select_related("account", "person")
    return get_object_or_404(rows, pk=number, **({"kind": kind} if kind else {}))


def _order(account: models.Account, order: remedies.Order, visit: Visit) -> dict[str, Any]:
    people = steps.liable([account.pk], order.year).get(account.pk, ())
    debt = holds.Debt(order.thing, people, order.year.name)
    stands = {
        act: [reason.words for reason in holds.may_we_act([debt], act, visit.today)[0]]
        for act in (acts.ATTACHMENT, acts.AGENT)
    }
    may = capabilities.ORDER_ATTACHMENT.slug in visit.actor.capabilities
    free = bool(order.outstanding_pence) and not order.remedy
    return {
        "order": order,
        "summary": [
            components.Row("Order made on", wording.day(order.ordered_on)),
            components.Row("Tax outstanding", _explained(account, order.tax_pence, "the tax")),
            components.Row("Costs outstanding", _explained(account, order.costs_pence, "costs")),
            components.Row("In use", _in_use(order)),
        ],
        "stands": list(dict.fromkeys(stands[acts.ATTACHMENT] + stands[acts.AGENT])),
        "must_stop": bool(order.remedy) and any(stands.values()),
        "may_attach": may and free and not stands[acts.ATTACHMENT],
        "fees": _fees(order, visit) if free else None,
    }


def _explained(account: models.Account, pence: int, of: str) -> cells.Link:
    """Return an amount that opens to the postings that it comes from."""
    there = reverse("revenues:statement", args=[account.reference])
    return cells.Link(wording.money(max(pence, 0)), there, f"outstanding of {of}: the statement")


def _in_use(order: remedies.Order) -> Any:
    if not order.remedy:
        return "Nothing"
    attachment = models.Attachment.objects.filter(remedy=order.remedy_id).first()
    if attachment is not None:
        return cells.Link(order.remedy, reverse("revenues:attachment", args=[attachment.pk]))
    return cells.Link(order.remedy, reverse("revenues:placement", args=[order.remedy_id]))


def _fees(order: remedies.Order, visit: Visit) -> tables.Table:
    rows = [
        {"stage": f"{stage} stage", "fees": pence}
        for stage, pence in agents.would_cost(order.outstanding_pence, visit.today)
    ]
    return tables.Table(f"What an enforcement agent would add to {order.year.name}", FEES, rows)


def _past(account: models.Account) -> tables.Table | None:
    rows = [
        {
            "kind": one.get_kind_display(),
            "href": _page(one),
            "year": remedies.year_of(one).name,
            "starts": one.starts,
            "ended": f"{one.get_why_ended_display()}, {wording.short_day(one.ends)}"
            if one.ends
            else "In use",
        }
        for one in remedies.past(account)
    ]
    return tables.Table("Remedies so far", PAST, rows) if rows else None


def _page(remedy: models.Remedy) -> str:
    if remedy.kind == models.Remedy.Kind.AGENT:
        return reverse("revenues:placement", args=[remedy.pk])
    return reverse("revenues:attachment", args=[remedy.attachment.pk])


def _with_agent(remedy: models.Remedy, rows: list[models.ReturnRow]) -> list[components.Row]:
    kind = models.ReturnRow.Kind
    ended = f"{remedy.get_why_ended_display()}, {wording.day(remedy.ends)}" if remedy.ends else None
    sums = {
        name: sum(row.pence for row in rows if row.kind == name)
        for name in (kind.PAYMENT, kind.FEE)
    }
    return [
        components.Row("Reference", remedy.reference),
        components.Row("Against", remedy.person.name),
        components.Row("Placed on", wording.day(remedy.starts)),
        components.Row("Ended", ended or "Still with the agent"),
        components.Row("Owed when placed", cells.Pence(remedy.owed_pence)),
        components.Row("Collected by the agent", cells.Pence(sums[kind.PAYMENT])),
        components.Row("Passed on to us", cells.Pence(sum(row.passed_on_pence for row in rows))),
        components.Row("Fees charged by the agent", cells.Pence(sums[kind.FEE])),
    ]


def _charged(rows: list[models.ReturnRow]) -> tables.Table:
    return tables.Table(
        "What the agent told us",
        CHARGED,
        [
            {
                "on": row.on,
                "what": f"{row.get_kind_display()} {row.code.replace('_', ' ')}".strip(),
                **({"pence": row.pence} if row.pence else {}),
                "query": row.query or "None",
            }
            for row in rows
        ],
        empty="Nothing has come back yet.",
    )
