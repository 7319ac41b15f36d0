"""The sources and their feeds: load one, look at what it would change, take it in, take it back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing, feeds, joining
from borough.kernel.officers import queries as officers
from borough.kernel.pages import (
    cells,
    components,
    fields,
    forms,
    links,
    one_use,
    paging,
    tables,
    wording,
)
from borough.kernel.runs import queries as runs
from borough.kernel.runs.models import Run
from borough.kernel.visits import Subject, Visit, page, personal
from borough.resident.sources import capabilities, commands, known, models, queries, tasks

LARGEST_ID = 2**63 - 1
MOST_MEGABYTES = feeds.MOST_BYTES // 1024 // 1024
NEWEST = 30
BRINGS = {
    "people": "people",
    "debts": "debts",
    "awards": "awards",
    "deaths": "deaths",
    "moratoria": "breathing spaces",
    "contacts": "contacts about paying",
}
CHANGED = {"people": "People", "debts": "Debts", "awards": "Awards"}

SOURCES = (
    tables.text("title", "Source", link="href"),
    tables.text("holder", "Held by"),
    tables.day("as_at", "As at"),
    tables.number("debts", "Debts"),
    tables.money("pence", "Owed to them"),
    tables.number("set_aside", "Set aside"),
    tables.text("basis", "Lawful basis"),
)
FEEDS = (
    tables.text("feed", "Feed", link="href"),
    tables.day("as_at", "As at"),
    tables.number("rows", "Rows"),
    tables.number("set_aside", "Set aside"),
    tables.money("total", "Total"),
    tables.text("state", "State"),
    tables.text("by", "By"),
)
CHANGES = (
    tables.text("what", "What"),
    tables.number("new", "New"),
    tables.number("changed", "Changed"),
    tables.number("same", "As before"),
    tables.number("gone", "No longer reported"),
)
ASIDE = (tables.number("line", "Line"), tables.text("reason", "Why"))
STOOD = (*ASIDE, tables.text("row", "What stood there"))


class Load(forms.Form):
    """A file, the day that it speaks of, and the total that its holder gave."""

    file = fields.UploadField(
        what="a file",
        label="Which file?",
        extensions=frozenset({"csv", "txt"}),
        most_megabytes=MOST_MEGABYTES,
    )
    as_at = fields.DayField(
        what="the day of which the file speaks",
        label="Of which day does it speak?",
        help_text="The day on which the holder made it, for example 27 3 2026.",
    )
    announced_pence = fields.MoneyField(
        what="the total that the holder gave",
        label="What total did the holder give?",
        help_text="The file is taken only when all its rows come to this total.",
        least_pence=-fields.LARGEST_PENCE,
        required=False,
    )


class Withdraw(forms.Form):
    """Why it is taken back, and the second thought."""

    reason = fields.ChoiceField(
        what="why it is taken back",
        label="Why is it taken back?",
        choices=models.Withdrawal.Reason.choices,
    )
    sure = fields.ConfirmField(
        what="to confirm that it is to be taken back",
        label="I have looked at what will be as it was before, and it is to be taken back",
    )


@page(capabilities.SEE_SOURCES)
def sources(visit: Visit) -> HttpResponse:
    """List the sources: whose they are, by what right, as at when, and what they come to."""
    totals, as_at = queries.totals(visit.today), queries.newest_feeds(visit.today)
    last = queries.last_feeds()
    rows = [
        {
            "title": one.title,
            "href": reverse("sources:source", args=[one.slug]),
            "holder": one.holder,
            "as_at": cells.Tag("Nothing yet", "grey") if slug not in as_at else as_at[slug],
            "debts": totals.get(slug, (0, 0))[0] if "debts" in one.brings else None,
            "pence": totals.get(slug, (0, 0))[1] if "debts" in one.brings else None,
            "set_aside": last[slug].set_aside if slug in last else None,
            "basis": cells.Tag("Confirmed", "green")
            if one.verified
            else cells.Tag("To be confirmed", "orange"),
        }
        for slug, one in known.sources().items()
    ]
    total = {"title": "Together", "pence": sum(pence for _, pence in totals.values())}
    table = tables.Table("Sources", SOURCES, rows, total=total)
    waiting = queries.waiting_notices().count()
    return render(visit, "sources/sources.html", {"table": table, "waiting": waiting})


@page(capabilities.SEE_SOURCES)
def source(visit: Visit, slug: str) -> HttpResponse:
    """Show one source: its holder and right, what stands of it, and its feeds."""
    found = _source(slug)
    newest = list(queries.feeds_of(slug)[:NEWEST])
    names = officers.names({one.by for one in newest})
    rows = [
        {
            "feed": _name(one),
            "href": reverse("sources:feed", args=[one.pk]),
            "as_at": one.as_at,
            "rows": one.rows,
            "set_aside": one.set_aside,
            "total": one.total_pence,
            "state": _state(one),
            "by": names.get(one.by, one.by),
        }
        for one in newest
    ]
    stands = any(one.taken_in_on and not one.withdrawal_id for one in newest)
    may = visit.actor.capabilities
    context = {
        "source": found,
        "rows": _about(found),
        "table": tables.Table("Feeds", FEEDS, rows, empty="No feed was loaded yet."),
        "may_load": capabilities.LOAD_FEED.slug in may,
        "may_withdraw": stands and capabilities.WITHDRAW_FEED.slug in may,
    }
    return render(visit, "sources/source.html", context)


@page(capabilities.LOAD_FEED)
def load(visit: Visit, slug: str) -> HttpResponse:
    """Hand in a file, to be read and looked at before it counts."""
    found = _source(slug)
    form = Load(visit.POST or None, visit.FILES or None, initial={"as_at": visit.today})
    if found.total == "none":
        del form.fields["announced_pence"]
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                feed = commands.prepare_feed(
                    source=slug,
                    content=form.cleaned_data["file"].read(),
                    as_at=form.cleaned_data["as_at"],
                    announced_pence=form.cleaned_data.get("announced_pence"),
                    by=visit.actor,
                    on=visit.today,
                )
                tasks.read_feed.defer(run_id=feed.reading_id)
        except one_use.AlreadySent:
            return redirect("sources:source", slug)
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(_field_of(refusal, form), str(refusal))
        else:
            return redirect("sources:feed", feed.pk)
    headings = [one.heading for one in found.layout.columns.values() if one.needed]
    context = {"form": form, "source": found, "headings": ", ".join(headings)}
    return render(visit, "sources/load.html", context)


@page(capabilities.SEE_SOURCES)
def feed(visit: Visit, number: int) -> HttpResponse:
    """Show one feed: what it would change, or did; and take it in once it was looked at."""
    found = _feed(number)
    form = forms.Form(visit.POST if visit.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                run = commands.commit_feed(feed=found, by=visit.actor, on=visit.today)
                tasks.take_in_feed.defer(run_id=run.pk)
        except one_use.AlreadySent:
            return redirect("sources:feed", number)
        except commanding.NotAllowed:
            raise
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "The feed is being taken in")
            return redirect("sources:feed", number)
    return render(visit, "sources/feed.html", {"form": form, **_feed_context(visit, found)})


def _of_rows(number: int) -> Subject:
    return Subject((), _feed(number).thing, f"rows set aside of feed {number}")


@personal(capabilities.SEE_SOURCES, subject=_of_rows)
def rows(visit: Visit, number: int) -> HttpResponse:
    """Show what stood in the rows set aside, for a purpose that shows what others told."""
    if not visit.purpose.shows_joined:
        return redirect(f"{reverse('purpose')}?{urlencode({'next': visit.path})}")
    found = _feed(number)
    source_of = known.sources()[found.source]
    aside = paging.numbered(found.set_aside_rows.order_by("line"), visit.GET)
    table = tables.Table("Rows set aside", STOOD, [_stood(one, source_of) for one in aside])
    context = {"feed": found, "name": _name(found), "aside": table, "page": aside}
    return render(visit, "sources/rows.html", context)


@page(capabilities.LOAD_FEED)
def discard(visit: Visit, number: int) -> HttpResponse:
    """Let go of a feed that is not wanted."""
    found = _feed(number)
    deed = doing.Deed(
        title="Do not take this feed in",
        says="What was read of the file is forgotten. Nothing of it ever counted.",
        act=lambda: commands.discard_feed(feed=found, by=visit.actor, on=visit.today),
        done="The feed was let go of",
        back=reverse("sources:source", args=[found.source]),
        button="Let go of it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.WITHDRAW_FEED)
def withdraw_feed(visit: Visit, number: int) -> HttpResponse:
    """Take back the newest feed, to what stood before it."""
    found = _feed(number)
    holder = known.sources()[found.source].holder

    def act(reason: str, sure: object) -> None:
        run = commands.withdraw_feed(feed=found, reason=reason, by=visit.actor, on=visit.today)
        tasks.withdraw_feeds.defer(run_id=run.pk)

    deed = doing.Deed(
        title=f"Take back {_name(found).lower()}",
        says=f"What {holder} told before it holds again from today: people, debts and awards. "
        "What is owed is posted back by opposite postings; nothing is erased from the ledger.",
        act=act,
        done="The feed is being taken back",
        back=reverse("sources:feed", args=[number]),
        button="Take it back",
    )
    return doing.answer(visit, Withdraw(doing.asked(visit)), deed)


@page(capabilities.WITHDRAW_FEED)
def withdraw_source(visit: Visit, slug: str) -> HttpResponse:
    """Take back all that a source has sent."""
    found = _source(slug)
    count, pence = queries.totals(visit.today).get(slug, (0, 0))

    def act(reason: str, sure: object) -> None:
        run = commands.withdraw_source(source=slug, reason=reason, by=visit.actor, on=visit.today)
        tasks.withdraw_feeds.defer(run_id=run.pk)

    deed = doing.Deed(
        title=f"Take back all of {found.title}",
        says=f"All that {found.holder} told ends today: {count:,} debts that come to "
        f"{wording.money(pence)}, and whom they concern. No page shows them from then on.",
        act=act,
        done="The source is being taken back",
        back=reverse("sources:source", args=[slug]),
        button="Take all of it back",
    )
    return doing.answer(visit, Withdraw(doing.asked(visit)), deed)


def _source(slug: str) -> known.Source:
    found = known.sources().get(slug)
    if found is None:
        raise Http404
    return found


def _feed(number: int) -> models.Feed:
    rows = models.Feed.objects.select_related("reading", "taking", "withdrawal")
    found = rows.filter(pk=min(number, LARGEST_ID)).first()
    if found is None or found.source not in known.sources():
        raise Http404
    return found


def _field_of(refusal: Exception, form: forms.Form) -> str | None:
    places: dict[type[Exception], str] = {
        commands.NotOfThatDay: "as_at",
        commands.NoTotal: "announced_pence",
    }
    places[feeds.UnreadableFile] = "file"
    name = places.get(type(refusal))
    return name if name in form.fields else None


def _about(found: known.Source) -> list[components.Row]:
    consent = "Each person’s own consent, with its dates" if found.consent_needed else "Not needed"
    declared = joining.purposes()
    purposes = tuple(declared[slug].title for slug in found.purposes if slug in declared)
    checked = found.verified or ("Nobody yet: ask the data protection officer",)
    return [
        components.Row("Held by", f"{found.holder}{' (invented)' if found.invented else ''}"),
        components.Row("Brings", ", ".join(BRINGS[one] for one in BRINGS if one in found.brings)),
        components.Row("Lawful basis", found.lawful_basis),
        components.Row("Confirmed by", cells.Lines(tuple(checked))),
        components.Row("For", cells.Lines(purposes)),
        components.Row("Consent", consent),
    ]


def _feed_context(visit: Visit, found: models.Feed) -> dict[str, Any]:
    source_of = known.sources()[found.source]
    run = _run(found)
    state = runs.progress(run)
    aside = paging.numbered(found.set_aside_rows.order_by("line"), visit.GET)
    may = visit.actor.capabilities
    is_read = found.taking_id is None and found.changes is not None and state.is_done
    return {
        "feed": found,
        "name": _name(found),
        "source": source_of,
        "tag": _state(found),
        "state": state,
        "run_is_reading": run == found.reading,
        "refresh_seconds": None if state.ended else links.refresh_seconds(visit.GET),
        "sums": _sums(visit, found),
        "changes": _changes(found),
        "aside": tables.Table("Rows set aside", ASIDE, [_aside(one) for one in aside]),
        "page": aside,
        "may_commit": is_read and queries.is_staged(found) and capabilities.LOAD_FEED.slug in may,
        "may_withdraw": queries.is_newest(found) and capabilities.WITHDRAW_FEED.slug in may,
    }


def _run(found: models.Feed) -> Run:
    """Return the run that says how far the feed is."""
    if found.taking is None:
        return found.reading
    asked = models.Withdrawal.objects.filter(source=found.source, run__asked__feed=found.pk)
    latest = asked.select_related("run").order_by("-pk").first()
    return latest.run if latest else found.taking


def _sums(visit: Visit, found: models.Feed) -> list[components.Row]:
    if found.rows is None:
        return []
    rows = [
        components.Row("As at", wording.day(found.as_at)),
        components.Row("Good rows", wording.number(found.rows)),
        components.Row("Rows set aside", wording.number(found.set_aside)),
    ]
    if known.sources()[found.source].amount:
        rows += [
            components.Row("They come to", wording.money(found.total_pence)),
            components.Row("Those set aside come to", wording.money(found.aside_pence)),
        ]
    if found.taken_in_on is None and "debts" in known.sources()[found.source].brings:
        now = queries.totals(visit.today).get(found.source, (0, 0))[1]
        rows.append(components.Row("What stands now comes to", wording.money(now)))
    if found.withdrawal:
        why = found.withdrawal.get_reason_display()
        rows.append(components.Row("Taken back", f"{wording.day(found.withdrawal.on)}: {why}"))
    return rows


def _changes(found: models.Feed) -> tables.Table | None:
    if found.changes is None:
        return None
    rows = [
        {"what": title, **found.changes[name]}
        for name, title in CHANGED.items()
        if name in found.changes
    ]
    caption = "What it changed" if found.taken_in_on else "What it would change"
    return tables.Table(caption, CHANGES, rows)


def _aside(one: models.SetAside) -> dict[str, Any]:
    return {"line": one.line, "reason": one.reason}


def _stood(one: models.SetAside, source_of: known.Source) -> dict[str, Any]:
    """Return what stood in a row, in the order of its file; nothing where we may not keep it."""
    headings = [column.heading for column in source_of.layout.columns.values()]
    stood = tuple(f"{heading}: {one.row[heading]}" for heading in headings if one.row.get(heading))
    return _aside(one) | {"row": cells.Lines(stood) if stood else "Not kept"}


def _name(found: models.Feed) -> str:
    return f"Feed {found.sha256[:8]}"


def _state(found: models.Feed) -> cells.Tag:
    state = runs.progress(_run(found))
    if found.withdrawal_id:
        return cells.Tag("Taken back", "grey")
    if state.ended == "refused":
        return cells.Tag("Refused", "red")
    if not state.is_done:
        return cells.Tag(f"{state.percent}%", "blue")
    if found.taken_in_on:
        return cells.Tag("Taken in", "green")
    return cells.Tag("Looked at", "yellow") if queries.is_staged(found) else cells.Tag("Let go of")
