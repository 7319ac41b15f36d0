"""The register as everybody may read it, and as the file that the Code asks for."""

from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import clock
from borough.kernel.pages import files, tables
from borough.kernel.visits import public
from borough.partnership.register import columns, models, ocds, queries
from borough.partnership.register.pages import contracts, showing

WHY = (
    "the Local Government Transparency Code 2015 asks a council to publish its contracts; "
    "nobody is named but suppliers"
)


@public(WHY)
def register(request: HttpRequest) -> HttpResponse:
    """List every contract: those that run or will, then those that have ended."""
    today = clock.today()
    rows = queries.register(today)
    ended = [one for one in rows if queries.has_ended(one, today)]
    running = [one for one in rows if not queries.has_ended(one, today)]
    context = {
        "on": today,
        "prefix": ocds.council().prefix,
        "running": _list("Contracts", running, today),
        "ended": _list("Contracts that have ended", ended, today) if ended else None,
    }
    return render(request, "register/public.html", context)


@public(WHY)
def contract(request: HttpRequest, number: int) -> HttpResponse:
    """Show a contract and its amendments to anybody."""
    found = get_object_or_404(models.Contract, pk=number)
    context = contracts.context_of(found, clock.today())
    back = reverse("partnership:contracts_public")
    return render(request, "register/public_contract.html", {**context, "back": back})


@public(WHY)
def file(request: HttpRequest) -> HttpResponse:
    """Give out the register in the columns of the Code; it can be taken in again."""
    today = clock.today()
    rows = [columns.row(one) for one in queries.register(today)]
    return files.as_csv(f"contracts-{today}", columns.HEAD, rows)


@public(WHY)
def open_contracting(request: HttpRequest) -> HttpResponse:
    """Give out the register as open contracting data (OCDS 1.1), a release for each contract."""
    today = clock.today()
    uri = request.build_absolute_uri(reverse("partnership:contracts_open"))
    answer = JsonResponse(ocds.package(ocds.council(), today, uri=uri))
    answer["Content-Disposition"] = f'attachment; filename="contracts-{today}.json"'
    return answer


def _list(caption: str, rows: list[models.Particulars], on: date) -> tables.Table:
    return showing.table(caption, rows, on, public=True, empty="No contract is listed.")
