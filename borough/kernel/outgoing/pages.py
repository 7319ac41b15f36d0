"""The letters that go out: what waits, how it would leave, the day's post and its files."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, records, visits
from borough.kernel.documents.models import Document
from borough.kernel.outgoing import (
    capabilities,
    classes,
    commands,
    held,
    models,
    print_files,
    queries,
    routing,
    tasks,
)
from borough.kernel.pages import cells, charts, components, forms, one_use, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page, personal

REFRESH_SECONDS = 3
SHOWN = 200
WAYS = {
    routing.Way.POST: "By post",
    routing.Way.EMAIL: "By email",
    routing.Way.HAND: "By hand",
    routing.Way.HELD: "Held",
}
COUNTS = (tables.text("what", "What"), tables.number("count", "How many"))
REASONS = (
    tables.text("way", "How"),
    tables.text("reason", "Why"),
    tables.number("count", "How many"),
)
STAYS = (
    tables.text("letter", "Letter", link="href"),
    tables.text("about", "About", link="about_href"),
    tables.text("way", "How"),
    tables.text("reason", "Why"),
)
FILES = (
    tables.text("name", "File", link="href"),
    tables.text("kind", "Class"),
    tables.number("letters", "Letters"),
    tables.number("sheets", "Sheets"),
)


@page(capabilities.SEND_POST)
def outgoing(visit: Visit) -> HttpResponse:
    """Show what waits and the newest batch; ask for the day's post."""
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        response = _ask(visit, form)
        if response is not None:
            return response
    found = queries.waiting(visit.today)
    by_way = Counter(one.way for one in found)
    run = queries.newest()
    context: dict[str, Any] = {
        "form": form,
        "count": by_way[routing.Way.POST] + by_way[routing.Way.EMAIL],
        "today": visit.today,
        "chart": _chart(by_way) if found else None,
        "stays": _stays(found),
        "standing": _standing(),
    }
    return render(visit, "outgoing/outgoing.html", context | _shown(visit, run))


def _of_batch(number: int, **_: object) -> visits.Subject:
    return visits.Subject((), f"kernel.post_batch/{number}", f"the files of post batch {number}")


@personal(capabilities.SEND_POST, subject=_of_batch)
def file(visit: Visit, number: int, name: str) -> HttpResponseBase:
    """Hand over a print file or the manifest of a batch."""
    batch = get_object_or_404(models.Batch, pk=number)
    names = {one.name for one in print_files.files_of(batch)} | {print_files.MANIFEST}
    path = print_files.folder_of(batch) / name
    if name not in names or not print_files.is_written(batch) or not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"post-{number}-{name}")


def _of_letter(number: int) -> visits.Subject:
    document = _document(number)
    people = tuple(document.addressees.values_list("person_id", flat=True))
    return visits.Subject(people, document.thing, f"letter {number}")


@personal(capabilities.SEND_POST, subject=_of_letter)
def given(visit: Visit, number: int) -> HttpResponse:
    """Show a letter that is given by hand, and record that it was."""
    document = _document(number)
    form = forms.Form(visit.POST or None)
    if visit.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                commands.record_given(document=document, by=visit.actor, on=visit.today)
        except one_use.AlreadySent:
            return redirect("outgoing")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "Recorded: the letter was given")
            return redirect("outgoing")
    about = records.page_of(document.thing)
    named = document.thing.rpartition("/")[2]
    rows = [
        components.Row("Letter", document.title),
        components.Row("Of", document.on),
        components.Row("About", cells.Link(named, about) if about else named),
    ]
    has_left = models.Dispatch.objects.filter(document=document).exists()
    reason = held.back([number], on=visit.today).get(number, "")
    context = {"form": form, "rows": rows, "has_left": has_left, "held": reason}
    return render(visit, "outgoing/given.html", context)


def _ask(visit: Visit, form: forms.Form) -> HttpResponse | None:
    """Ask for the day's post; return where to go, or None with the refusal on the form."""
    try:
        with transaction.atomic():
            one_use.spend(visit)
            run = commands.ask_post(by=visit.actor, on=visit.today)
            tasks.make_post.defer(run_id=run.pk)
    except one_use.AlreadySent:
        return redirect("outgoing")
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("outgoing")


def _chart(by_way: Counter[routing.Way]) -> charts.Chart:
    total = sum(by_way.values())
    finding = (
        f"{wording.number(by_way[routing.Way.POST])} of {wording.number(total)} letters would go "
        f"by post, {wording.number(by_way[routing.Way.HAND])} wait to be given by hand, "
        f"{wording.number(by_way[routing.Way.HELD])} are held"
    )
    counts = [(title, by_way[way]) for way, title in WAYS.items()]
    return charts.bars("How the letters that wait would leave", finding, counts, of="How")


def _stays(found: list[routing.Route]) -> tables.Table | None:
    stays = [one for one in found if one.way in (routing.Way.HAND, routing.Way.HELD)]
    rows = [
        {
            "letter": f"Letter {one.document}",
            "href": reverse("outgoing-given", args=[one.document]),
            "about": one.thing.rpartition("/")[2],
            "about_href": records.page_of(one.thing),
            "way": WAYS[one.way],
            "reason": one.reason,
        }
        for one in stays[:SHOWN]
    ]
    more = f": the first {SHOWN} of {len(stays):,}" if len(stays) > SHOWN else ""
    return tables.Table(f"Not by post{more}", STAYS, rows) if rows else None


def _standing() -> tables.Table:
    stand = queries.standing()
    rows = [
        {"what": "Letters issued", "count": stand.issued},
        {"what": "posted", "count": stand.posted},
        {"what": "sent by email", "count": stand.emailed},
        {"what": "given by hand", "count": stand.hand},
        {"what": "not left yet", "count": stand.waiting},
    ]
    return tables.Table("All letters there are", COUNTS, rows)


def _shown(visit: Visit, run: Run | None) -> dict[str, Any]:
    """Return how the newest batch stands."""
    if run is None:
        return {"run": None, "is_free": True}
    state = runs.progress(run)
    shown: dict[str, Any] = {"run": run, "state": state, "is_free": state.is_done}
    if not state.is_done:
        again = REFRESH_SECONDS if visit.GET.get("refresh") else None
        return shown | {"refresh_seconds": again}
    counts = queries.counts(run)
    batch = models.Batch.objects.get(pk=run.pk)
    return shown | {
        "counts": counts,
        "table": _counted(counts),
        "reasons": _reasons(counts),
        "files": _files(batch),
        "manifest": reverse("outgoing-file", args=[batch.pk, print_files.MANIFEST]),
    }


def _counted(counts: queries.Counts) -> tables.Table:
    rows = [
        {"what": "Letters that had not left", "count": counts.letters},
        {"what": "posted", "count": counts.posted},
        {"what": "sent by email", "count": counts.emailed},
        {"what": "not taken by the mail server yet", "count": counts.unsent},
        {"what": "to be given by hand", "count": counts.hand},
        {"what": "held", "count": counts.held},
        {"what": "Pages posted", "count": counts.pages},
    ]
    return tables.Table("How the counts agree", COUNTS, rows)


def _reasons(counts: queries.Counts) -> tables.Table | None:
    rows = [
        {"way": WAYS[routing.Way(way)], "reason": reason, "count": count}
        for way, reason, count in counts.reasons
    ]
    return tables.Table("Not posted, by reason", REASONS, rows) if rows else None


def _files(batch: models.Batch) -> tables.Table:
    rows = [
        {
            "name": one.name,
            "href": reverse("outgoing-file", args=[batch.pk, one.name]),
            "kind": one.kind.title,
            "letters": len(one.letters),
            "sheets": sum(classes.sheets(letter.pages) for letter in one.letters),
        }
        for one in print_files.files_of(batch)
    ]
    return tables.Table("Files for the printer", FILES, rows)


def _document(number: int) -> Document:
    if number > 2**63 - 1:
        raise Http404
    return get_object_or_404(Document, pk=number)
