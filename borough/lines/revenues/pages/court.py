"""The list for the court, as a page and as a file; and what the court decided."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import clock, commanding, doing
from borough.kernel.holds.queries import Reason
from borough.kernel.pages import cells, fields, files, forms, one_use, tables, wording
from borough.kernel.visits import Subject, Visit, page, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import court as commands
from borough.lines.revenues.pages import reasons, subjects
from borough.lines.revenues.queries import court as queries
from borough.rules import years

CASES = (
    tables.text("account", "Account", link="href"),
    tables.text("year", "Year"),
    tables.money("claimed", "Claimed"),
    tables.money("tax", "Tax left"),
    tables.money("costs", "Costs left"),
    tables.text("state", "State"),
)
HEARINGS = (
    tables.text("day", "Hearing", link="href"),
    tables.number("cases", "Summoned"),
)
ORDERS, PAID = "orders", "paid"


class Adjourn(forms.Form):
    to = fields.DayField(what="the new day", label="To which day was it put off?")


class Withdraw(forms.Form):
    take_costs_back = fields.YesNoField(
        what="yes if the costs are taken back",
        label="Are the costs of the summons taken back?",
        help_text="Take them back where the summons should not have gone out, or where they would "
        "do harm. What was paid of them then goes to the tax.",
    )


@page(capabilities.PREVIEW_RECOVERY)
def hearings(visit: Visit) -> HttpResponse:
    """List the hearings."""
    rows = [
        {"day": wording.day(day), "href": reverse("revenues:hearing", args=[day]), "cases": count}
        for day, count in queries.hearings(visit.today)
    ]
    table = tables.Table("Hearings", HEARINGS, rows, empty="No summons has been sent.")
    return render(visit, "revenues/hearings.html", {"table": table})


@page(capabilities.PREVIEW_RECOVERY)
def hearing(visit: Visit, day: str) -> HttpResponse:
    """Show the cases of a hearing by number; record what the court decided about all of them."""
    on = _day(day)
    form = forms.Form(visit.POST or None)
    stood: dict[str, Any] = {}
    if visit.method == "POST" and form.is_valid():
        try:
            one_use.spend(visit)
            if visit.POST.get("what") == PAID:
                count = commands.withdraw_paid(hearing=on, by=visit.actor, on=visit.today)
                messages.success(visit, f"{count} paid and withdrawn")
            else:
                stood = commands.record_orders(hearing=on, by=visit.actor, on=visit.today)
                messages.success(visit, "The court’s orders are recorded")
        except one_use.AlreadySent:
            return redirect("revenues:hearing", day)
        except commanding.NotAllowed:
            raise
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            if not stood:
                return redirect("revenues:hearing", day)
    cases = queries.cases(on, on=visit.today)
    return render(visit, "revenues/hearing.html", _shown(visit, on, cases, stood) | {"form": form})


def _of_list(day: str) -> Subject:
    accounts = [one.account_id for one in queries.cases(_day(day), on=clock.today())]
    people = models.Liability.objects.filter(account__in=accounts).values_list("person", flat=True)
    return Subject(tuple(sorted(set(people))), "", f"the list of the court of {day}")


@personal(capabilities.RECORD_COURT, subject=_of_list)
def court_list(visit: Visit, day: str) -> HttpResponse:
    """Hand over the list for the court as CSV: names and addresses go to the court alone.

    Against whom something stands now is not on it: an officer decides about each first.
    """
    on = _day(day)
    cases = queries.cases(on, on=visit.today)
    against = queries.standing_against(cases, visit.today)
    head = ["Account", "Year", "Names", "Address", "Claimed", "Tax left", "Costs left", "State"]
    rows = (
        (
            *(one.reference, one.year.name, "; ".join(one.names), one.address),
            *map(cells.Pence, (one.claimed_pence, one.tax_pence, one.costs_pence)),
            one.state,
        )
        for one in cases
        if one not in against
    )
    return files.as_csv(f"court-list-{on}", head, rows)


@personal(capabilities.RECORD_COURT, subject=subjects.of_account)
def adjournment(visit: Visit, reference: str, year: str) -> HttpResponse:
    """Record that a hearing was put off."""
    account, of_year = subjects.account(reference), _year(year)
    deed = doing.Deed(
        title=f"Put the hearing for {year} off",
        says="The court put this case off. Nothing else changes.",
        act=lambda to: commands.adjourn(
            account=account, year=of_year, to=to, by=visit.actor, on=visit.today
        ),
        done="Hearing put off",
        back=_back(reference),
        places={commands.NotADay: "to"},
    )
    return doing.answer(visit, Adjourn(doing.asked(visit)), deed)


@personal(capabilities.RECORD_COURT, subject=subjects.of_account)
def refusal(visit: Visit, reference: str, year: str) -> HttpResponse:
    """Record that the court refused an order."""
    account, of_year = subjects.account(reference), _year(year)
    deed = doing.Deed(
        title=f"Record that the court refused the order for {year}",
        says="The costs of the summons are taken back; what was paid of them goes to the tax. "
        "What happens next is decided by an officer.",
        act=lambda: commands.record_refusal(
            account=account, year=of_year, by=visit.actor, on=visit.today
        ),
        done="Refusal recorded",
        back=_back(reference),
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.RECORD_COURT, subject=subjects.of_account)
def withdrawal(visit: Visit, reference: str, year: str) -> HttpResponse:
    """Withdraw a summons."""
    account, of_year = subjects.account(reference), _year(year)
    deed = doing.Deed(
        title=f"Withdraw the summons for {year}",
        says="The court is not asked for an order. A new summons would need a final notice first.",
        act=lambda take_costs_back: commands.withdraw(
            account=account,
            year=of_year,
            take_costs_back=take_costs_back,
            by=visit.actor,
            on=visit.today,
        ),
        done="Summons withdrawn",
        back=_back(reference),
        button="Withdraw it",
    )
    return doing.answer(visit, Withdraw(doing.asked(visit)), deed)


def _shown(
    visit: Visit, on: date, cases: list[queries.Case], stood: dict[str, Any]
) -> dict[str, Any]:
    still = [one for one in cases if one.is_open]
    may = capabilities.RECORD_COURT.slug in visit.actor.capabilities
    return {
        "day": on,
        "table": _table(cases),
        "count": len(cases),
        "open": len([one for one in still if one.tax_pence > 0]),
        "paid": len([one for one in still if one.is_paid]),
        "costs_only": len([one for one in still if one.tax_pence <= 0 < one.costs_pence]),
        "may": may,
        "is_past": on <= visit.today,
        "stood": [_why(reference, some) for reference, some in stood.items()],
        "against": []
        if stood
        else [
            _why(one.reference, some)
            for one, some in queries.standing_against(still, visit.today).items()
        ],
    }


def _why(reference: str, some: Iterable[Reason]) -> cells.Link:
    kinds = dict.fromkeys(reasons.title(one.kind) for one in some)
    return cells.Link(f"{reference}: {', '.join(kinds)}", _back(reference))


def _table(cases: list[queries.Case]) -> tables.Table:
    rows = [
        {
            "account": one.reference,
            "href": _back(one.reference),
            "year": one.year.name,
            "claimed": one.claimed_pence,
            "tax": one.tax_pence,
            "costs": one.costs_pence,
            "state": "Paid" if one.is_open and one.is_paid else one.state,
        }
        for one in cases
    ]
    total = {
        "account": "All",
        "claimed": sum(one.claimed_pence for one in cases),
        "tax": sum(one.tax_pence for one in cases),
        "costs": sum(one.costs_pence for one in cases),
    }
    return tables.Table("Cases", CASES, rows, total=total if rows else None, empty="No case.")


def _back(reference: str) -> str:
    return reverse("revenues:account_recovery", args=[reference])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def _year(name: str) -> years.Year:
    try:
        return years.Year.named(name)
    except ValueError as error:
        raise Http404 from error
