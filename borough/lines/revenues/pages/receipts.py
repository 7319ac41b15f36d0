"""The payments of an account: which year each pays and by which rule, and setting it otherwise."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.officers import queries as officers
from borough.kernel.pages import fields, forms, tables, wording
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import allotting, capabilities
from borough.lines.revenues.commands import receipts as commands
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import receipts as queries

COLUMNS = (
    tables.day("on", "On"),
    tables.money("pence", "Amount"),
    tables.text("year", "Year it pays"),
    tables.text("rule", "Why that year"),
    tables.text("by", "By"),
    tables.text("other", "What you can do", link="href"),
)


class AnotherYear(forms.Form):
    """Which year it shall pay, and how much of it."""

    to_year = fields.ChoiceField(
        what="the year that it shall pay", label="Which year shall it pay?", choices=()
    )
    pence = fields.MoneyField(what="how much of it", label="How much of it?", least_pence=1)

    def __init__(self, *args: Any, years: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: fields.ChoiceField = self.fields["to_year"]  # type: ignore[assignment]
        chosen.choices = [(year, year) for year in years]


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def receipts(visit: Visit, reference: str) -> HttpResponse:
    """Show which year each payment pays, and by which rule."""
    account = subjects.account(reference)
    rows = queries.of_account(account.reference)
    names = officers.names({row.by for row in rows})
    several = len(allotting.sub_accounts([reference]).get(reference, {})) > 1
    may = several and capabilities.SET_RECEIPTS.slug in visit.actor.capabilities
    shown = [
        {
            "on": row.on,
            "pence": row.pence,
            "year": row.year,
            "rule": _rule(row.rule),
            "by": names[row.by],
            **(_other(reference, row.allotment_id) if may and row.stands_pence > 0 else {}),
        }
        for row in rows
    ]
    context = {
        "account": account,
        "table": tables.Table("Payments", COLUMNS, shown),
        "policy": allotting.policy(visit.today),
    }
    return render(visit, "revenues/receipts.html", context)


@personal(capabilities.SET_RECEIPTS, subject=subjects.of_account)
def another_year(visit: Visit, reference: str, number: int) -> HttpResponse:
    """Set a payment, or a part of it, against another year."""
    account = subjects.account(reference)
    row = next((one for one in queries.of_account(reference) if one.allotment_id == number), None)
    if row is None:
        raise Http404
    back = reverse("revenues:receipts", args=[reference])
    years = sorted({*allotting.sub_accounts([reference])[reference]} - {row.year}, reverse=True)
    if not years or row.stands_pence <= 0:
        return redirect(back)
    form = AnotherYear(doing.asked(visit), years=years, initial={"pence": row.stands_pence})
    deed = doing.Deed(
        title="Set a payment against another year",
        says=f"{wording.money(row.stands_pence)} stands against {row.year}. What the payer wished "
        "for goes before our rules.",
        act=lambda to_year, pence: commands.set_against_year(
            account=account,
            key=row.key,
            from_year=row.year,
            to_year=to_year,
            pence=pence,
            by=visit.actor,
            on=visit.today,
        ),
        done="The payment is set against the other year",
        back=back,
        places={commands.NothingToSet: "pence"},
    )
    return doing.answer(visit, form, deed)


def _rule(rule: str) -> str:
    if rule == allotting.OFFICER:
        return "An officer set it so"
    words = allotting.RULES[rule][0]
    return words[:1].upper() + words[1:]


def _other(reference: str, number: int) -> dict[str, str]:
    return {
        "other": "Set it against another year",
        "href": reverse("revenues:receipt_year", args=[reference, number]),
    }
