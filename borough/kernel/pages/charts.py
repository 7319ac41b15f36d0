"""Charts as SVG, drawn here: no script, no style in the page, nothing said by colour alone.

Each chart is drawn twice, for a wide screen and for a narrow one, and the stylesheet shows one of
them. Each says its finding in words, and carries its data as a table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from borough.kernel.pages import tables, wording

WIDE, NARROW = 680, 280
BAR, GAP, LINE = 24, 12, 22
LETTER = 8.2
"""About how wide a letter is drawn, in pixels; room is kept by it, never cut."""
DASHES = ("", "7 4", "2 4", "10 3 2 3")
NOTHING = SafeString()

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


@dataclass(frozen=True)
class Scale:
    """Where a count lies between two pixels; the far one stands for the ``most``."""

    most: int
    near: float
    far: float

    def at(self, count: int) -> float:
        return self.near + (self.far - self.near) * count / self.most


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
        counts: labels and their counts; ``None`` is shown as not known.
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
    columns = [
        tables.Column(f"series_{place}", name or "How many", shows=shows, numeric=True)
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
    room_for_labels = max((len(label) for label, _ in counts), default=0) * LETTER + 12
    beside = width == WIDE and room_for_labels < width / 3
    left = room_for_labels if beside else 0
    room_for_totals = max((len(shows(total)) for total in totals), default=0) * LETTER + 10
    scale = Scale(max([1, *(total or 0 for total in totals)]), left, width - room_for_totals)
    top = _legend_height(series, width)
    step = BAR + GAP + (0 if beside else LINE)
    drawn = [
        _bar(top + place * step, label, parts, shows(total), scale, beside)
        for place, ((label, parts), total) in enumerate(zip(counts, totals, strict=True))
    ]
    return _svg(
        width, top + len(counts) * step, title, finding, [_legend(series, width, "square"), *drawn]
    )


def _total(parts: Sequence[Count]) -> Count:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _bar(
    y: float,
    label: str,
    parts: Sequence[Count],
    total: str,
    scale: Scale,
    beside: bool,  # noqa: FBT001
) -> SafeString:
    bar_y = y if beside else y + LINE
    pieces, so_far = [_text(0, bar_y + 17 if beside else y + 16, label)], 0
    for place, part in enumerate(parts):
        if part:
            start, end = scale.at(so_far), scale.at(so_far + part)
            pieces.append(_piece(place, start, bar_y, end - start))
            so_far += part
    pieces.append(_text(scale.at(so_far) + 6, bar_y + 17, total, "borough-chart__value"))
    return _joined(pieces)


def _piece(place: int, x: float, y: float, width: float) -> SafeString:
    """Draw a part of a bar; every second one is hatched, so that its neighbours differ in print."""
    # A pixel of the page between two parts keeps them apart for those who see no colours.
    solid = format_html(
        '<rect class="borough-chart__fill-{}" x="{}" y="{}" width="{}" height="{}"/>',
        place + 1,
        _px(x),
        _px(y),
        _px(max(width - 1.5, 0.5)),
        BAR,
    )
    if place % 2 == 0:
        return solid
    hatches = [
        format_html(
            '<path class="borough-chart__hatch" d="M{} {}v{}"/>', _px(x + across), _px(y), BAR
        )
        for across in range(4, int(width - 1), 6)
    ]
    return _joined([solid, *hatches])


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
    top = _legend_height(names, width) + 8
    height = 220 if width == WIDE else 180
    most = max([1, *(count or 0 for counts in series.values() for count in counts)])
    ticks = _ticks(most)
    left = max(len(shows(tick)) for tick in ticks) * LETTER + 8
    up = Scale(ticks[-1], top + height, top)
    right = Scale(max(len(along) - 1, 1), left + 6, width - 12)
    drawn = [_legend(names, width, "line"), _grid(ticks, up, left, width, shows)]
    drawn += [_label_below(right, top + height, along, width)]
    drawn += [_line(place, counts, right, up) for place, counts in enumerate(series.values())]
    return _svg(width, top + height + LINE + 8, title, finding, drawn)


def _ticks(most: int) -> list[int]:
    """Return round counts from nothing to at least ``most``, four or five steps at most."""
    unit = 10 ** max(len(str(most)) - 2, 0)
    steps = (unit * factor for factor in (1, 2, 5, 10, 20, 50, 100))
    step = next(step for step in steps if step * 5 >= most)
    return list(range(0, most + step, step))


def _grid(ticks: Sequence[int], up: Scale, left: float, width: int, shows: Shows) -> SafeString:
    return _joined(
        _joined(
            [
                format_html(
                    '<path class="borough-chart__grid" d="M{} {}H{}"/>',
                    _px(left),
                    _px(up.at(tick)),
                    width,
                ),
                _text(left - 6, up.at(tick) + 5, shows(tick), "borough-chart__value", "end"),
            ]
        )
        for tick in ticks
    )


def _label_below(right: Scale, y: float, along: Sequence[str], width: int) -> SafeString:
    room = max((len(label) for label in along), default=1) * LETTER + 16
    fits = max(int((width - right.near) / room), 1)
    every = -(-len(along) // fits)
    return _joined(
        _text(right.at(place), y + LINE, label, anchor=_anchor(place, len(along)))
        for place, label in enumerate(along)
        if place % every == 0
    )


def _anchor(place: int, count: int) -> str:
    if place == count - 1:
        return "end"
    return "middle" if place else "start"


def _line(place: int, counts: Sequence[Count], right: Scale, up: Scale) -> SafeString:
    points = [
        None if count is None else (right.at(step), up.at(count))
        for step, count in enumerate(counts)
    ]
    steps = [
        f"{'L' if step and points[step - 1] else 'M'}{_px(point[0])} {_px(point[1])}"
        for step, point in enumerate(points)
        if point
    ]
    path = format_html(
        '<path class="borough-chart__line-{}" d="{}" stroke-dasharray="{}"/>',
        place + 1,
        "".join(steps),
        DASHES[place] or "none",
    )
    dots = [
        format_html(
            '<circle class="borough-chart__fill-{}" cx="{}" cy="{}" r="3"/>',
            place + 1,
            _px(point[0]),
            _px(point[1]),
        )
        for point in points
        if point
    ]
    return _joined([path, *dots])


# --- What both share -----------------------------------------------------------------------------


def _legend_height(names: Sequence[str], width: int) -> int:
    return 0 if names == [""] else len(_legend_places(names, width)[1]) * LINE + 10


def _legend_places(names: Sequence[str], width: int) -> tuple[list[tuple[float, int]], list[int]]:
    """Return where each name stands, and the rows that takes."""
    places: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for name in names:
        room = 38 + len(name) * LETTER + 16
        if x and x + room > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += room
    return places, list(range(row + 1))


def _legend(names: Sequence[str], width: int, kind: str) -> SafeString:
    if list(names) == [""]:
        return NOTHING
    return _joined(
        _joined([_key(kind, place, x, row * LINE), _text(x + 38, row * LINE + 16, names[place])])
        for place, (x, row) in enumerate(_legend_places(names, width)[0])
    )


def _key(kind: str, place: int, x: float, y: float) -> SafeString:
    if kind == "line":
        return format_html(
            '<path class="borough-chart__line-{}" d="M{} {}h30" stroke-dasharray="{}"/>',
            place + 1,
            _px(x),
            _px(y + 11),
            DASHES[place] or "none",
        )
    key = format_html(
        '<rect class="borough-chart__fill-{}" x="{}" y="{}" width="28" height="14"/>',
        place + 1,
        _px(x),
        _px(y + 4),
    )
    if place % 2 == 0:
        return key
    hatches = [
        format_html(
            '<path class="borough-chart__hatch" d="M{} {}v14"/>', _px(x + across), _px(y + 4)
        )
        for across in range(4, 28, 6)
    ]
    return _joined([key, *hatches])


def _svg(
    width: int, height: float, title: str, finding: str, drawn: Iterable[SafeString]
) -> SafeString:
    name = f"chart-{slugify(title)}-{width}"
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{0}-title {0}-desc"'
        ' width="{1}" height="{2}" viewBox="0 0 {1} {2}">'
        '<title id="{0}-title">{3}</title><desc id="{0}-desc">{4}</desc>{5}</svg>',
        name,
        width,
        int(height),
        title,
        finding,
        _joined(drawn),
    )


def _text(
    x: float, y: float, words: str, kind: str = "borough-chart__label", anchor: str = "start"
) -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        kind,
        _px(x),
        _px(y),
        anchor,
        words,
    )


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _px(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")
