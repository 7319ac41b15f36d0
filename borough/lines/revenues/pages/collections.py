"""Collecting by Direct Debit: prepare a day, look, let a colleague commit, fetch the file, post."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.bank import working_days
from borough.kernel.officers import queries as officers
from borough.kernel.pages import charts, fields, forms, one_use, paging, tables, wording
from borough.kernel.runs import queries as runs
from borough.kernel.runs.models import Run
from borough.kernel.visits import Subject, Visit, page, personal
from borough.lines.revenues import capabilities, collecting, collections, lodging, models, tasks
from borough.lines.revenues.commands import collections as commands
from borough.lines.revenues.queries import collections as queries
from borough.lines.revenues.queries.instructions import REASONS
from borough.rules import direct_debit

REFRESH_SECONDS = 3
CODES = {
    "01": "First collection of an instruction",
    "17": "Usual collection",
    "18": "Returned one tried again",
    "19": "Last collection of an account",
}
MADE = (
    tables.text("on", "Money moves on", link="href"),
    tables.number("items", "Collections"),
    tables.money("pence", "Amount"),
    tables.number("returned", "Returned"),
    tables.money("returned_pence", "Amount returned"),
    tables.text("state", "State"),
)
PREPARED = (
    tables.text("what", "Prepared for", link="href"),
    tables.day("on", "On"),
    tables.text("by", "By"),
    tables.text("state", "State"),
)
BY_CODE = (
    tables.text("what", "What"),
    tables.number("items", "Collections"),
    tables.money("pence", "Amount"),
)
BY_REASON = (
    tables.text("reason", "Why not", link="href"),
    tables.number("items", "Instalments"),
    tables.money("pence", "Told to the payers"),
)
COMPARED = (
    tables.text("what", "What"),
    tables.number("before", "In the preview"),
    tables.number("after", "Now"),
)
ACCOUNTS = (tables.text("account", "Account", link="href"),)


class Prepare(forms.Form):
    entry_day = fields.DayField(
        what="the day on which the money moves",
        label="On which day does the money move?",
        help_text="It takes the instalments due since the working day before. When banks do not "
        "work on that day, it is the next on which they do.",
    )


class Credit(forms.Form):
    pence = fields.MoneyField(
        what="what the bank has credited", label="How much has the bank credited?", least_pence=1
    )


@page(capabilities.PREPARE_COLLECTION)
def collected(visit: Visit) -> HttpResponse:
    """List the collections, and prepare the next."""
    form = Prepare(doing.asked(visit))
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = commands.prepare_collection(
                    entry_day=form.cleaned_data["entry_day"], by=visit.actor, on=visit.today
                )
                tasks.preview_collection.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("revenues:collections")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error("entry_day", str(refusal))
        else:
            return redirect("revenues:collection_preview", run.pk)
    made = queries.made()
    context = {
        "form": form,
        "made": _made(made),
        "chart": _chart(made),
        "prepared": _prepared(),
        "waiting": len(lodging.waiting(visit.today)),
        "may_send": capabilities.COMMIT_COLLECTION.slug in visit.actor.capabilities,
        "soonest": working_days.cycle_from(visit.today).entry_day,
    }
    return render(visit, "revenues/collections.html", context)


@page(capabilities.PREPARE_COLLECTION)
def preview(visit: Visit, number: int) -> HttpResponse:
    """Show what a collection would take and what not; commit it with the capability."""
    run = get_object_or_404(Run, pk=number, kind=collections.PREVIEW)
    state = runs.progress(run)
    title = f"Collection of {wording.day(_entry_day(run))}"
    if not state.is_done:
        return _watch(visit, state, title, "accounts looked at")
    form = forms.Form(doing.asked(visit))
    if visit.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                made = commands.commit_collection(preview=run, by=visit.actor, on=visit.today)
                tasks.carry_out_collection.defer(run_id=made.pk)
        except one_use.AlreadySent:
            return redirect("revenues:collections")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("revenues:collection", made.pk)
    return render(visit, "revenues/collection_preview.html", _shown(visit, run, title, form))


@page(capabilities.PREPARE_COLLECTION)
def left_out(visit: Visit, number: int, reason: str) -> HttpResponse:
    """Show whose instalments a preview or a collection leaves out for one reason."""
    run = get_object_or_404(Run, pk=number, kind__in=[collections.PREVIEW, collections.COLLECTION])
    chosen = {one.name.lower(): one for one in direct_debit.Reason}.get(reason)
    accounts, pence = queries.found(run).reasons.get(chosen, ([], 0)) if chosen else ([], 0)
    if chosen is None or not accounts:
        raise Http404
    rows = models.Account.objects.filter(pk__in=accounts).order_by("pk")
    shown = paging.numbered(rows.values_list("reference", flat=True), visit.GET, size=50)
    context = {
        "title": REASONS[chosen],
        "run": run,
        "back": _page_of(run),
        "pence": pence,
        "page": shown,
        "table": tables.Table(
            "Accounts",
            ACCOUNTS,
            [
                {"account": one, "href": reverse("revenues:direct_debit", args=[one])}
                for one in shown
            ],
        ),
    }
    return render(visit, "revenues/collection_left_out.html", context)


@page(capabilities.PREPARE_COLLECTION)
def collection(visit: Visit, number: int) -> HttpResponse:
    """Show a committed collection: its file, what changed since the preview, what came back."""
    found = get_object_or_404(models.Collection.objects.select_related("run"), pk=number)
    state = runs.progress(found.run)
    title = f"Collection of {wording.day(found.entry_day)}"
    if not state.is_done:
        return _watch(visit, state, title, "accounts looked at")
    form = forms.Form(doing.asked(visit))
    if visit.method == "POST" and form.is_valid():
        response = _post(visit, found, form)
        if response is not None:
            return response
    made = queries.one(found.pk)
    before = Run.objects.filter(pk=found.run.asked.get("preview")).first()
    after = queries.found(found.run)
    context = {
        "title": title,
        "found": found,
        "made": made,
        "file": models.SentFile.objects.filter(pk=found.pk).defer("content").first(),
        "by": officers.names({found.run.by})[found.run.by],
        "codes": _codes(after),
        "reasons": _reasons(after, found.run),
        "compared": _compared(queries.found(before), after) if before else None,
        "may_fetch": capabilities.COMMIT_COLLECTION.slug in visit.actor.capabilities,
        "may_credit": made.is_posted
        and not made.is_credited
        and made.has_file
        and capabilities.TAKE_PAYMENTS.slug in visit.actor.capabilities,
        "may_post": not made.is_posted and found.entry_day <= visit.today,
        "form": form,
    }
    return render(visit, "revenues/collection.html", context)


@page(capabilities.TAKE_PAYMENTS)
def credit(visit: Visit, number: int) -> HttpResponse:
    """Record that the bank has credited a collection, as its statement says."""
    found = get_object_or_404(models.Collection, pk=number)
    deed = doing.Deed(
        title="Record the bank’s credit",
        says=f"For the collection of {wording.day(found.entry_day)}. Enter what stands on the "
        "statement: it must be what the file came to. Where the bank’s statements are loaded here, "
        "give its entry to the collection in suspense instead: then the bank has it once.",
        act=lambda pence: commands.record_credit(
            collection=found, pence=pence, by=visit.actor, on=visit.today
        ),
        done="The bank’s credit is recorded",
        back=reverse("revenues:collection", args=[number]),
        places={commands.AmountDiffers: "pence", commands.NotYet: "pence"},
    )
    return doing.answer(visit, Credit(doing.asked(visit)), deed)


def _of_file(number: int) -> Subject:
    return Subject((), f"kernel.run/{number}", f"the file of collection {number}")


@personal(capabilities.COMMIT_COLLECTION, subject=_of_file)
def file(visit: Visit, number: int) -> HttpResponseBase:
    """Hand out the file of a run, by a button, and record that it was fetched."""
    if visit.method != "POST":
        return redirect("revenues:collections")
    run = get_object_or_404(Run, pk=number, kind__in=[collections.COLLECTION, lodging.LODGING])
    try:
        sent = commands.fetch_file(run=run, by=visit.actor, on=visit.today)
    except commands.NotYet as refusal:
        messages.error(visit, str(refusal))
        return redirect("revenues:collections")
    response = HttpResponse(bytes(sent.content), content_type="text/plain; charset=us-ascii")
    name = f"{sent.processing_day:%Y%m%d}-{sent.serial}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(capabilities.COMMIT_COLLECTION)
def instructions(visit: Visit) -> HttpResponse:
    """Send the banks what is new and what is cancelled; list the files that were made."""
    form = forms.Form(doing.asked(visit))
    if visit.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = commands.send_instructions(by=visit.actor, on=visit.today)
                lodging.carry_out(run, by=visit.actor)
        except one_use.AlreadySent:
            return redirect("revenues:sent_instructions")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "The file is made. Fetch it and send it to the banks today")
            return redirect("revenues:sent_instructions")
    waiting = lodging.waiting(visit.today)
    lodged = sum(code == direct_debit.NEW_INSTRUCTION for _, code in waiting)
    context = {
        "form": form,
        "lodged": lodged,
        "cancelled": len(waiting) - lodged,
        "files": queries.lodgings(),
    }
    return render(visit, "revenues/sent_instructions.html", context)


def _post(visit: Visit, found: models.Collection, form: forms.Form) -> HttpResponse | None:
    """Ask for the posting; return where to go, or None with the refusal on the form."""
    there = redirect("revenues:collection", found.pk)
    try:
        with transaction.atomic():
            one_use.spend(visit)
            run = commands.post_collection(collection=found, by=visit.actor, on=visit.today)
            tasks.post_collection.defer(run_id=run.pk)
    except one_use.AlreadySent:
        return there
    except (one_use.NotOurs, commanding.Refusal) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(visit, "The collection is being posted as received")
    return there


def _watch(visit: Visit, state: runs.Progress, title: str, what: str) -> HttpResponse:
    context = {
        "title": title,
        "state": state,
        "total": models.Account.objects.count(),
        "what": what,
        "refresh_seconds": REFRESH_SECONDS if visit.GET.get("refresh") else None,
    }
    return render(visit, "revenues/collection_watch.html", context)


def _shown(visit: Visit, run: Run, title: str, form: forms.Form) -> dict[str, Any]:
    found = queries.found(run)
    asked = collecting.days(_entry_day(run))
    committed = queries.committed(asked.on)
    may = capabilities.COMMIT_COLLECTION.slug in visit.actor.capabilities and committed is None
    own = run.by == visit.actor.reference
    return {
        "title": title,
        "run": run,
        "found": found,
        "days": asked,
        "form": form,
        "codes": _codes(found),
        "reasons": _reasons(found, run),
        "picture": _picture(found),
        "committed": committed,
        "may_commit": may and not own,
        "own": own and committed is None,
        "by": officers.names({run.by})[run.by],
    }


def _codes(found: queries.Found) -> tables.Table:
    rows = [
        {"what": CODES[code], "items": items, "pence": pence}
        for code, (items, pence) in found.codes.items()
    ]
    total = {"what": "All", "items": found.items, "pence": found.pence}
    return tables.Table(
        "What is collected", BY_CODE, rows, total=total, empty="Nothing falls due on these days."
    )


def _reasons(found: queries.Found, run: Run) -> tables.Table:
    rows = [
        {
            "reason": REASONS[reason],
            "href": reverse("revenues:left_out", args=[run.pk, reason.name.lower()]),
            "items": len(accounts),
            "pence": pence,
        }
        for reason, (accounts, pence) in found.reasons.items()
    ]
    return tables.Table("What is not collected, and why", BY_REASON, rows, empty="Nobody.")


def _picture(found: queries.Found) -> charts.Chart | None:
    if not found.reasons:
        return None
    counts = [(REASONS[one], len(whose)) for one, (whose, _) in found.reasons.items()]
    most, count = max(counts, key=lambda row: row[1])
    return charts.bars(
        "Instalments that are not collected, by reason",
        f"Most often: {most.lower()} ({wording.number(count)}).",
        counts,
        of="Reason",
    )


def _compared(before: queries.Found, after: queries.Found) -> tables.Table | None:
    """Return what changed between preview and commit, or None when nothing did."""
    rows = [{"what": "Collected", "before": before.items, "after": after.items}]
    for reason in sorted({*before.reasons, *after.reasons}):
        counts = [len(one.reasons.get(reason, ([], 0))[0]) for one in (before, after)]
        rows.append({"what": REASONS[reason], "before": counts[0], "after": counts[1]})
    same = before.pence == after.pence and all(row["before"] == row["after"] for row in rows)
    return None if same else tables.Table("What changed since the preview", COMPARED, rows)


def _made(made: list[queries.Made]) -> tables.Table:
    rows = [
        {
            "on": wording.short_day(one.entry_day),
            "href": reverse("revenues:collection", args=[one.number]),
            "items": one.items,
            "pence": one.pence,
            "returned": one.returned,
            "returned_pence": one.returned_pence,
            "state": one.state,
        }
        for one in made
    ]
    return tables.Table("Collections", MADE, rows, empty="Nothing has been collected here yet.")


def _chart(made: list[queries.Made]) -> charts.Chart | None:
    shown = [one for one in reversed(made[:12]) if one.has_file]
    if not shown:
        return None
    most = max(shown, key=lambda one: one.pence)
    returned = sum(one.returned_pence for one in shown)
    return charts.stacked_bars(
        "Collected by Direct Debit, by day",
        f"The most on {wording.day(most.entry_day)}: {wording.money(most.pence)}. "
        f"{wording.money(returned)} came back.",
        [
            (wording.short_day(one.entry_day), [one.pence - one.returned_pence, one.returned_pence])
            for one in shown
        ],
        series=["Collected", "Came back"],
        of="Day",
        shows=wording.money,
    )


def _prepared() -> tables.Table:
    previews = queries.previews()
    names = officers.names({one.by for one in previews})
    rows = [
        {
            "what": wording.short_day(_entry_day(one)),
            "href": reverse("revenues:collection_preview", args=[one.pk]),
            "on": one.on,
            "by": names[one.by],
            "state": "Done" if (state := runs.progress(one)).is_done else f"{state.percent}%",
        }
        for one in previews
    ]
    return tables.Table("Previews", PREPARED, rows, empty="Nothing has been prepared yet.")


def _entry_day(run: Run) -> date:
    return date.fromisoformat(run.asked["entry_day"])


def _page_of(run: Run) -> str:
    name = "collection_preview" if run.kind == collections.PREVIEW else "collection"
    return reverse(f"revenues:{name}", args=[run.pk])
