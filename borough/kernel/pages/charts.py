"""Charts as SVG, drawn here: no script, no style in the page, nothing said by colour alone.

Each chart is drawn twice, for a wide screen and for a narrow one, and the stylesheet shows one of
them. Each says its finding in words, and carries its data as a table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from borough.kernel.pages import drawing, tables, wording

WIDE, NARROW = 680, 280
BAR, GAP = 24, 12

Count = int | None
Shows = Callable[[Count], str]


@dataclass(frozen=True)
class Chart:
    """A chart that is ready to be put on a page."""

    title: str
    finding: str
    wide: SafeString
    narrow: SafeString
    table: tables.Table


def bars(
    title: str,
    finding: str,
    counts: Sequence[tuple[str, Count]],
    *,
    of: str,
    shows: Shows = wording.number,
) -> Chart:
    """Draw one bar for each label.

    Args:
        title: what is shown.
        finding: what is to be seen in it, in a sentence.
        counts: labels and their counts; ``None`` is shown as not known, as is a sum with one.
        of: what the labels are, to head their column: "Band".
        shows: how a count is written: ``wording.money`` for pence.

    Raises:
        ValueError: for a count below zero, which no bar can show.
    """
    return stacked_bars(
        title,
        finding,
        [(label, [count]) for label, count in counts],
        series=[""],
        of=of,
        shows=shows,
    )


def stacked_bars(
    title: str,
    finding: str,
    counts: Sequence[tuple[str, Sequence[Count]]],
    *,
    series: Sequence[str],
    of: str,
    shows: Shows = wording.number,
) -> Chart:
    """Draw one bar for each label, made of one part for each of at most four ``series``.

    Raises:
        ValueError: for a count below zero, which no bar can show.
    """
    if any((count or 0) < 0 for _, parts in counts for count in parts):
        raise ValueError(f"{title}: a bar cannot show less than nothing. Draw lines instead.")
    wide, narrow = (_bars(width, title, finding, counts, series, shows) for width in (WIDE, NARROW))
    rows = [{"of": label, **_named(parts)} for label, parts in counts]
    return Chart(title, finding, wide, narrow, _table(title, of, series, rows, shows))


def lines(
    title: str,
    finding: str,
    along: Sequence[str],
    series: Mapping[str, Sequence[Count]],
    *,
    of: str,
    shows: Shows = wording.number,
) -> Chart:
    """Draw one line for each of at most four ``series``; a missing count leaves a gap.

    Args:
        title: what is shown.
        finding: what is to be seen in it, in a sentence.
        along: the labels of the points, such as months.
        series: names, and a count for each point, none below zero.
        of: what the points are, to head their column: "Month".
        shows: how a count is written.

    Raises:
        ValueError: for a count below zero, or a series that is not as long as ``along``.
    """
    if any(len(counts) != len(along) for counts in series.values()):
        raise ValueError(f"{title}: every line needs a count, or None, for each of its points.")
    if any((count or 0) < 0 for counts in series.values() for count in counts):
        raise ValueError(f"{title}: these lines begin at nothing and cannot go below it.")
    wide, narrow = (_lines(width, title, finding, along, series, shows) for width in (WIDE, NARROW))
    rows = [
        {"of": label, **_named([counts[place] for counts in series.values()])}
        for place, label in enumerate(along)
    ]
    return Chart(title, finding, wide, narrow, _table(title, of, list(series), rows, shows))


def _named(counts: Iterable[Count]) -> dict[str, Count]:
    return {f"series_{place}": count for place, count in enumerate(counts)}


def _table(
    title: str, of: str, series: Sequence[str], rows: list[dict[str, Any]], shows: Shows
) -> tables.Table:
    unnamed = "Amount" if shows is wording.money else "How many"
    columns = [
        tables.Column(f"series_{place}", name or unnamed, shows=shows, numeric=True)
        for place, name in enumerate(series)
    ]
    return tables.Table(f"{title}: data", [tables.text("of", of), *columns], rows)


# --- Bars ----------------------------------------------------------------------------------------


def _bars(
    width: int,
    title: str,
    finding: str,
    counts: Sequence[tuple[str, Sequence[Count]]],
    series: Sequence[str],
    shows: Shows,
) -> SafeString:
    totals = [_total(parts) for _, parts in counts]
    room_for_labels = max((len(label) for label, _ in counts), default=0) * drawing.LETTER + 12
    beside = width == WIDE and room_for_labels < width / 3
    left = room_for_labels if beside else 0
    room_for_totals = max((len(shows(total)) for total in totals), default=0) * drawing.LETTER + 10
    most = max([1, *(sum(part or 0 for part in parts) for _, parts in counts)])
    scale = drawing.Scale(most, left, width - room_for_totals)
    top = drawing.legend_height(series, width)
    step = BAR + GAP + (0 if beside else drawing.LINE)
    drawn = [
        _bar(top + place * step, label, parts, shows(total), scale, beside=beside)
        for place, ((label, parts), total) in enumerate(zip(counts, totals, strict=True))
    ]
    return drawing.svg(
        width,
        top + len(counts) * step,
        title,
        finding,
        [drawing.legend(series, width, "square"), *drawn],
    )


def _total(parts: Sequence[Count]) -> Count:
    """Return the sum, which is not known when a part is not."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _bar(
    y: float,
    label: str,
    parts: Sequence[Count],
    total: str,
    scale: drawing.Scale,
    *,
    beside: bool,
) -> SafeString:
    bar_y = y if beside else y + drawing.LINE
    pieces, so_far = [drawing.text(0, bar_y + 17 if beside else y + 16, label)], 0
    for place, part in enumerate(parts):
        if part:
            start, end = scale.at(so_far), scale.at(so_far + part)
            # A little of the page between two parts keeps them apart for those who see no colours.
            pieces.append(drawing.block(place, start, bar_y, max(end - start - 1.5, 0.5), BAR))
            so_far += part
    pieces.append(drawing.text(scale.at(so_far) + 6, bar_y + 17, total, "borough-chart__value"))
    return drawing.joined(pieces)


# --- Lines ---------------------------------------------------------------------------------------


def _lines(
    width: int,
    title: str,
    finding: str,
    along: Sequence[str],
    series: Mapping[str, Sequence[Count]],
    shows: Shows,
) -> SafeString:
    names = list(series)
    top = drawing.legend_height(names, width) + 8
    height = 220 if width == WIDE else 180
    most = max([1, *(count or 0 for counts in series.values() for count in counts)])
    ticks = _ticks(most)
    left = max(len(shows(tick)) for tick in ticks) * drawing.LETTER + 8
    up = drawing.Scale(ticks[-1], top + height, top)
    right = drawing.Scale(max(len(along) - 1, 1), left + 6, width - 12)
    drawn = [drawing.legend(names, width, "line"), _grid(ticks, up, left, width, shows)]
    drawn += [_label_below(right, top + height, along, width)]
    drawn += [_line(place, counts, right, up) for place, counts in enumerate(series.values())]
    return drawing.svg(width, top + height + drawing.LINE + 8, title, finding, drawn)


def _ticks(most: int) -> list[int]:
    """Return round counts from nothing to at least ``most``, four or five steps at most."""
    unit = 10 ** max(len(str(most)) - 2, 0)
    steps = (unit * factor for factor in (1, 2, 5, 10, 20, 50, 100))
    step = next(step for step in steps if step * 5 >= most)
    return list(range(0, most + step, step))


def _grid(
    ticks: Sequence[int], up: drawing.Scale, left: float, width: int, shows: Shows
) -> SafeString:
    return drawing.joined(
        drawing.joined(
            [
                format_html(
                    '<path class="borough-chart__grid" d="M{} {}H{}"/>',
                    drawing.px(left),
                    drawing.px(up.at(tick)),
                    width,
                ),
                drawing.text(left - 6, up.at(tick) + 5, shows(tick), "borough-chart__value", "end"),
            ]
        )
        for tick in ticks
    )


def _label_below(right: drawing.Scale, y: float, along: Sequence[str], width: int) -> SafeString:
    room = max((len(label) for label in along), default=1) * drawing.LETTER + 16
    fits = max(int((width - right.near) / room), 1)
    every = -(-len(along) // fits)
    return drawing.joined(
        drawing.text(right.at(place), y + drawing.LINE, label, anchor=_anchor(place, len(along)))
        for place, label in enumerate(along)
        if place % every == 0
    )


def _anchor(place: int, count: int) -> str:
    if place == count - 1:
        return "end"
    return "middle" if place else "start"


def _line(
    place: int, counts: Sequence[Count], right: drawing.Scale, up: drawing.Scale
) -> SafeString:
    points = [
        None if count is None else (right.at(step), up.at(count))
        for step, count in enumerate(counts)
    ]
    steps = [
        f"{'L' if step and points[step - 1] else 'M'}{drawing.px(point[0])} {drawing.px(point[1])}"
        for step, point in enumerate(points)
        if point
    ]
    path = format_html(
        '<path class="borough-chart__line-{}" d="{}" stroke-dasharray="{}"/>',
        place + 1,
        "".join(steps),
        drawing.DASHES[place] or "none",
    )
    dots = [
        format_html(
            '<circle class="borough-chart__fill-{}" cx="{}" cy="{}" r="3"/>',
            place + 1,
            drawing.px(point[0]),
            drawing.px(point[1]),
        )
        for point in points
        if point
    ]
    return drawing.joined([path, *dots])
