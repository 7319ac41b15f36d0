"""Statements: load one, watch it being taken in, see what was stopped or set aside and why."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.bank import (
    capabilities,
    commands,
    importing,
    models,
    queries,
    statements,
    tasks,
)
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, links, one_use, paging, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.visits import Subject, Visit, page, personal

LARGEST_ID = 2**63 - 1
MOST_MEGABYTES = 50
FILES = (
    tables.day("loaded_on", "Loaded on"),
    tables.text("what", "File", link="href"),
    tables.text("state", "State"),
    tables.text("by", "By"),
)
ASIDE = (
    tables.number("line", "Line"),
    tables.text("reason", "Why"),
    tables.text("row", "What stood there"),
    tables.text("do", "To do"),
)
STOPPED = (
    tables.text("entry", "Entry", link="href"),
    tables.day("on", "Booked on"),
    tables.money("pence", "Amount"),
    tables.text("why", "Why it was not posted"),
)
NEWEST = 30


class Load(forms.Form):
    """A file, what kind it is, and the total that the bank announced."""

    layout = fields.ChoiceField(
        what="what kind of file it is",
        label="What kind of file is it?",
        choices=[
            (statements.CAMT, "Bank statement (camt.053, XML)"),
            *((one.name, one.title) for one in statements.LAYOUTS.values()),
        ],
    )
    file = fields.UploadField(
        what="a statement",
        label="Which file?",
        extensions=frozenset({"csv", "xml"}),
        most_megabytes=MOST_MEGABYTES,
    )
    announced_pence = fields.MoneyField(
        what="the total that the bank announced",
        label="What total did the bank announce?",
        help_text="The file is taken in only when its rows come to this total.",
        required=False,
    )


@page(capabilities.LOAD_STATEMENTS)
def statements_page(visit: Visit) -> HttpResponse:
    """List the statements that were loaded, and load one."""
    form = Load(visit.POST or None, visit.FILES or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = commands.load_statement(
                    content=form.cleaned_data["file"].read(),
                    layout=form.cleaned_data["layout"],
                    announced_pence=form.cleaned_data["announced_pence"],
                    by=visit.actor,
                    on=visit.today,
                )
                tasks.take_in_statement.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("bank:statements")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "The file is loaded and is being taken in")
            return redirect("bank:statement", models.StatementFile.objects.get(run=run).pk)
    return render(visit, "bank/statements.html", {"form": form, "table": _files()})


def _of_file(number: int) -> Subject:
    return Subject((), f"kernel.bank_file/{number}", f"bank file {number}")


@personal(capabilities.LOAD_STATEMENTS, subject=_of_file)
def statement(visit: Visit, number: int) -> HttpResponse:
    """Show one file: how far it is, what it came to, and each row that waits for a person."""
    file = models.StatementFile.objects.filter(pk=min(number, LARGEST_ID)).first()
    if file is None:
        raise Http404
    state = runs.progress(file.run)
    aside = paging.numbered(file.set_aside_rows.order_by("line"), visit.GET)
    context = {
        "file": file,
        "title": _title(file.layout),
        "state": state,
        "totals": importing.totals(file.run),
        "refresh_seconds": None if state.ended else links.refresh_seconds(visit.GET),
        "stopped": _stopped(file),
        "aside": tables.Table("Rows set aside", ASIDE, [_aside(one, file, visit) for one in aside]),
        "page": aside,
    }
    return render(visit, "bank/statement.html", context)


@page(capabilities.TAKE_UP_ENTRIES)
def row(visit: Visit, number: int) -> HttpResponse:
    """Take in a row that was set aside, now that its day has come."""
    rows = models.SetAside.objects.select_related("file__run").defer("file__content")
    found = get_object_or_404(rows, pk=min(number, LARGEST_ID), reason=importing.FUTURE)
    deed = doing.Deed(
        title="Take in this row",
        says=f"{found.row['Amount']}, of {wording.day(date.fromisoformat(found.row['Day']))}. "
        "It is posted to the account that it names, or to suspense.",
        act=lambda: commands.take_in_row(row=found, by=visit.actor, on=visit.today),
        done="The row is taken in",
        back=reverse("bank:statement", args=[found.file_id]),
        button="Take it in",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _files() -> tables.Table:
    files = list(
        models.StatementFile.objects.select_related("run").defer("content").order_by("-id")[:NEWEST]
    )
    names = officers.names({file.by for file in files})
    rows: list[dict[str, Any]] = [
        {
            "loaded_on": file.loaded_on,
            "what": f"{_title(file.layout)} {file.sha256[:8]}",
            "href": reverse("bank:statement", args=[file.pk]),
            "state": _state(runs.progress(file.run)),
            "by": names[file.by],
        }
        for file in files
    ]
    return tables.Table("Statements", FILES, rows)


def _state(progress: runs.Progress) -> cells.Tag:
    if progress.is_done:
        return cells.Tag("Taken in", "green")
    if progress.ended:
        return cells.Tag("Not taken in", "red")
    return cells.Tag(f"{progress.percent}%", "blue")


def _title(layout: str) -> str:
    known = statements.LAYOUTS.get(layout)
    return known.title if known else "Bank statement (camt.053)"


def _stopped(file: models.StatementFile) -> tables.Table | None:
    rows = [
        {
            "entry": f"Entry {one.entry.number}",
            "href": reverse("bank:entry", args=[one.entry_id]),
            "on": one.entry.on,
            "pence": one.entry.pence,
            "why": one.get_why_display()
            if not hasattr(one, "taken_up")
            else cells.Tag("Taken up", "green"),
        }
        for one in queries.stopped(file)[:200]
    ]
    return tables.Table("Entries that a person looks at", STOPPED, rows) if rows else None


def _aside(one: models.SetAside, file: models.StatementFile, visit: Visit) -> dict[str, Any]:
    """Return what stood in a row, in the order of its file; the database keeps no order."""
    layout = statements.LAYOUTS.get(file.layout)
    known = [column.heading for column in layout.columns.values()] if layout else []
    headings = [*known, *sorted(one.row.keys() - set(known))]
    stood = tuple(f"{heading}: {one.row[heading]}" for heading in headings if one.row.get(heading))
    shown = {"line": one.line, "reason": one.reason, "row": cells.Lines(stood)}
    if queries.may_take_in(one, visit.today):
        href = reverse("bank:row", args=[one.pk])
        shown["do"] = cells.Link("Take it in", href, f"line {one.line}")
    return shown
