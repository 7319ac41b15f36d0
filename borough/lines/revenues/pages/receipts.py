"""Files of receipts: load one, and see what was set aside."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding, feeds
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, one_use, tables
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities, models, receiving
from borough.lines.revenues.commands import receipts as commands

LAYOUTS = feeds.layouts(Path(receiving.__file__).parent / "layouts")
MOST_MEGABYTES = 50

FILES = (
    tables.day("loaded_on", "Loaded on"),
    tables.text("what", "File", link="href"),
    tables.number("posted", "Posted"),
    tables.money("posted_pence", "Amount"),
    tables.number("set_aside", "Set aside"),
    tables.text("by", "By"),
)


class Load(forms.Form):
    """A file, what kind it is, and the total that the bank announced."""

    layout = fields.ChoiceField(
        what="what kind of file it is",
        label="What kind of file is it?",
        choices=[(one.name, one.title) for one in LAYOUTS.values()],
    )
    file = fields.UploadField(
        what="a file of receipts",
        label="Which file?",
        extensions=frozenset({"csv"}),
        most_megabytes=MOST_MEGABYTES,
    )
    announced_pence = fields.MoneyField(
        what="the total that the bank announced",
        label="What total did the bank announce?",
        help_text="The file is loaded only when its rows come to this total.",
        required=False,
    )


@page(capabilities.TAKE_PAYMENTS)
def receipts(visit: Visit) -> HttpResponse:
    """List the files that were loaded, and load one."""
    form = Load(visit.POST or None, visit.FILES or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                file = commands.load_receipts(
                    content=form.cleaned_data["file"].read(),
                    layout=LAYOUTS[form.cleaned_data["layout"]],
                    announced_pence=form.cleaned_data["announced_pence"],
                    by=visit.actor,
                    on=visit.today,
                )
        except one_use.AlreadySent:
            return redirect("revenues:receipts")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "The file is loaded")
            return redirect("revenues:receipt-file", file.pk)
    return render(visit, "revenues/receipts.html", {"form": form, "table": _files()})


@page(capabilities.TAKE_PAYMENTS)
def receipt_file(visit: Visit, number: int) -> HttpResponse:
    """Show one file: what was posted, and each row set aside with its reason."""
    file = models.ReceiptFile.objects.filter(pk=number).first()
    if file is None:
        raise Http404
    rows = [
        {"line": one.line, "reason": one.reason, "row": cells.Lines(_stood(file, one.row))}
        for one in file.set_aside_rows.order_by("line")[:500]
    ]
    columns = (
        tables.number("line", "Line"),
        tables.text("reason", "Why"),
        tables.text("row", "What stood there"),
    )
    aside = tables.Table("Rows set aside", columns, rows) if rows else None
    context = {"file": file, "aside": aside, "policy": receiving.POLICY}
    return render(visit, "revenues/receipt_file.html", context)


def _stood(file: models.ReceiptFile, row: dict[str, str]) -> tuple[str, ...]:
    """Return what stood in a row, in the order of its file; the database keeps no order."""
    layout = LAYOUTS.get(file.layout)
    known = [column.heading for column in layout.columns.values()] if layout else []
    headings = [*known, *sorted(row.keys() - set(known))]
    return tuple(f"{heading}: {row[heading]}" for heading in headings if row.get(heading))


def _files() -> tables.Table:
    files = list(models.ReceiptFile.objects.order_by("-id")[:30])
    names = officers.names({file.by for file in files})
    rows: list[dict[str, Any]] = [
        {
            "loaded_on": file.loaded_on,
            "what": f"{LAYOUTS[file.layout].title if file.layout in LAYOUTS else file.layout}"
            f" {file.sha256[:8]}",
            "href": reverse("revenues:receipt-file", args=[file.pk]),
            "posted": file.posted,
            "posted_pence": file.posted_pence,
            "set_aside": file.set_aside,
            "by": names[file.by],
        }
        for file in files
    ]
    return tables.Table("Files of receipts", FILES, rows)
