"""The payer's new bank account: keyed by one officer from the bank's report, for another."""

from django.forms import widgets
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.bank import commands as bank
from borough.kernel.pages import fields
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, instructing
from borough.lines.revenues.commands import keying
from borough.lines.revenues.commands import new_details as commands
from borough.lines.revenues.pages import instructions as pages
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import advice_lines
from borough.lines.revenues.queries import new_details as queries


class NewAccount(pages.Again):
    """The new account, as the bank's report gives it."""

    name = fields.TextField(
        what="the name on the account",
        label="What is the name on the account?",
        max_length=120,
        widget=widgets.TextInput({"autocomplete": "off"}),
    )


@personal(capabilities.SET_UP_DIRECT_DEBIT, subject=subjects.of_account)
def take_over(visit: Visit, reference: str, number: int) -> HttpResponse:
    """Key the new account that a bank gave for the account's Direct Debit."""
    account = subjects.account(reference)
    advice = get_object_or_404(
        advice_lines.all_lines(), pk=number, instruction__account=account, then="amend"
    )
    found, held = queries.of_advice(advice), advice.instruction
    deed = doing.Deed(
        title="Key the payer’s new bank account",
        says=f"The bank gives the {found.masked if found else 'account'}. Key it from the bank’s "
        "report. Nothing is collected from it before a colleague has confirmed it.",
        act=lambda sort_code, account_number, name: commands.take_over(
            advice=advice,
            given=instructing.Given(sort_code, account_number, name),
            by=visit.actor,
            on=visit.today,
        ),
        done="New bank account keyed. A colleague confirms it next",
        back=reverse("revenues:direct_debit", args=[reference]),
        places={
            keying.Differs: "account_number",
            bank.NotBankDetails: "account_number",
            bank.CannotBelongTogether: "account_number",
        },
        over=""
        if advice_lines.gives_account(advice)
        else "Nothing is to be keyed: it is settled, or the Direct Debit has ended.",
    )
    was = found.name if found and found.name else held.details.name if held else ""
    form = NewAccount(doing.asked(visit), initial={"name": was})
    return doing.answer(visit, form, deed)
