"""The register: which contracts there are, one of them, entering and amending."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, page
from borough.partnership.files import showing as files
from borough.partnership.register import capabilities, columns, commands, models, queries
from borough.partnership.register.pages import asking, showing

SOON, RUNNING, ENDED = "soon", "running", "ended"
LOADS = {
    "contracts": files.Loading(
        "Load contracts",
        "A CSV file with the columns of the Transparency Code, in any order: "
        f"{', '.join(columns.HEAD)}. Days like 2026-04-01, sums in pounds. A contract that is on "
        "the register is not taken again: what changes it is an amendment.",
        commands.load,
    )
}


class Filter(forms.FilterForm):
    """Which contracts are listed."""

    which = fields.SelectField(
        what="which contracts",
        label="Which contracts?",
        choices=[
            (SOON, "Ends within 12 months"),
            (RUNNING, "Not ended"),
            (ENDED, "Ended"),
        ],
        empty="All",
    )


@page(capabilities.SEE_CONTRACTS)
def contracts(visit: Visit) -> HttpResponse:
    """List the register, or what of it the filter asks for."""
    form = Filter(visit.GET)
    which = form.chosen().get("which", "")
    table = showing.table(
        "Contracts",
        _chosen(which, visit.today),
        visit.today,
        public=False,
        empty="No such contract is on the register.",
    )
    context = {
        "filter": form,
        "table": table,
        "may": visit.actor.capabilities,
        "files": files.table("Files taken in", (commands.CONTRACTS,), empty="None was taken in."),
    }
    return render(visit, "register/contracts.html", context)


@page(capabilities.SEE_CONTRACTS)
def contract(visit: Visit, number: int) -> HttpResponse:
    """Show a contract and its amendments."""
    found = get_object_or_404(models.Contract, pk=number)
    return render(visit, "register/contract.html", context_of(found, visit.today))


@page(capabilities.RECORD_CONTRACT)
def enter(visit: Visit) -> HttpResponse:
    """Put a contract on the register."""

    def act(reference: str, *, is_partnership: bool, **answers: Any) -> None:
        commands.enter(
            reference=reference,
            told=asking.told(answers),
            is_partnership=is_partnership,
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title="Enter a contract",
        says="Everybody can read it at once. The Transparency Code asks for every contract, order "
        "or agreement of more than £5,000.",
        act=act,
        done="The contract is on the register",
        back=reverse("partnership:contracts"),
        places={commands.KnownAlready: "reference"},
    )
    return doing.answer(visit, asking.Enter(doing.asked(visit)), deed)


@page(capabilities.RECORD_CONTRACT)
def load(visit: Visit) -> HttpResponse:
    """Take contracts in from a file."""
    return files.load(visit, "contracts", LOADS, reverse("partnership:contracts"))


@page(capabilities.RECORD_CONTRACT)
def amend(visit: Visit, number: int) -> HttpResponse:
    """Say what of a contract holds otherwise from a day on."""
    found = get_object_or_404(models.Contract, pk=number)
    last = queries.history(found)[-1]
    before = {name: getattr(last, name) for name in columns.FIELDS}

    def act(since: date, because: str, **answers: Any) -> None:
        commands.amend(
            contract=found,
            told=asking.told(answers),
            since=since,
            because=because,
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title=f"Amend {found.reference}",
        says=f"“{last.title}”. Change what was agreed otherwise, and leave the rest. What held "
        "before stays on record. Everybody can read it.",
        act=act,
        done="The amendment is on the register",
        back=reverse("partnership:contract", args=[found.pk]),
        places={commands.NotADay: "since"},
    )
    form = asking.Amend(doing.asked(visit), initial={**before, "since": visit.today})
    return doing.answer(visit, form, deed)


def context_of(found: models.Contract, on: date) -> dict[str, Any]:
    """Return what a contract's page shows, to officers and to everybody."""
    row = queries.current(found, on)
    return {
        "contract": found,
        "identity": showing.identity(row, on),
        "rows": showing.all_of_it(row),
        "amendments": showing.amendments(queries.history(found)),
    }


def _chosen(which: str, on: date) -> list[models.Particulars]:
    rows = queries.register(on)
    if which == SOON:
        return queries.ends_soon(rows, on)
    if which:
        return [one for one in rows if queries.has_ended(one, on) == (which == ENDED)]
    return rows
