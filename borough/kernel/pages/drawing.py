"""The pieces that every chart is drawn with: text, scales, the key to its colours, the picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

LINE = 22
LETTER = 8.2
"""About how wide a letter is drawn, in pixels; room is kept by it, never cut."""
DASHES = ("", "7 4", "2 4", "10 3 2 3")
NOTHING = SafeString()


@dataclass(frozen=True)
class Scale:
    """Where a count lies between two pixels; the far one stands for the ``most``."""

    most: int
    near: float
    far: float

    def at(self, count: int) -> float:
        """Return the pixel at which a count lies."""
        return self.near + (self.far - self.near) * count / self.most


def legend_height(names: Sequence[str], width: int) -> int:
    """Return the height that the key to the colours takes."""
    return 0 if names == [""] else len(legend_places(names, width)[1]) * LINE + 10


def legend_places(names: Sequence[str], width: int) -> tuple[list[tuple[float, int]], list[int]]:
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


def legend(names: Sequence[str], width: int, kind: str) -> SafeString:
    """Draw the key to the colours, in as many rows as it needs; none for a nameless series."""
    if list(names) == [""]:
        return NOTHING
    return joined(
        joined([key(kind, place, x, row * LINE), text(x + 38, row * LINE + 16, names[place])])
        for place, (x, row) in enumerate(legend_places(names, width)[0])
    )


def key(kind: str, place: int, x: float, y: float) -> SafeString:
    """Draw the sample of a series: a stretch of its line, or a block of its colour."""
    if kind == "line":
        return format_html(
            '<path class="borough-chart__line-{}" d="M{} {}h30" stroke-dasharray="{}"/>',
            place + 1,
            px(x),
            px(y + 11),
            DASHES[place] or "none",
        )
    return block(place, x, y + 4, 28, 14)


def block(place: int, x: float, y: float, width: float, height: int) -> SafeString:
    """Draw a block of a series; every second is hatched, so that neighbours differ in print."""
    solid = format_html(
        '<rect class="borough-chart__fill-{}" x="{}" y="{}" width="{}" height="{}"/>',
        *(place + 1, px(x), px(y), px(width), height),
    )
    hatches = [
        format_html(
            '<path class="borough-chart__hatch" d="M{} {}v{}"/>', px(x + across), px(y), height
        )
        for across in (range(4, int(width), 6) if place % 2 else ())
    ]
    return joined([solid, *hatches])


def svg(
    width: int, height: float, title: str, finding: str, drawn: Iterable[SafeString]
) -> SafeString:
    """Put what is drawn into a picture that says its title and its finding."""
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
        joined(drawn),
    )


def text(
    x: float, y: float, words: str, kind: str = "borough-chart__label", anchor: str = "start"
) -> SafeString:
    """Draw words; what they say is escaped."""
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        kind,
        px(x),
        px(y),
        anchor,
        words,
    )


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Put pieces after one another."""
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def px(pixels: float) -> str:
    """Write pixels to a tenth."""
    return f"{pixels:.1f}".removesuffix(".0")
