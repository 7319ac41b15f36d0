"""One line of what the banks sent back: what it means, what we did, what next; and settling it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, fields, forms, wording
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, models, returning
from borough.lines.revenues.commands import returned as commands
from borough.lines.revenues.commands import unknown_returns
from borough.lines.revenues.queries import advice_lines as queries
from borough.lines.revenues.queries import new_details, returned
from borough.rules import years


class NotAnAccount(commanding.Refusal):
    """There is no such account."""


class Place(forms.Form):
    """Whose collection it was, and of which year."""

    reference = fields.TextField(
        what="the number of the account", label="Whose account was it?", max_length=20
    )
    year = fields.TextField(
        what="a year",
        label="Which year had it paid?",
        help_text="For example 2025-26.",
        max_length=9,
    )


class Settle(forms.Form):
    outcome = fields.ChoiceField(what="what came of it", label="What came of it?", choices=[])

    def __init__(self, *args: Any, may_go_on: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        ways = commands.OUTCOMES if may_go_on else {commands.DONE: commands.OUTCOMES[commands.DONE]}
        forms.offer(self, "outcome", list(ways.items()))


@page(capabilities.LOAD_ADVICES)
def line(visit: Visit, number: int) -> HttpResponse:
    """Show what a line means, what we did about it, and what to do next."""
    advice = _line(number)
    unplaced = bool(returned.unplaced([advice]))
    context = {
        "advice": advice,
        "title": returned.words(advice),
        "rows": _rows(advice),
        "means": queries.MEANS[models.Advice.Then(advice.then)],
        "done": queries.done(advice),
        "letters": queries.letters(advice),
        "next": queries.next_step(advice, is_unplaced=unplaced),
        "ways": _ways(visit, advice, is_unplaced=unplaced),
    }
    return render(visit, "revenues/advice_line.html", context)


@page(capabilities.LOAD_ADVICES)
def settling(visit: Visit, number: int) -> HttpResponse:
    """Say what came of something that waited."""
    advice = _line(number)
    deed = doing.Deed(
        title="Settle what the bank sent back",
        says=f"{returned.what_follows(advice)}. Reference {advice.reference}"
        + (f", {wording.money(advice.pence)}." if advice.pence is not None else "."),
        act=lambda outcome: commands.settle(
            advice=advice, outcome=outcome, by=visit.actor, on=visit.today
        ),
        done="Settled",
        back=reverse("revenues:advice_line", args=[number]),
        places={returning.AlreadySettled: "outcome"},
        over="This does not wait for anybody."
        if not advice.waits
        else "This is settled already."
        if hasattr(advice, "settled")
        else "",
    )
    form = Settle(doing.asked(visit), may_go_on=returned.may_go_on(advice))
    return doing.answer(visit, form, deed)


@page(capabilities.LOAD_ADVICES)
def placing(visit: Visit, number: int) -> HttpResponse:
    """Say whose collection it was that a bank took back under a reference that nobody knew."""
    advice = _line(number)
    deed = doing.Deed(
        title="Say whose Direct Debit came back",
        says=f"{wording.money(advice.pence or 0)} was taken back under the reference "
        f"{advice.reference}. The account owes it again. Where the bank was wrong and has paid it "
        "to us again, give it that entry of the statement instead, from suspense.",
        act=lambda reference, year: _place(visit, advice, reference, year),
        done="Placed: the account owes it again",
        back=reverse("revenues:advice_line", args=[number]),
        places={
            NotAnAccount: "reference",
            unknown_returns.NotBilled: "year",
        },
        button="Place it",
        over="" if returned.unplaced([advice]) else "No money of this waits for an account.",
    )
    return doing.answer(visit, Place(doing.asked(visit)), deed)


def _line(number: int) -> models.Advice:
    return get_object_or_404(queries.all_lines(), pk=number)


def _place(visit: Visit, advice: models.Advice, reference: str, year: str) -> None:
    account = models.Account.objects.filter(reference=reference.strip()).first()
    if account is None:
        raise NotAnAccount(f"No account has the number {reference.strip()}.")
    try:
        of_year = years.Year.named(year.strip())
    except ValueError as error:
        raise unknown_returns.NotBilled("Enter a year like 2025-26.") from error
    unknown_returns.place_return(
        advice=advice, account=account, year=of_year, by=visit.actor, on=visit.today
    )


def _rows(advice: models.Advice) -> list[components.Row]:
    held, item = advice.instruction, advice.item
    found = new_details.of_advice(advice)
    settled = getattr(advice, "settled", None)
    names = officers.names({advice.by, *({settled.by} if settled else ())})
    rows = [
        components.Row("Code", f"{advice.code} ({advice.kind})"),
        components.Row("Amount", cells.Pence(advice.pence)) if advice.pence is not None else None,
        components.Row("Reference", advice.reference),
        components.Row("Account", _account(held)) if held else None,
        components.Row("Collected on", wording.day(item.collection.entry_day)) if item else None,
        components.Row("New bank account", found.masked.capitalize()) if found else None,
        components.Row("Told us on", f"{wording.day(advice.on)}, loaded by {names[advice.by]}"),
        components.Row(
            "Settled",
            f"{commands.OUTCOMES.get(settled.outcome, settled.outcome)}. "
            f"{wording.day(settled.on)}, by {names[settled.by]}",
        )
        if settled
        else None,
    ]
    return [one for one in rows if one is not None]


def _account(held: models.Instruction) -> cells.Link:
    reference = held.account.reference
    return cells.Link(reference, reverse("revenues:direct_debit", args=[reference]))


def _ways(visit: Visit, advice: models.Advice, *, is_unplaced: bool) -> list[cells.Link]:
    """Return what can be done about a line, the most likely first."""
    if is_unplaced:
        return [cells.Link("Place it", reverse("revenues:return_placing", args=[advice.pk]))]
    if not advice.waits or hasattr(advice, "settled"):
        return []
    ways = [cells.Link("Settle it", reverse("revenues:settling", args=[advice.pk]))]
    may_key = capabilities.SET_UP_DIRECT_DEBIT.slug in visit.actor.capabilities
    if advice.instruction is not None and may_key and queries.gives_account(advice):
        args = [advice.instruction.account.reference, advice.pk]
        there = reverse("revenues:debit_details", args=args)
        ways.insert(0, cells.Link("Key the new bank account", there))
    return ways
