"""The limits that both partners set themselves."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, fields, forms, tables
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, limits
from borough.lines.change.commands import limits as commands

COLUMNS = (
    tables.text("title", "Limit"),
    tables.text("most", "At most"),
    tables.text("since", "Holds since"),
    tables.text("can", "What you can do"),
)


class Limit(forms.Form):
    most = fields.WholeNumberField(
        what="how many at most", label="How many at most?", min_value=1, max_value=commands.MOST
    )
    starts = fields.DayField(what="from which day", label="From which day?")


@page(capabilities.SEE_CHANGE)
def limits_page(visit: Visit) -> HttpResponse:
    """Show every limit as it holds today."""
    may = capabilities.SET_LIMITS.slug in visit.actor.capabilities
    rows = [
        {
            "title": one.kind.title,
            "most": f"{one.most} {one.kind.unit}",
            "since": one.since or cells.Tag("Proposed, decided by nobody", "yellow"),
            "can": cells.Link("Set", reverse("change:limit", args=[slug]), one.kind.title)
            if may
            else "",
        }
        for slug, one in _by_address(visit)
    ]
    return render(visit, "change/limits.html", {"table": tables.Table("Limits", COLUMNS, rows)})


@page(capabilities.SET_LIMITS)
def limit(visit: Visit, of: str) -> HttpResponse:
    """Set one limit."""
    found = dict(_by_address(visit)).get(of)
    if found is None:
        raise Http404
    deed = doing.Deed(
        title=f"Set a limit: {found.kind.title}",
        says=f"At most {found.most} {found.kind.unit} today. What was begun before the new day "
        "keeps the limit of its own.",
        act=lambda most, starts: commands.set_limit(
            of=found.kind.slug, most=most, starts=starts, by=visit.actor, on=visit.today
        ),
        done="Limit set",
        back=reverse("change:limits"),
        places={commands.PastDay: "starts", commands.NoLimit: "most"},
    )
    form = Limit(doing.asked(visit), initial={"most": found.most, "starts": visit.today})
    return doing.answer(visit, form, deed)


def _by_address(visit: Visit) -> list[tuple[str, limits.Holds]]:
    """Return each limit with its name in an address, which has no dots."""
    held = limits.holding(visit.today)
    return [(slug.replace(".", "-").replace("_", "-"), one) for slug, one in held.items()]
