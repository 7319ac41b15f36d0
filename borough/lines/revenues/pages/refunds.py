"""Refunds: asking for one from a credit, and deciding on what a colleague asked for."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.bank import models as bank
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, page, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import refunds as commands
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import refunds as queries

WAITING = (
    tables.text("account", "Account", link="href"),
    tables.money("pence", "Refund"),
    tables.day("on", "Asked on"),
    tables.text("by", "By"),
)
LARGEST_ID = 2**63 - 1


class Ask(forms.Form):
    """Which credit, how much, and to which account."""

    year = fields.ChoiceField(what="which credit", label="Which credit?", choices=())
    pence = fields.MoneyField(what="how much", label="How much is paid back?", least_pence=1)
    details = fields.ChoiceField(what="where it goes", label="Where does it go?", choices=())
    chose_refund = fields.YesNoField(
        what="yes if the payer was told what is owed and chose the refund",
        label="Was the payer told what is owed for other years, and chose the refund?",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        credits_: list[queries.Credit],
        details: list[bank.BankDetails],
        owed_pence: int,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        years: fields.ChoiceField = self.fields["year"]  # type: ignore[assignment]
        years.choices = [
            (one.year, f"{one.year}: {wording.money(one.left_pence)}") for one in credits_
        ]
        accounts: fields.ChoiceField = self.fields["details"]  # type: ignore[assignment]
        accounts.choices = [(str(one.pk), f"{one.name}, {one.masked}") for one in details]
        if not owed_pence:
            del self.fields["chose_refund"]


class Refuse(forms.Form):
    """Why it is not paid back."""

    because = fields.TextField(
        what="why it is not paid back", label="Why is it not paid back?", max_length=200
    )


@personal(capabilities.ASK_REFUND, subject=subjects.of_account)
def ask(visit: Visit, reference: str) -> HttpResponse:
    """Ask that a credit be paid back."""
    account = subjects.account(reference)
    credits_ = [one for one in queries.credits_of(reference) if one.left_pence > 0]
    details = list(queries.details_of(account))
    owed = queries.owed_elsewhere(reference)
    if not credits_ or not details:
        return render(
            visit,
            "revenues/refund_not_yet.html",
            {"account": account, "has_credit": bool(credits_), "people": _people(account)},
        )
    first = credits_[0]
    form = Ask(
        doing.asked(visit),
        credits_=credits_,
        details=details,
        owed_pence=owed,
        initial={"year": first.year, "pence": first.left_pence},
    )
    deed = doing.Deed(
        title="Ask for a refund",
        says=_says(owed),
        act=lambda year, pence, details, chose_refund=None: commands.ask_refund(
            account=account,
            year=year,
            pence=pence,
            details=_details(int(details)),
            chose_refund=bool(chose_refund),
            by=visit.actor,
            on=visit.today,
        ),
        done="The refund is asked for. A colleague decides on it",
        back=reverse("revenues:account", args=[reference]),
        places={commands.NoCredit: "pence", commands.AskThePayer: "chose_refund"},
        button="Ask for it",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.DECIDE_REFUND)
def refunds(visit: Visit) -> HttpResponse:
    """List the refunds that wait for a decision, the oldest first."""
    waiting, going = list(queries.waiting()), list(queries.on_their_way())
    context = {
        "table": tables.Table("Refunds that wait for a decision", WAITING, _listed(waiting)),
        "going": tables.Table("Granted, and not sent yet", WAITING, _listed(going))
        if going
        else None,
        "pence": sum(one.pence for one in waiting),
        "count": len(waiting),
    }
    return render(visit, "revenues/refunds.html", context)


def _listed(some: list[models.Refund]) -> list[dict[str, Any]]:
    names = officers.names({one.asked_by for one in some})
    return [
        {
            "account": one.account.reference,
            "href": reverse("revenues:refund", args=[one.pk]),
            "pence": one.pence,
            "on": one.on,
            "by": names[one.asked_by],
        }
        for one in some
    ]


def _subject(number: int) -> Any:
    return subjects.of_account(_refund(number).account.reference)


@personal(capabilities.DECIDE_REFUND, subject=_subject)
def refund(visit: Visit, number: int) -> HttpResponse:
    """Show a refund with all that a decision needs, and the ways to decide."""
    one = _refund(number)
    decision = models.RefundDecision.objects.filter(refund=one).first()
    return render(
        visit,
        "revenues/refund.html",
        {
            "refund": one,
            "rows": _rows(one),
            "decision": decision,
            "became": queries.became_of(decision.payment) if decision and decision.payment else "",
            "may_take_back": queries.on_their_way().filter(pk=one.pk).exists(),
            "why_not": queries.why_not_theirs(one, visit.actor),
        },
    )


@personal(capabilities.DECIDE_REFUND, subject=_subject)
def grant(visit: Visit, number: int) -> HttpResponse:
    """Grant a refund."""
    one = _refund(number)
    deed = doing.Deed(
        title="Grant this refund",
        says=f"{wording.money(one.pence)} of account {one.account.reference} goes to "
        f"{one.details.name}, {one.details.masked}, with the next file of payments.",
        act=lambda: commands.grant_refund(refund=one, by=visit.actor, on=visit.today),
        done="The refund is granted",
        back=reverse("revenues:refund", args=[number]),
        button="Grant it",
        over=_decided(one),
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.DECIDE_REFUND, subject=_subject)
def refuse(visit: Visit, number: int) -> HttpResponse:
    """Refuse a refund."""
    one = _refund(number)
    deed = doing.Deed(
        title="Refuse this refund",
        says="The credit stays on the account.",
        act=lambda because: commands.refuse_refund(
            refund=one, because=because, by=visit.actor, on=visit.today
        ),
        done="The refund is refused",
        back=reverse("revenues:refund", args=[number]),
        button="Refuse it",
        over=_decided(one),
    )
    return doing.answer(visit, Refuse(doing.asked(visit)), deed)


@personal(capabilities.DECIDE_REFUND, subject=_subject)
def take_back(visit: Visit, number: int) -> HttpResponse:
    """Take back a refund that was granted and has not gone."""
    one = _refund(number)
    waits = queries.on_their_way().filter(pk=number).exists()
    deed = doing.Deed(
        title="Take this refund back",
        says=f"{wording.money(one.pence)} does not go to {one.details.name}, "
        f"{one.details.masked}. It is in credit again, and can be asked for anew.",
        act=lambda: commands.take_back_refund(refund=one, by=visit.actor, on=visit.today),
        done="The refund is taken back",
        back=reverse("revenues:refund", args=[number]),
        button="Take it back",
        over="" if waits else "This refund does not wait to be sent.",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _decided(one: models.Refund) -> str:
    """Return that it was decided, in a sentence; "" while a decision waits."""
    decided = models.RefundDecision.objects.filter(refund=one).exists()
    return commands.DECIDED if decided else ""


def _says(owed: int) -> str:
    if not owed:
        return "A colleague decides on it; then it goes with the next file of payments."
    return (
        f"{wording.money(owed)} is owed for other years of this account. Whether the credit pays "
        "that first is for the payer to choose: ask them."
    )


def _refund(number: int) -> models.Refund:
    if number > LARGEST_ID:
        raise Http404
    rows = models.Refund.objects.select_related("account", "details", "sub_account")
    return get_object_or_404(rows, pk=number)


def _details(number: int) -> bank.BankDetails:
    return get_object_or_404(bank.BankDetails, pk=number)


def _people(account: models.Account) -> list[cells.Link]:
    """Return those liable, with the page on which their bank details are keyed."""
    rows = account.liabilities.select_related("person").order_by("pk")
    return [
        cells.Link(one.person.name, reverse("resident-bank-details", args=[one.person_id]))
        for one in rows
    ]


def _rows(one: models.Refund) -> list[components.Row]:
    names = officers.names({one.asked_by, one.keyed_by})
    owed = cells.Pence(one.other_debts_pence)
    return [
        components.Row("Amount", cells.Pence(one.pence)),
        components.Row("Year in credit", one.sub_account.part),
        components.Row("Goes to", f"{one.details.name}, {one.details.masked}"),
        components.Row("Bank details checked", one.details.get_check_made_display()),
        components.Row("Owed for other years", owed),
        components.Row("Payer chose the refund", "Yes" if one.chose_refund else "Not asked"),
        components.Row("Asked for by", names[one.asked_by]),
        components.Row("Bank details keyed by", names[one.keyed_by]),
    ]
