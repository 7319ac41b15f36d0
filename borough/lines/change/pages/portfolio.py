"""The portfolio: what initiatives are hoped to bring, against what may go wrong."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from borough.kernel.pages import cells, charts, tables, wording
from borough.kernel.visits import Visit, page
from borough.lines.change import capabilities
from borough.lines.change.models import Stage
from borough.lines.change.pages import bubbles, choosing
from borough.lines.change.pages import initiatives as pages
from borough.lines.change.queries import initiatives as queries

TITLE = "Value against risk"
SERIES = ("Not begun", "Under way")
COLUMNS = (
    tables.number("number", "No."),
    tables.text("title", "Initiative", link="href"),
    tables.text("stage", "Stands"),
    tables.text("risk", "Worst risk"),
    tables.money("mid", "Hoped for, a year"),
    tables.money("brought", "Brought so far"),
)


@page(capabilities.SEE_CHANGE)
def portfolio(visit: Visit) -> HttpResponse:
    """Show what is under way and what is planned; what is done or stopped stands below."""
    cards = queries.cards(visit.today)
    open_ones = [card for card in cards if card.stage not in queries.OVER]
    over = [card for card in cards if card.stage in queries.OVER]
    numbered = list(enumerate(open_ones, 1))
    joint = [one for one in numbered if one[1].initiative.beyond_contract]
    asked = [one for one in numbered if not one[1].initiative.beyond_contract]
    return render(
        visit,
        "change/portfolio.html",
        {
            "chart": picture(open_ones),
            "agendas": [
                _table("Joint agenda, beyond the contract", joint),
                _table("What the contract asks for", asked),
            ],
            "over": _table("Done or stopped", [(None, card) for card in over]),
        },
    )


def picture(cards: list[queries.Card]) -> charts.Chart | None:
    """Draw those of which somebody said what they may bring; None where nobody has."""
    drawn = [
        bubbles.Bubble(
            number, card.worst, card.mid_pence, 1 if card.stage == Stage.UNDER_WAY else 0
        )
        for number, card in enumerate(cards, 1)
        if card.mid_pence is not None
    ]
    if not drawn:
        return None
    best = max(drawn, key=lambda one: one.value)
    title = cards[best.number - 1].initiative.title
    finding = (
        f"Most is hoped for from number {best.number}, {title}: {wording.money(best.value)} a "
        f"year, with a worst risk of {best.score} out of 25."
    )
    unsaid = len(cards) - len(drawn)
    if unsaid:
        finding += f" Not drawn, for nobody has said what they may bring: {unsaid}."
    wide, narrow = (
        bubbles.draw(
            width, TITLE, finding, drawn, names=SERIES, shows=lambda pence: f"£{pence // 100:,}"
        )
        for width in (charts.WIDE, charts.NARROW)
    )
    return charts.Chart(
        TITLE, finding, wide, narrow, _table(f"{TITLE}: data", list(enumerate(cards, 1)))
    )


def _table(caption: str, cards: Sequence[tuple[int | None, queries.Card]]) -> tables.Table:
    rows = [
        {
            "number": number,
            "title": card.initiative.title,
            "href": choosing.address(card.initiative.pk),
            "stage": cells.Tag(card.stage.label, pages.COLOURS[card.stage]),
            "risk": pages.score_tag(card.worst) if card.worst else "None named",
            "mid": card.mid_pence,
            "brought": card.brought_pence or None,
        }
        for number, card in cards
    ]
    is_numbered = any(number is not None for number, _ in cards)
    return tables.Table(caption, COLUMNS if is_numbered else COLUMNS[1:], rows, empty="Nothing.")
