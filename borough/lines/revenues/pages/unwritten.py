"""Notices whose letter was never written: have it written, or withdraw the notice."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.pages import cells, forms, one_use, paging, tables
from borough.kernel.visits import Visit, page, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import unwritten as commands
from borough.lines.revenues.letters import waiting
from borough.lines.revenues.letters.made_from import steps as letters
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import unwritten as queries
from borough.rules import years

SIZE = 50
COLUMNS = (
    tables.text("account", "Account", link="href"),
    tables.text("year", "Year"),
    tables.text("kind", "Step"),
    tables.day("issued", "Of"),
    tables.money("act", "Asked for"),
    tables.text("do", "What to do"),
)


@page(capabilities.PREVIEW_RECOVERY)
def unwritten(visit: Visit) -> HttpResponse:
    """List the steps that nobody was told of; withdraw the notices of earlier days in one go."""
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        response = _withdraw(visit, form)
        if response is not None:
            return response
    steps = models.Step.objects.filter(pk__in=waiting.waiting(letters.SORT))
    shown = paging.numbered(
        steps.select_related("account").order_by("issued", "pk"), visit.GET, size=SIZE
    )
    may = capabilities.WITHDRAW_NOTICE.slug in visit.actor.capabilities
    context = {
        "form": form,
        "page": shown,
        "count": shown.paginator.count,
        "table": tables.Table(
            "Steps without a letter", COLUMNS, [_row(one, visit) for one in shown]
        ),
        "overdue": len(queries.overdue(visit.today)) if may else 0,
        "may_write": capabilities.SEND_LETTERS.slug in visit.actor.capabilities,
    }
    return render(visit, "revenues/unwritten.html", context)


@personal(capabilities.WITHDRAW_NOTICE, subject=subjects.of_account)
def withdrawal(visit: Visit, reference: str, year: str) -> HttpResponse:
    """Withdraw a notice whose letter was never written."""
    account, of_year = subjects.account(reference), _year(year)
    deed = doing.Deed(
        title=f"Withdraw the notice for {year} that was never written",
        says="Nobody was told of it, so it never counted. It may be sent again when nothing stands "
        "against it.",
        act=lambda: commands.withdraw_notice(
            account=account, year=of_year, by=visit.actor, on=visit.today
        ),
        done="Notice withdrawn",
        back=reverse("revenues:account_recovery", args=[reference]),
        button="Withdraw it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def links(account: models.Account, year: years.Year, visit: Visit) -> list[cells.Link]:
    """Return what may be done about the newest notice of a year, if its letter was not written."""
    if queries.withdrawable(account, year.first) is None:
        return []
    ways = (
        ("Have the letters written", reverse("revenues:correspondence"), capabilities.SEND_LETTERS),
        (
            "Withdraw the notice that was never written",
            reverse("revenues:notice_withdrawal", args=[account.reference, year.name]),
            capabilities.WITHDRAW_NOTICE,
        ),
    )
    return [
        cells.Link(title, there)
        for title, there, capability in ways
        if capability.slug in visit.actor.capabilities
    ]


def _withdraw(visit: Visit, form: forms.Form) -> HttpResponse | None:
    """Withdraw what is too late to write; return where to go, or None with the refusal."""
    try:
        with transaction.atomic():
            one_use.spend(visit)
            count = commands.withdraw_overdue(by=visit.actor, on=visit.today)
    except one_use.AlreadySent:
        return redirect("revenues:unwritten")
    except commanding.NotAllowed:
        raise
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(visit, f"{count} withdrawn")
    return redirect("revenues:unwritten")


def _row(step: models.Step, visit: Visit) -> dict[str, Any]:
    reference = step.account.reference
    return {
        "account": reference,
        "href": reverse("revenues:account_recovery", args=[reference]),
        "year": years.Year(step.year).name,
        "kind": step.get_kind_display(),
        "issued": step.issued,
        "act": step.act_pence,
        "do": _what_to_do(step, visit.today),
    }


def _what_to_do(step: models.Step, on: date) -> str:
    if step.kind in queries.NOTICES and step.issued < on:
        return "Withdraw it: a letter of today would give too few days"
    if step.kind == models.Step.Kind.SUMMONS:
        return "Write its letter; withdraw it where the hearing is too near"
    return "Write its letter"


def _year(name: str) -> years.Year:
    try:
        return years.Year.named(name)
    except ValueError as error:
        raise Http404 from error
