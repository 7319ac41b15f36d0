"""What is past the time for which it is kept, and erasing it by the council's decision."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, page
from borough.resident.looking import capabilities, erasing, keeping

COLUMNS = (
    tables.text("what", "What"),
    tables.text("purpose", "Kept for"),
    tables.day("before", "Past its time if before"),
    tables.number("count", "How many"),
    tables.text("says", "What erasing does"),
    tables.text("todo", "What you can do"),
)
LARGEST = 2**31 - 1


class Erasing(forms.Form):
    """By whose decision, and how many: typed, because nothing brings them back."""

    decided = fields.TextField(
        what="who decided it",
        label="Who in the council decided how long it is kept, when, and where is it written?",
        help_text="For example Cabinet, 12 March 2026, minute 34.",
        max_length=200,
    )
    seen = fields.WholeNumberField(
        what="how many are erased",
        label="How many are erased? Enter the number above.",
        min_value=1,
        max_value=LARGEST,
    )


@page(capabilities.REVIEW_LOOKS)
def past(visit: Visit) -> HttpResponse:
    """List what is past its time."""
    may = capabilities.ERASE_PAST.slug in visit.actor.capabilities
    rows = [_row(one, may=may) for one in keeping.past(visit.today)]
    table = tables.Table("What is kept, and what is past its time", COLUMNS, rows)
    return render(visit, "looking/keeping.html", {"table": table})


@page(capabilities.ERASE_PAST)
def erase(visit: Visit, what: str) -> HttpResponse:
    """Show how much of a kind would go, and erase it."""
    kind = keeping.kinds().get(what)
    if kind is None or not kind.becomes:
        raise Http404
    found = keeping.of_kind(kind, visit.today)
    form = Erasing(doing.asked(visit))
    if known := keeping.decided_by(kind, visit.today):
        del form.fields["decided"]
    deed = doing.Deed(
        title="Erase what is past its time",
        says=f"{kind.says}. Nothing brings back what is erased.",
        act=lambda seen, decided="": erasing.erase(
            what=what, seen=seen, decided=decided, by=visit.actor, on=visit.today
        ),
        done="Erased",
        back=reverse("kept"),
        places={erasing.NotDecided: "decided", erasing.ChangedMeanwhile: "seen"},
        button="Erase them for good",
        over="" if found.count else "Nothing of it is past its time.",
    )
    also = {"rows": _preview(kind, found, known)}
    return doing.answer(visit, form, deed, template="looking/erasing.html", also=also)


def _row(one: keeping.Past, *, may: bool) -> dict[str, Any]:
    there = reverse("erase", args=[one.slug]) if one.slug else ""
    can = may and one.slug and one.count
    return {
        "what": one.what,
        "purpose": one.purpose.title,
        "before": one.before,
        "count": one.count,
        "says": one.says,
        "todo": cells.Link("Look and erase", there, one.what) if can else "",
    }


def _preview(kind: keeping.Kind, found: keeping.Past, known: str) -> list[components.Row]:
    """Return what would go: of what, how many, from when to when, by whose decision."""
    first, last = keeping.span(kind, found.before) if found.before else (None, None)
    days = f"{wording.day(first)} to {wording.day(last)}" if first and last else None
    return [
        components.Row("What", found.what),
        components.Row("Kept for", found.purpose.title),
        components.Row("How many", wording.number(found.count)),
        components.Row("Served it for the last time", days),
        components.Row("Past its time if before", found.before),
        components.Row("Decided", known or "A proposal: the council has to decide"),
    ]
