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
        return self.near + (self.far - self.near) * count / self.most


def legend_height(names: Sequence[str], width: int) -> int:
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
    if list(names) == [""]:
        return NOTHING
    return joined(
        joined([key(kind, place, x, row * LINE), text(x + 38, row * LINE + 16, names[place])])
        for place, (x, row) in enumerate(legend_places(names, width)[0])
    )


def key(kind: str, place: int, x: float, y: float) -> SafeString:
    if kind == "line":
        return format_html(
            '<path class="borough-chart__line-{}" d="M{} {}h30" stroke-dasharray="{}"/>',
            place + 1,
            px(x),
            px(y + 11),
            DASHES[place] or "none",
        )
    key = format_html(
        '<rect class="borough-chart__fill-{}" x="{}" y="{}" width="28" height="14"/>',
        place + 1,
        px(x),
        px(y + 4),
    )
    if place % 2 == 0:
        return key
    hatches = [
        format_html('<path class="borough-chart__hatch" d="M{} {}v14"/>', px(x + across), px(y + 4))
        for across in range(4, 28, 6)
    ]
    return joined([key, *hatches])


def svg(
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
        joined(drawn),
    )


def text(
    x: float, y: float, words: str, kind: str = "borough-chart__label", anchor: str = "start"
) -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        kind,
        px(x),
        px(y),
        anchor,
        words,
    )


def joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def px(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")
