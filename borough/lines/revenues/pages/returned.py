"""What banks send back about Direct Debits: load a file, see what followed, settle what waits."""

from collections.abc import Container
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.bank import hostile_xml
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, one_use, paging, tables, wording
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import returned as commands
from borough.lines.revenues.commands import unknown_returns
from borough.lines.revenues.queries import returned as queries
from borough.rules import years

MOST_MEGABYTES = 20
REFUSALS = (one_use.NotOurs, commanding.Refusal, hostile_xml.UnreadableXml)

FILES = (
    tables.day("loaded_on", "Loaded on"),
    tables.text("what", "File", link="href"),
    tables.number("advices", "Advices"),
    tables.money("pence", "Taken back"),
    tables.text("by", "By"),
)
LINES = (
    tables.text("account", "Account", link="href"),
    tables.text("what", "What the bank says"),
    tables.money("pence", "Amount"),
    tables.text("follows", "What follows"),
)
WAITING = (*LINES, tables.text("settle", "To do"))


class Load(forms.Form):
    said = fields.ChoiceField(
        what="what kind of file it is",
        label="What kind of file is it?",
        choices=[
            ("ARUDD", "ARUDD: collections returned"),
            ("ADDACS", "ADDACS: instructions changed or cancelled"),
            ("AUDDIS", "AUDDIS: new instructions refused"),
        ],
    )
    file = fields.UploadField(
        what="a file of advices",
        label="Which file?",
        extensions=frozenset({"xml"}),
        most_megabytes=MOST_MEGABYTES,
    )


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
        self.fields["outcome"].choices = list(ways.items())  # type: ignore[attr-defined]


@page(capabilities.LOAD_ADVICES)
def advices(visit: Visit) -> HttpResponse:
    """Load a file, list the files, and list what waits for a person."""
    form = Load(doing.asked(visit), visit.FILES or None)
    if form.is_valid():
        said = form.cleaned_data["said"]
        try:
            with transaction.atomic():
                one_use.spend(visit)
                file = commands.load_advices(
                    content=form.cleaned_data["file"].read(),
                    said="" if said == "ARUDD" else said,
                    by=visit.actor,
                    on=visit.today,
                )
        except one_use.AlreadySent:
            return redirect("revenues:advices")
        except REFUSALS as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(visit, "The file is loaded")
            return redirect("revenues:advice_file", file.pk)
    shown = paging.numbered(queries.waiting(), visit.GET, size=50)
    unplaced = queries.unplaced(shown)
    context = {
        "form": form,
        "waiting": tables.Table(
            "To be looked at",
            WAITING,
            [_line(one) | _to_do(one, unplaced) for one in shown],
            empty="Nothing waits.",
        ),
        "page": shown,
        "files": _files(),
    }
    return render(visit, "revenues/advices.html", context)


@page(capabilities.LOAD_ADVICES)
def advice_file(visit: Visit, number: int) -> HttpResponse:
    """Show what stood in a file and what followed."""
    file = get_object_or_404(models.AdviceFile.objects.defer("content"), pk=number)
    shown = paging.numbered(queries.of_file(file), visit.GET, size=50)
    rows = [_line(one) for one in shown]
    context = {
        "file": file,
        "pence": queries.taken_back_pence(file),
        "page": shown,
        "table": tables.Table("What the banks said", LINES, rows),
        "by": officers.names({file.by})[file.by],
    }
    return render(visit, "revenues/advice_file.html", context)


@page(capabilities.LOAD_ADVICES)
def settling(visit: Visit, number: int) -> HttpResponse:
    """Say what came of something that waited."""
    advice = get_object_or_404(
        models.Advice.objects.select_related("instruction__account"), pk=number, waits=True
    )
    deed = doing.Deed(
        title="Settle what the bank sent back",
        says=f"{queries.what_follows(advice)}. Reference {advice.reference}"
        + (f", {wording.money(advice.pence)}." if advice.pence is not None else "."),
        act=lambda outcome: commands.settle(
            advice=advice, outcome=outcome, by=visit.actor, on=visit.today
        ),
        done="Settled",
        back=reverse("revenues:advices"),
        places={commands.AlreadySettled: "outcome"},
    )
    form = Settle(doing.asked(visit), may_go_on=queries.may_go_on(advice))
    return doing.answer(visit, form, deed)


@page(capabilities.LOAD_ADVICES)
def placing(visit: Visit, number: int) -> HttpResponse:
    """Say whose collection it was that a bank took back under a reference that nobody knew."""
    advice = get_object_or_404(queries.waiting(), pk=number, item=None, instruction=None)
    deed = doing.Deed(
        title="Say whose Direct Debit came back",
        says=f"{wording.money(advice.pence or 0)} was taken back under the reference "
        f"{advice.reference}. The account owes it again. Where the bank was wrong and has paid it "
        "to us again, give it that entry of the statement instead, from suspense.",
        act=lambda reference, year: _place(visit, advice, reference, year),
        done="Placed: the account owes it again",
        back=reverse("revenues:advices"),
        places={
            NotAnAccount: "reference",
            unknown_returns.NotBilled: "year",
        },
        button="Place it",
    )
    return doing.answer(visit, Place(doing.asked(visit)), deed)


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


def _line(advice: models.Advice) -> dict[str, Any]:
    row: dict[str, Any] = {
        "account": advice.reference,
        "what": f"{_words(advice.description)} ({advice.kind} {advice.code})",
        "pence": advice.pence,
        "follows": queries.what_follows(advice),
    }
    if advice.instruction is not None:
        reference = advice.instruction.account.reference
        row |= {"account": reference, "href": reverse("revenues:direct_debit", args=[reference])}
    return row


def _words(description: str) -> str:
    return description[:1].upper() + description[1:] or "No words"


def _to_do(advice: models.Advice, unplaced: Container[int]) -> dict[str, Any]:
    if advice.pk in unplaced:
        href = reverse("revenues:return_placing", args=[advice.pk])
        return {"settle": cells.Link("Place", href, f"{advice.reference}, {advice.kind}")}
    href = reverse("revenues:settling", args=[advice.pk])
    return {"settle": cells.Link("Settle", href, f"{advice.reference}, {advice.kind}")}


def _files() -> tables.Table:
    found = queries.files()
    names = officers.names({one.by for one in found})
    rows = [
        {
            "loaded_on": one.loaded_on,
            "what": f"{one.kind} {one.sha256[:8]}",
            "href": reverse("revenues:advice_file", args=[one.pk]),
            "advices": one.advices,
            "pence": queries.taken_back_pence(one),
            "by": names[one.by],
        }
        for one in found
    ]
    return tables.Table("Files loaded", FILES, rows, empty="No file has been loaded yet.")
