"""The board: what is where, for how long, how much at once, and how it flows."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import cells, charts, wording
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities, limits
from borough.lines.change.models import Stage
from borough.lines.change.pages import initiatives as pages
from borough.lines.change.queries import ideas
from borough.lines.change.queries import initiatives as queries

WEEKS = 26
OLD_DAYS = 90
"""How long what is done or stopped stays on the board."""


@dataclass(frozen=True)
class Ticket:
    """An initiative, or an idea, on the board."""

    title: str
    href: str
    age: str
    tags: tuple[cells.Tag, ...]


@dataclass(frozen=True)
class Column:
    """A stage of the board: what is there, and how much may be."""

    title: str
    says: str
    tickets: tuple[Ticket, ...]
    is_full: bool = False


@page(capabilities.SEE_CHANGE)
def board(visit: Visit) -> HttpResponse:
    """Show every stage with what is there."""
    cards, on = queries.cards(visit.today), visit.today
    columns = [_waiting_ideas(on), *(_column(stage, cards, on) for stage in Stage)]
    may = visit.actor.capabilities
    ways = []
    if capabilities.LEAD_INITIATIVE.slug in may:
        ways.append(cells.Link("Begin an initiative", reverse("change:initiative_new")))
    ways += [
        cells.Link("Limits on work at once", reverse("change:limits")),
        cells.Link("All milestones", reverse("change:milestones")),
        cells.Link("Value against risk", reverse("change:portfolio")),
    ]
    return render(visit, "change/board.html", {"columns": columns, "chart": flow(on), "ways": ways})


def flow(on: date) -> charts.Chart:
    """Draw how many initiatives had come to each stage by the end of each week."""
    days = queries.weeks(on, WEEKS)
    counted = queries.flow(days)
    begun, done = counted[Stage.SHAPING], counted[Stage.DONE]
    finding = (
        f"{begun[-1]} begun so far, {done[-1]} of them done. The distance between two lines is "
        "what lay between those two stages; where it widens, work piles up."
    )
    return charts.lines(
        f"How it flowed in {WEEKS} weeks",
        finding,
        [wording.short_day(day).rpartition(" ")[0] for day in days],
        {
            "Begun": begun,
            "Agreed": counted[Stage.AGREED],
            "Under way or further": counted[Stage.UNDER_WAY],
            "Done": done,
        },
        of="Up to",
    )


def age(days: int) -> str:
    """Write how long something has been where it is."""
    if days == 0:
        return "Since today"
    return f"{days:,} day" if days == 1 else f"{days:,} days"


def _column(stage: Stage, cards: list[queries.Card], on: date) -> Column:
    there = [card for card in cards if card.stage == stage]
    if stage in queries.OVER:
        shown = [card for card in there if card.age_days(on) <= OLD_DAYS]
        says = f"{len(there)}, of them {len(shown)} in the last {OLD_DAYS} days"
        return Column(stage.label, says, tuple(_ticket(card, on) for card in shown))
    most = limits.most(limits.AT_ONCE[stage], on)
    return Column(
        stage.label,
        f"{len(there)} of at most {most}",
        tuple(_ticket(card, on) for card in there),
        is_full=len(there) >= most,
    )


def _ticket(card: queries.Card, on: date) -> Ticket:
    tags = []
    if card.late:
        tags.append(cells.Tag(f"Late: {card.late}", "red"))
    if card.worst >= pages.HIGH:
        tags.append(cells.Tag("High risk", "red"))
    return Ticket(
        card.initiative.title,
        reverse("change:initiative", args=[card.initiative.pk]),
        age(card.age_days(on)),
        tuple(tags),
    )


def _waiting_ideas(on: date) -> Column:
    tickets = tuple(
        Ticket(
            card.title,
            reverse("change:idea_page", args=[card.idea.pk]),
            age((on - card.idea.on).days),
            (cells.Tag("Late", "red"),) if card.is_late(on) else (),
        )
        for card in ideas.waiting()
    )
    return Column("Ideas to answer", str(len(tickets)), tickets)
