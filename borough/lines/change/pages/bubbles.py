"""Value against risk as a picture: a numbered bubble for each initiative, and all of it as a table.

The house's charts have bars and lines; this one is drawn from the same pieces.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from borough.kernel.pages import drawing

RADIUS = 13
STEP = 2 * RADIUS + 2
TICKS = (0, 5, 10, 15, 20, 25)
"""Scores of risk: likelihood times impact, on the usual five by five."""


@dataclass(frozen=True)
class Bubble:
    """What is drawn of one initiative: its number in the table, where it lies, its series."""

    number: int
    score: int
    value: int
    series: int


def draw(
    width: int,
    title: str,
    finding: str,
    bubbles: Sequence[Bubble],
    *,
    names: Sequence[str],
    shows: Callable[[int], str],
) -> SafeString:
    """Draw bubbles by score (along) and value (up, in the unit that ``shows`` writes)."""
    top = drawing.legend_height(names, width) + drawing.LINE + 6
    height = 300 if width > 400 else 240
    least = min([0, *(one.value for one in bubbles)])
    most = max([1, *(one.value for one in bubbles)])
    marks = sorted({least, 0, most // 2, most})
    left = max(len(shows(mark)) for mark in marks) * drawing.LETTER + RADIUS + 8
    up = drawing.Scale(most - least, top + height - RADIUS, top + RADIUS)
    along = drawing.Scale(TICKS[-1], left + RADIUS, width - RADIUS - 4)
    drawn = [drawing.legend(names, width, "square")]
    drawn.append(drawing.text(0, top - 8, "Hoped for, a year"))
    drawn += [_across(mark, up.at(mark - least), left, width, shows) for mark in marks]
    drawn += [
        drawing.text(along.at(tick), top + height + drawing.LINE, str(tick), anchor="middle")
        for tick in TICKS
    ]
    foot = top + height + 2 * drawing.LINE
    drawn.append(drawing.text(width, foot, "Worst risk, out of 25", anchor="end"))
    for one, x, y in _apart(bubbles, along, up, least):
        drawn.append(_bubble(one, x, y))
    return drawing.svg(width, foot + 8, title, finding, drawn)


def _across(
    mark: int, y: float, left: float, width: int, shows: Callable[[int], str]
) -> SafeString:
    line = format_html(
        '<path class="borough-chart__grid" d="M{} {}H{}"/>', drawing.px(left), drawing.px(y), width
    )
    words = drawing.text(left - 6, y + 5, shows(mark), "borough-chart__value", "end")
    return drawing.joined([line, words])


def _apart(
    bubbles: Sequence[Bubble], along: drawing.Scale, up: drawing.Scale, least: int
) -> list[tuple[Bubble, float, float]]:
    """Return where each is drawn: one that would cover another is put beside it."""
    placed: list[tuple[Bubble, float, float]] = []
    for one in bubbles:
        x, y = along.at(one.score), up.at(one.value - least)
        while any(abs(x - ox) < STEP and abs(y - oy) < STEP for _, ox, oy in placed):
            x = x + STEP if x + STEP <= along.far else along.near
            y = y if x != along.near else y - STEP
        placed.append((one, x, y))
    return placed


def _bubble(one: Bubble, x: float, y: float) -> SafeString:
    circle = format_html(
        '<circle class="change-bubble borough-chart__fill-{}" cx="{}" cy="{}" r="{}"/>',
        one.series + 1,
        drawing.px(x),
        drawing.px(y),
        RADIUS,
    )
    name = drawing.text(x, y + 5, str(one.number), "change-bubble__name", "middle")
    return drawing.joined([circle, name])
