"""What banks send back about Direct Debits: load a file, see what followed, settle what waits."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.bank import hostile_xml
from borough.kernel.officers import queries as officers
from borough.kernel.pages import fields, forms, one_use, paging, tables
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import returned as commands
from borough.lines.revenues.queries import returned as queries

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
    tables.text("what", "What the bank says", link="line"),
    tables.money("pence", "Amount"),
    tables.text("follows", "What follows"),
)


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
    context = {
        "form": form,
        "waiting": tables.Table(
            "To be looked at",
            LINES,
            [_line(one) for one in shown],
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


def _line(advice: models.Advice) -> dict[str, Any]:
    row: dict[str, Any] = {
        "account": advice.reference,
        "what": f"{queries.words(advice)} ({advice.kind} {advice.code})",
        "line": reverse("revenues:advice_line", args=[advice.pk]),
        "pence": advice.pence,
        "follows": queries.what_follows(advice),
    }
    if advice.instruction is not None:
        reference = advice.instruction.account.reference
        row |= {"account": reference, "href": reverse("revenues:direct_debit", args=[reference])}
    return row


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
