"""The letters of a billing run: ask for them, watch them go, see that the counts agree."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.officers import queries as officers
from borough.kernel.pages import forms, one_use, paging, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page
from borough.lines.revenues import annual, capabilities, tasks
from borough.lines.revenues.commands import mailing as commands
from borough.lines.revenues.queries import mailing as queries

REFRESH_SECONDS = 3
SHOWN = 200

COUNTS = (tables.text("what", "What"), tables.number("count", "How many"))
LEFT_OUT = (tables.text("account", "Account", link="href"), tables.text("reason", "Why not"))
UNPRINTED = (
    tables.text("account", "Account", link="account_href"),
    tables.text("letter", "Letter", link="href"),
)


@page(capabilities.PREVIEW_BILLING)
def bill_letters(visit: Visit, number: int) -> HttpResponse:
    """Show the letters of a billing run; ask for them with the capability to commit billing."""
    billing = Run.objects.filter(pk=number, kind=annual.BILLING).first()
    if billing is None:
        raise Http404
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        response = _ask(visit, billing, form)
        if response is not None:
            return response
    run = queries.letters_of(billing)
    context = {"billing": billing, "title": f"Bills of {billing.asked['year']}", "form": form}
    context |= _ahead(visit, billing) if run is None else _shown(visit, run)
    return render(visit, "revenues/bill_letters.html", context)


def _ask(visit: Visit, billing: Run, form: forms.Form) -> HttpResponse | None:
    """Ask for the letters; return where to go, or None with the refusal on the form."""
    there = redirect("revenues:bill_letters", billing.pk)
    try:
        with transaction.atomic():
            one_use.spend(visit)
            run = commands.ask_bill_letters(billing=billing, by=visit.actor, on=visit.today)
            tasks.make_bill_letters.defer(run_id=run.pk)
    except one_use.AlreadySent:
        return there
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    return there


def _ahead(visit: Visit, billing: Run) -> dict[str, Any]:
    """Return what stands before the letters are asked for."""
    return {
        "run": None,
        "today": visit.today,
        "notices": queries.notices_of(billing),
        "soon": queries.due_too_soon(billing, visit.today),
        "billed": runs.progress(billing).is_done,
        "may_ask": capabilities.COMMIT_BILLING.slug in visit.actor.capabilities,
    }


def _shown(visit: Visit, run: Run) -> dict[str, Any]:
    counts, state = queries.counts(run), runs.progress(run)
    return {
        "run": run,
        "state": state,
        "counts": counts,
        "by": officers.names({run.by})[run.by],
        "size": _size(counts.length_bytes),
        "table": _counted(counts) if state.is_done else None,
        **(_left_out(visit, run) if state.is_done else {}),
        "unprinted": _unprinted(run, counts) if state.is_done else None,
        "refresh_seconds": (
            REFRESH_SECONDS if visit.GET.get("refresh") and not state.is_done else None
        ),
    }


def _counted(counts: queries.Counts) -> tables.Table:
    rows = [
        {"what": "Notices of the billing", "count": counts.expected},
        {"what": "had a letter already, made on the account’s page", "count": counts.already},
        {"what": "left out, each with its reason", "count": counts.left_out},
        {"what": "Letters issued", "count": counts.issued},
        {"what": "of them printed as PDF", "count": counts.printed},
        {"what": "of them not printed", "count": counts.unprinted},
    ]
    return tables.Table("How the counts agree", COUNTS, rows)


def _left_out(visit: Visit, run: Run) -> dict[str, Any]:
    """Return every account that got no letter, by pages."""
    page = paging.numbered(queries.all_left_out(run), visit.GET, size=SHOWN)
    rows = [
        {
            "account": account,
            "href": reverse("revenues:letters", args=[account]),
            "reason": reason,
        }
        for account, reason in queries.left_out(list(page))
    ]
    return {"left_out": tables.Table("Left out", LEFT_OUT, rows) if rows else None, "page": page}


def _unprinted(run: Run, counts: queries.Counts) -> tables.Table | None:
    rows = [
        {
            "account": account,
            "account_href": reverse("revenues:account", args=[account]),
            "letter": f"Letter {number}",
            "href": reverse("revenues:letter", args=[number]),
        }
        for number, account in queries.unprinted(run, limit=SHOWN)
    ]
    return tables.Table(_first("Not printed", counts.unprinted), UNPRINTED, rows) if rows else None


def _first(title: str, count: int) -> str:
    return f"{title}: the first {SHOWN} of {count:,}" if count > SHOWN else title


def _size(length_bytes: int) -> str:
    if length_bytes < 10_000_000:
        return f"{wording.number(length_bytes // 1000)} kB"
    return f"{wording.number(length_bytes // 1_000_000)} MB"
