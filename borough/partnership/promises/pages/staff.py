"""The staff behind the promises: in sums for whoever sees promises, row by row for few."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, charts, fields, forms, paging, tables
from borough.kernel.visits import Visit, page
from borough.partnership.files import showing
from borough.partnership.measures import entering
from borough.partnership.promises import capabilities, listing, models
from borough.partnership.promises import staff as people
from borough.partnership.promises.commands import staff as commands
from borough.rules import years

YEARS_SHOWN, SIZE = 10, 50
YEARS = (
    tables.text("year", "At the end of"),
    tables.text("kept", "Of those transferred, employed"),
    tables.text("local", "FTE in the borough"),
    tables.text("away", "FTE elsewhere"),
    tables.text("unknown", "FTE, place not known"),
    tables.text("worked", "FTE-years in the borough"),
    tables.text("left", "Left, of those transferred"),
)
SPELLS = (
    tables.text("number", "Number"),
    tables.text("post", "Post"),
    tables.text("fte", "FTE"),
    tables.text("place", "Place of work"),
    tables.day("starts", "From"),
    tables.text("until", "Until"),
    tables.text("transferred", "Transferred"),
    tables.text("can", "What you can do"),
)
LOADS = {
    "list": showing.Loading(
        "Load the list of staff",
        "A CSV file: Number, Post, FTE, Work postcode, Work ward, From, Until, Why left, "
        "Transferred on, Pension, Terms protected; a row for each post. People "
        "have a number given for this list alone: a name is set aside.",
        commands.load_staff,
    ),
    "training": showing.Loading(
        "Load records of training",
        "A CSV file: Number, Day, Course, Hours.",
        commands.load_training,
    ),
}


class Work(forms.Form):
    """Somebody's post, where it is and since when."""

    number = fields.TextField(
        what="the number",
        label="Which number has the list given them?",
        help_text="Like ST-0412. Never a name.",
        max_length=20,
    )
    post = fields.TextField(what="the post", label="In which post?", max_length=80)
    fte = fields.TextField(
        what="how much of full time",
        label="How much of full time?",
        help_text="1 is full time, 0.5 half of it.",
    )
    postcode = fields.TextField(
        what="the postcode of the place of work",
        label="What is the postcode of the place of work?",
        max_length=8,
    )
    ward = fields.TextField(
        what="the code of its ward", label="Which ward is that?", max_length=9, required=False
    )
    starts = fields.DayField(what="the first day", label="From which day?")
    transferred_on = fields.DayField(
        what="the day of the transfer",
        label="On which day were they transferred, if they were?",
        required=False,
    )


class Leaving(forms.Form):
    """From when, and why."""

    ends = fields.DayField(
        what="the first day on which it is no longer so",
        label="From which day do they not work in this post?",
        help_text="A day to come is notice that was given.",
    )
    why = fields.ChoiceField(
        what="why", label="Why?", choices=[(one.value, str(one.label)) for one in models.Spell.Why]
    )


@page(capabilities.SEE_PROMISES)
def staff(visit: Visit) -> HttpResponse:
    """Show the staff in sums, year by year."""
    spells = people.worked()
    this = years.Year.holding(visit.today)
    first = min((years.Year.holding(one.starts) for one in spells), default=this)
    shown = [years.Year(one) for one in range(this.first, first.first - 1, -1)][:YEARS_SHOWN]
    rows = [_year(spells, one, visit.today) for one in shown] if spells else []
    return render(
        visit,
        "promises/staff.html",
        {
            "chart": _chart(spells, shown[::-1], visit.today) if spells else None,
            "years": tables.Table("Year by year", YEARS, rows, empty="Nobody is on the list yet."),
            "files": showing.table(
                "Files taken in", (commands.STAFF, commands.TRAINING), empty="No file was taken in."
            ),
            "may": visit.actor.capabilities,
            "back": reverse("partnership:promises"),
        },
    )


@page(capabilities.SEE_STAFF)
def rows(visit: Visit) -> HttpResponse:
    """Show the list, row by row: numbers, no names."""
    found = models.Spell.objects.select_related("member").order_by("member__number", "-starts")
    shown = paging.numbered(found, visit.GET, size=SIZE)
    may = capabilities.RECORD_STAFF.slug in visit.actor.capabilities
    table = tables.Table(
        "Posts", SPELLS, [_spell(one, may=may) for one in shown], empty="Nobody is on the list yet."
    )
    context = {"spells": table, "page": shown, "back": reverse("partnership:staff")}
    return render(visit, "promises/staff_rows.html", context)


@page(capabilities.RECORD_STAFF)
def load(visit: Visit, what: str) -> HttpResponse:
    """Load the list, or training."""
    return showing.load(visit, what, LOADS, reverse("partnership:staff"))


@page(capabilities.RECORD_STAFF)
def work(visit: Visit) -> HttpResponse:
    """Record that somebody works in a post."""

    def act(number: str, post: str, fte: str, postcode: str, **rest: date | str | None) -> None:
        told = listing.Entry(
            number=number.strip().upper(),
            post=post.strip(),
            fte_hundredths=entering.hundredths(fte),
            postcode=people.postcode(postcode),
            **rest,  # type: ignore[arg-type]
        )
        commands.record_work(entry=told, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title="Record somebody’s post",
        says="A new number is somebody new. Somebody whose post or hours change has the old post "
        "ended, and a new one.",
        act=act,
        done="Recorded",
        back=reverse("partnership:staff_rows"),
        places={entering.NoNumber: "fte"},
    )
    return doing.answer(visit, Work(doing.asked(visit)), deed)


@page(capabilities.RECORD_STAFF)
def leave(visit: Visit, number: int) -> HttpResponse:
    """Say from when somebody works in a post no more."""
    spell = get_object_or_404(models.Spell.objects.select_related("member"), pk=number)
    deed = doing.Deed(
        title=f"End the post of {spell.member.number}",
        says=f"{spell.post}. Promises about jobs are judged anew by it.",
        act=lambda ends, why: commands.end_work(
            spell=spell, ends=ends, why=models.Spell.Why(why), by=visit.actor, on=visit.today
        ),
        done="Recorded",
        back=reverse("partnership:staff_rows"),
        places={commands.NotADay: "ends"},
        over="This post has ended already." if spell.ends else "",
    )
    return doing.answer(visit, Leaving(doing.asked(visit)), deed)


def _year(spells: list[people.Worked], year: years.Year, on: date) -> dict[str, object]:
    day = min(on, year.ends - timedelta(days=1))
    here, moved = people.still_employed(spells, day)
    places = people.local_fte(spells, day)
    left = people.left(spells, year, transferred=True)
    why = [f"{count} {str(models.Spell.Why(one).label).lower()}" for one, count in left.items()]
    return {
        "year": year.name if day < on else f"{year.name}, so far",
        "kept": f"{here} of {moved}" if moved else "Nobody was transferred",
        "local": _fte(places[True]),
        "away": _fte(places[False]),
        "unknown": _fte(places[None]),
        "worked": f"{float(people.fte_years(_until(spells, on), year)):,.2f}",
        "left": cells.Lines(tuple(why)) if why else "Nobody",
    }


def _until(spells: list[people.Worked], on: date) -> list[people.Worked]:
    """Return spells as far as they have been worked by the end of a day."""
    after = on + timedelta(days=1)
    return [
        people.Worked(
            one.member,
            one.transferred_on,
            one.fte_hundredths,
            one.starts,
            min(one.ends or after, after),
            one.why,
            one.is_local,
        )
        for one in spells
        if one.starts <= on
    ]


def _chart(spells: list[people.Worked], shown: list[years.Year], on: date) -> charts.Chart:
    ends = [min(on, year.ends - timedelta(days=1)) for year in shown]
    places = [people.local_fte(spells, day) for day in ends]
    now = places[-1]
    total = sum(now.values())
    return charts.stacked_bars(
        "Where the work is done",
        f"{_fte(now[True])} of {_fte(total)} full-time equivalents work in the borough.",
        [
            (year.name, [one[True], one[False], one[None]])
            for year, one in zip(shown, places, strict=True)
        ],
        series=["In the borough", "Elsewhere", "Place not known"],
        of="At the end of",
        shows=lambda hundredths: _fte(hundredths or 0),
    )


def _spell(one: models.Spell, *, may: bool) -> dict[str, object]:
    until: object = one.ends or "Still so"
    if one.ends:
        until = cells.Lines((one.ends, one.get_why_display()))
    address = reverse("partnership:staff_leave", args=[one.pk])
    return {
        "number": one.member.number,
        "post": one.post,
        "fte": _fte(one.fte_hundredths),
        "place": f"{one.postcode} {one.ward}".strip(),
        "starts": one.starts,
        "until": until,
        "transferred": one.member.transferred_on or "No",
        "can": cells.Link("End it", address, one.member.number) if may and not one.ends else "",
    }


def _fte(hundredths: int) -> str:
    return f"{hundredths / 100:,.2f}"
