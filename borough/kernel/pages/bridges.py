"""A bridge as SVG: from one amount to another, step by step, each level and what leads to it.

Drawn from nothing, so that a small step looks small. Rises and falls differ in hatching and by
their sign, not by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from borough.kernel.pages import charts, drawing, tables, wording

KEY = ("Level", "Rises", "Falls")
ROW = charts.BAR + charts.GAP


@dataclass(frozen=True, slots=True)
class Step:
    """A level, or what leads from the level before to the next.

    Attributes:
        pence: the level itself, or the difference that the step makes.
    """

    label: str
    pence: int
    is_level: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """Where the bar of a step begins and ends, in pence."""

    step: Step
    start: int
    end: int


def bridge(title: str, finding: str, steps: Sequence[Step], *, of: str) -> charts.Chart:
    """Draw levels and what leads from one to the next.

    Args:
        title: what is shown.
        finding: what is to be seen in it, in a sentence.
        steps: a level first; each level is what the steps before it lead to.
        of: what the steps are, to head their column.

    Raises:
        ValueError: a level is not what the steps before it lead to.
    """
    spans = _spans(title, steps)
    wide, narrow = (_drawn(width, title, finding, spans) for width in (charts.WIDE, charts.NARROW))
    columns = [tables.text("of", of), tables.money("step", "Step"), tables.money("level", "Level")]
    rows = [{"of": one.label, "level" if one.is_level else "step": one.pence} for one in steps]
    return charts.Chart(title, finding, wide, narrow, tables.Table(f"{title}: data", columns, rows))


def _spans(title: str, steps: Sequence[Step]) -> list[_Span]:
    found: list[_Span] = []
    at: int | None = None
    for one in steps:
        if one.is_level:
            if at not in {None, one.pence}:
                raise ValueError(f"{title}: the steps lead to {at}, not to {one.pence}.")
            found.append(_Span(one, 0, one.pence))
            at = one.pence
        else:
            found.append(_Span(one, at or 0, (at or 0) + one.pence))
            at = (at or 0) + one.pence
    return found


def _drawn(width: int, title: str, finding: str, spans: Sequence[_Span]) -> SafeString:
    beside = width == charts.WIDE
    labels = max(len(one.step.label) for one in spans) * drawing.LETTER + 12
    values = max(len(_value(one)) for one in spans) * drawing.LETTER + 10
    low = min(0, *(min(one.start, one.end) for one in spans))
    high = max(1, *(max(one.start, one.end) for one in spans))
    scale = drawing.Scale(high - low, labels if beside else 0, width - (values if beside else 4))
    top = drawing.legend_height(KEY, width)
    height = ROW + (0 if beside else drawing.LINE)
    rows = [
        _row(top + place * height, one, scale, low, width=width) for place, one in enumerate(spans)
    ]
    key = drawing.legend(KEY, width, "square")
    return drawing.svg(width, top + len(spans) * height, title, finding, [key, *rows])


def _row(y: float, span: _Span, scale: drawing.Scale, low: int, *, width: int) -> SafeString:
    beside = width == charts.WIDE
    bar_y = y if beside else y + drawing.LINE
    near, far = sorted((scale.at(span.start - low), scale.at(span.end - low)))
    place = 0 if span.step.is_level else 1 if span.step.pence >= 0 else 2
    value = drawing.text(
        width, bar_y + 17 if beside else y + 16, _value(span), "borough-chart__value", "end"
    )
    return drawing.joined(
        [
            drawing.text(0, bar_y + 17 if beside else y + 16, span.step.label),
            drawing.block(place, near, bar_y, max(far - near, 1), charts.BAR),
            value,
        ]
    )


def _value(span: _Span) -> str:
    sign = "+" if span.step.pence > 0 and not span.step.is_level else ""
    return sign + wording.money(span.step.pence)
