"""Lessons: searching them, and writing one down."""

from django.http import HttpResponse
from django.shortcuts import render

from borough.kernel import doing
from borough.kernel.pages import cells, fields, forms, paging, tables
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities
from borough.lines.change.commands import lessons as commands
from borough.lines.change.pages import choosing
from borough.lines.change.queries import lessons as queries

COLUMNS = (
    tables.text("lesson", "What happened"),
    tables.text("next_time", "Next time"),
    tables.text("initiative", "Learned from", link="href"),
    tables.day("on", "On"),
)


class Filter(forms.FilterForm):
    words = fields.TextField(what="words to look for", label="Words to look for", max_length=100)


class New(forms.Form):
    title = fields.TextField(what="the lesson", label="The lesson in a few words", max_length=120)
    happened = fields.LongTextField(what="what happened", label="What happened?", max_length=2000)
    next_time = fields.LongTextField(
        what="what to do next time", label="What should be done next time?", max_length=2000
    )


@page(capabilities.SEE_CHANGE)
def lessons(visit: Visit) -> HttpResponse:
    """Show what was learned, all of it or what holds some words."""
    form = Filter(visit.GET)
    shown = paging.numbered(queries.search(form.chosen().get("words", "")), visit.GET)
    rows = [
        {
            "lesson": cells.Lines((one.title, one.happened)),
            "next_time": one.next_time,
            "initiative": one.initiative.title,
            "href": choosing.address(one.initiative_id),
            "on": one.on,
        }
        for one in shown
    ]
    table = tables.Table("Lessons", COLUMNS, rows, empty="No lesson holds these words.")
    return render(visit, "change/lessons.html", {"filter": form, "table": table, "page": shown})


@page(capabilities.OWN_INITIATIVE)
def new(visit: Visit, number: int) -> HttpResponse:
    """Write a lesson down."""
    found = choosing.initiative(number)
    deed = doing.Deed(
        title="Write down a lesson",
        says=f"{found.title}. For whoever does the like next: name nobody.",
        act=lambda title, happened, next_time: commands.keep(
            initiative=found,
            title=title,
            happened=happened,
            next_time=next_time,
            by=visit.actor,
            on=visit.today,
        ),
        done="Written down",
        back=choosing.address(number),
    )
    return doing.answer(visit, New(doing.asked(visit)), deed)
