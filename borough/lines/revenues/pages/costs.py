"""A payment of the costs of the court."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities
from borough.lines.revenues.commands import costs as commands
from borough.lines.revenues.pages import subjects
from borough.rules import years


class Payment(forms.Form):
    pence = fields.MoneyField(
        what="the amount of the payment", label="How much was paid?", least_pence=1
    )
    received = fields.DayField(what="the day it was paid", label="When was it paid?")

    def __init__(self, *args: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.fields["received"]
        assert isinstance(day, fields.DayField)
        day.latest = visit.today


@personal(capabilities.TAKE_PAYMENTS, subject=subjects.of_account)
def payment(visit: Visit, reference: str, year: str) -> HttpResponse:
    """Record a payment of the costs of a year."""
    account = subjects.account(reference)
    try:
        of_year = years.Year.named(year)
    except ValueError as error:
        raise Http404 from error
    deed = doing.Deed(
        title=f"Record a payment of the costs for {year}",
        says="Costs of the court are kept apart from the tax. Record here only what was paid for "
        "the costs; what is paid for the tax is a receipt of its year. Money that a bank statement "
        "loaded here has brought waits in suspense: give it to the costs from there.",
        act=lambda pence, received: commands.take_costs_payment(
            account=account,
            year=of_year,
            pence=pence,
            received=received,
            by=visit.actor,
            on=visit.today,
        ),
        done="Payment of costs recorded",
        back=reverse("revenues:account_recovery", args=[reference]),
        places={commands.NoCostsOwed: "pence", commands.NotADay: "received"},
    )
    return doing.answer(visit, Payment(doing.asked(visit), visit=visit), deed)
