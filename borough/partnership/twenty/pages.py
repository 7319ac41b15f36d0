"""The twenty cases: the seed told beforehand, the cases, what each would do, and how alike."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, charts, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import capabilities
from borough.partnership.decisions.pages import proof
from borough.partnership.sealed import capabilities as sealing
from borough.partnership.sealed import rounds
from borough.partnership.seats import queries as seats
from borough.partnership.twenty import books, commands, drawing, models, queries

DRAWS = (
    tables.text("quarter", "Quarter", link="href"),
    tables.text("state", "Stands"),
)
CASES = (
    tables.number("position", "Case"),
    tables.text("told", "What was known"),
    tables.text("council", "The council"),
    tables.text("partner", "The partner"),
)


class Closes(forms.Form):
    """Until when both seal what they would do."""

    closes = fields.DayField(
        what="the last day for sealing", label="Until which day may both seal what they would do?"
    )


class Answers(forms.Form):
    """What a partner would do in each case."""

    def __init__(self, draw: models.Draw, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in draw.drawn.order_by("position"):
            self.fields[f"case_{one.position}"] = fields.ChoiceField(
                what=f"what you would do in case {one.position}",
                label=f"Case {one.position}: {queries.title(one.kind)}",
                help_text=". ".join(one.told) + ".",
                choices=[(str(place), words) for place, words in enumerate(queries.options(one))],
            )


@page(capabilities.SEE_DECISIONS)
def twenty(visit: Visit) -> HttpResponse:
    """List the quarters whose cases are or will be drawn."""
    rows = [
        {
            "quarter": _quarter(one),
            "href": reverse("partnership:twenty_draw", args=[one.pk]),
            "state": _stands(one, visit.today),
        }
        for one in models.Draw.objects.order_by("-starts")
    ]
    starts, _ = drawing.quarter(visit.today)
    return render(
        visit,
        "twenty/twenty.html",
        {
            "draws": tables.Table("Quarters", DRAWS, rows, empty="No seed was told yet."),
            "may_tell": not models.Draw.objects.filter(starts=starts).exists(),
            "back": reverse("partnership:decisions"),
        },
    )


@page(capabilities.PREPARE_DECISION)
def tell(visit: Visit) -> HttpResponse:
    """Tell the seed of the present quarter."""
    starts, ends = drawing.quarter(visit.today)
    deed = doing.Deed(
        title="Tell the seed",
        says=f"A random number is told now, before the quarter from {wording.day(starts)} is over. "
        f"From {wording.day(ends)} it says which twenty cases are drawn: nobody chooses them.",
        act=lambda: commands.tell_seed(by=visit.actor, on=visit.today),
        done="The seed is told",
        back=reverse("partnership:twenty"),
        button="Tell it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.SEE_DECISIONS)
def draw(visit: Visit, number: int) -> HttpResponse:
    """Show a quarter's cases: as they are drawn, and as both decided once both are open."""
    found = get_object_or_404(models.Draw, pk=number)
    state, compared = rounds.newest(found.thing), queries.compared(found)
    return render(
        visit,
        "twenty/draw.html",
        {
            "draw": found,
            "quarter": _quarter(found),
            "stands": _stands(found, visit.today),
            "may_draw": state is None and visit.today >= found.ends,
            "may_ask_again": state is not None and state.is_over(visit.today),
            "may_answer": state is not None and _may_answer(visit, state),
            "closes": state and state.round.closes,
            "cases": _cases(found, compared),
            "kinds": [_kind(one) for one in queries.of_kinds(compared)],
            "chart": _chart(queries.of_kinds(compared)) if compared else None,
            "back": reverse("partnership:twenty"),
        },
    )


@page(capabilities.PREPARE_DECISION)
def draw_cases(visit: Visit, number: int) -> HttpResponse:
    """Draw the cases of a quarter that is over."""
    found = get_object_or_404(models.Draw, pk=number)
    deed = doing.Deed(
        title="Draw the cases",
        says="The seed that was told beforehand ranks every routine case that was decided in the "
        "quarter; the first twenty are drawn. Both then say what they would have decided.",
        act=lambda closes: commands.draw_cases(
            draw=found, closes=closes, by=visit.actor, on=visit.today
        ),
        done="Drawn. Now both decide them apart.",
        back=reverse("partnership:twenty_draw", args=[number]),
        places={commands.NotADay: "closes"},
        button="Draw them",
    )
    return doing.answer(visit, Closes(doing.asked(visit), initial={"closes": visit.today}), deed)


@page(capabilities.PREPARE_DECISION)
def again(visit: Visit, number: int) -> HttpResponse:
    """Ask both once more to decide the cases, because one did not seal in time."""
    found = get_object_or_404(models.Draw, pk=number)
    deed = doing.Deed(
        title="Ask both again",
        says="One of them did not seal in time. Both decide the same cases again, apart; what the "
        "other had sealed stays sealed for good.",
        act=lambda closes: commands.ask_again(
            draw=found, closes=closes, by=visit.actor, on=visit.today
        ),
        done="Both are asked again",
        back=reverse("partnership:twenty_draw", args=[number]),
        places={commands.NotADay: "closes"},
        button="Ask both again",
    )
    return doing.answer(visit, Closes(doing.asked(visit), initial={"closes": visit.today}), deed)


@page(sealing.SEAL)
def answer(visit: Visit, number: int) -> HttpResponse:
    """Decide the cases for the partner for whom the officer sits."""
    found = get_object_or_404(models.Draw, pk=number)
    state = rounds.newest(found.thing)

    def act(**told: str) -> None:
        choices = {int(name.partition("_")[2]): int(option) for name, option in told.items()}
        commands.answer(draw=found, choices=choices, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title="What would you decide?",
        says="Say it for the partner for whom you sit, without asking the other and without "
        "looking up what was decided. Once both have sealed, both are opened.",
        act=act,
        done="Sealed for your side",
        back=reverse("partnership:twenty_draw", args=[number]),
        button="Seal it",
        over="" if state and _may_answer(visit, state) else "There is nothing for you to seal.",
    )
    return doing.answer(visit, Answers(found, doing.asked(visit)), deed)


@page(capabilities.SEE_DECISIONS)
def check(visit: Visit, number: int) -> HttpResponse:
    """Check every link and seal of a quarter's cases anew."""
    found = get_object_or_404(models.Draw, pk=number)
    shown = proof.Checked(
        title=f"The twenty cases of {_quarter(found)}",
        of=found.thing,
        faults=books.faults(found),
        back=reverse("partnership:twenty_draw", args=[number]),
    )
    return proof.page_of(visit, shown)


@page(capabilities.SEE_DECISIONS)
def book(visit: Visit, number: int) -> HttpResponse:
    """Hand out the book of a quarter's cases; the same file to both partners."""
    found = get_object_or_404(models.Draw, pk=number)
    return proof.download(books.file(found), "application/json", f"twenty-{number}.json")


def _may_answer(visit: Visit, state: rounds.Standing) -> bool:
    seat = seats.seat_of(visit.actor, visit.today)
    return bool(seat and seat.party not in state.sealed and not state.is_over(visit.today))


def _quarter(one: models.Draw) -> str:
    return f"{wording.day(one.starts)} to {wording.day(one.last_day)}"


def _stands(one: models.Draw, on: date) -> cells.Tag:
    state = rounds.newest(one.thing)
    if state is None:
        return (
            cells.Tag("To be drawn", "blue") if on >= one.ends else cells.Tag("Seed told", "grey")
        )
    if state.is_open:
        return cells.Tag("Both opened", "green")
    if state.is_over(on):
        return cells.Tag("Not sealed in time", "red")
    return cells.Tag(f"{len(state.sealed)} of {len(state.round.sides)} sealed", "yellow")


def _cases(found: models.Draw, compared: list[queries.Compared]) -> tables.Table:
    chosen = {one.case.position: one for one in compared}
    rows = []
    for one in found.drawn.order_by("position"):
        both = chosen.get(one.position)
        rows.append(
            {
                "position": one.position,
                "told": cells.Lines((queries.title(one.kind), *one.told)),
                "council": queries.words(one, both.council) if both else "Sealed, or to come",
                "partner": queries.words(one, both.partner) if both else "Sealed, or to come",
            }
        )
    return tables.Table("The cases", CASES, rows, empty="They are drawn once the quarter is over.")


def _kind(one: queries.OfKind) -> dict[str, Any]:
    low, high = one.seen.interval_permille or (0, 1000)
    rows = [
        components.Row("Decided alike", f"{one.seen.hits} of {one.seen.of}"),
        components.Row("Likely between", f"{low / 10:.0f}% and {high / 10:.0f}%"),
        components.Row(
            "Beyond chance (Gwet’s AC1)",
            "Not computable" if one.gwet_ac1 is None else f"{one.gwet_ac1:.2f}",
        ),
    ]
    columns = [
        tables.text("council", "The council would"),
        *(
            tables.number(str(place), f"Partner: {words}")
            for place, words in enumerate(one.options)
        ),
    ]
    counts = [
        {"council": words, **{str(place): count for place, count in enumerate(one.table[row])}}
        for row, words in enumerate(one.options)
    ]
    title = queries.title(one.kind)
    return {"title": title, "rows": rows, "table": tables.Table(f"{title}: both", columns, counts)}


def _chart(kinds: list[queries.OfKind]) -> charts.Chart:
    alike = sum(one.seen.hits for one in kinds)
    every = sum(one.seen.of for one in kinds)
    return charts.stacked_bars(
        "Decided alike, by kind of case",
        f"In {alike} of {every} cases both would have decided the same.",
        [(queries.title(one.kind), [one.seen.hits, one.seen.rest]) for one in kinds],
        series=["Alike", "Otherwise"],
        of="Kind of case",
    )
