"""Which records of other services are joined to a resident, and taking one apart again."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from borough.kernel import dated, doing, records, visits
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, forms, tables, wording
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.resident.identity import capabilities, commands, models
from borough.resident.sources import known
from borough.resident.sources import queries as sources
from borough.resident.sources.models import Record, RecordState

LARGEST_ID = 2**63 - 1
COLUMNS = (
    tables.text("source", "Record"),
    tables.text("written", "As they write it"),
    tables.text("joined", "Joined"),
    tables.text("change", "What you can do"),
)


def of_person(number: int, **_: object) -> visits.Subject:
    """Return whose records are shown."""
    if number > LARGEST_ID:
        raise Http404
    person = get_object_or_404(Person, pk=number).pk
    return visits.Subject((person,), f"{records.PERSON}/{person}", f"resident {person}")


@personal(capabilities.REVIEW_LINKS, subject=of_person)
def joined(visit: Visit, number: int) -> HttpResponse:
    """List the records that are joined to a resident: whose, since when, and who decided."""
    if elsewhere := _refuse(visit):
        return elsewhere
    links = models.Link.objects.filter(dated.holds_on(visit.today), person=number)
    shown = [
        one
        for one in links.select_related("record").order_by("pk")
        if visit.purpose.slug in known.sources()[one.record.source].purposes
    ]
    written = sources.written([one.record_id for one in shown], visit.today)
    names = officers.names({one.decided_by for one in shown})
    rows = [_row(one, written.get(one.record_id), names) for one in shown]
    table = tables.Table("Records joined to this resident", COLUMNS, rows, empty="None is joined.")
    return render(visit, "identity/joined.html", {"table": table, "number": number})


@personal(capabilities.REVIEW_LINKS, subject=of_person)
def split(visit: Visit, number: int, record: int) -> HttpResponse:
    """Take a record apart from the resident to whom it was joined."""
    if elsewhere := _refuse(visit):
        return elsewhere
    theirs, is_joined = _theirs(number, record, visit)
    source = known.sources()[theirs.source]
    deed = doing.Deed(
        title="This record is somebody else’s",
        says=f"What {source.title} told us leaves this resident’s page at once, and the two are "
        "not joined again by themselves. A plan or a breathing space that rests on it does not "
        "change by itself: look at both. Tell the resident what we had mixed up.",
        act=lambda: commands.split(
            record=theirs,
            person=Person.objects.get(pk=number),
            by=visit.actor,
            on=visit.today,
        ),
        done="Taken apart",
        back=reverse("identity:joined", args=[number]),
        button="Take it apart",
        over="" if is_joined else "This record is not joined to them any more.",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _refuse(visit: Visit) -> HttpResponse | None:
    """Send whoever came for another purpose to choose the one that shows what others hold."""
    if visit.purpose.shows_joined:
        return None
    return redirect(f"{reverse('purpose')}?{urlencode({'next': visit.path})}")


def _theirs(person: int, record: int, visit: Visit) -> tuple[Record, bool]:
    """Return a record, and whether it is joined to a person; one that never was is no page."""
    pair = {"person": person, "record": min(record, LARGEST_ID)}
    is_joined = models.Link.objects.filter(dated.holds_on(visit.today), **pair).exists()
    if not is_joined and not models.Apart.objects.filter(**pair).exists():
        raise Http404
    return get_object_or_404(Record, pk=record), is_joined


def _row(
    link: models.Link, written: RecordState | None, names: dict[str, str]
) -> dict[str, object]:
    source = known.sources()[link.record.source]
    how = link.get_method_display()
    if link.method == models.Link.Method.DECIDED:
        how = f"By {names.get(link.decided_by, link.decided_by)}"
    there = reverse("identity:split", args=[link.person_id, link.record_id])
    return {
        "source": cells.Lines((source.title, source.holder)),
        "written": _written(written),
        "joined": cells.Lines((f"From {wording.day(link.starts)}", how)),
        "change": cells.Link("It is somebody else’s", there, f"the record of {source.title}"),
    }


def _written(one: RecordState | None) -> object:
    """Return name, birth and address as the other service writes them."""
    if one is None:
        return "No longer sent to us"
    name = " ".join(filter(None, (one.title, one.given_names, one.family_name)))
    born = f"born {wording.day(one.date_of_birth)}" if one.date_of_birth else ""
    return cells.Lines(tuple(filter(None, (name, born, *one.address.splitlines(), one.postcode))))
