"""Lists a page at a time: by number for short ones, by place for endless ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet

PAGE = "page"
BEFORE = "before"
AFTER = "after"
_WITHIN = 65_536


def numbered(things: Any, params: Mapping[str, str], *, size: int = 25) -> Page[Any]:
    """Return the page that the address asks for; a wrong number gives the nearest page."""
    return Paginator(things, size).get_page(params.get(PAGE, 1))


def numbers(page: Page[Any]) -> list[int | None]:
    """Return which numbers to print: first, last, neighbours; ``None`` stands for a gap."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    printed: list[int | None] = []
    for number in shown:
        before = printed[-1] if printed else None
        if before and number - before == 2:
            printed.append(number - 1)
        elif before and number - before > 2:
            printed.append(None)
        printed.append(number)
    return printed


@dataclass(frozen=True)
class Stretch:
    """A stretch of an endless list, newest first, and the keys from which its neighbours go on."""

    rows: Sequence[Any]
    older: int | None
    newer: int | None


def newest_first(
    things: QuerySet[Any],
    params: Mapping[str, str],
    *,
    key: str = "pk",
    within: str = "",
    size: int = 50,
) -> Stretch:
    """Return a stretch of ``things`` by a growing whole-number ``key``, without counting them.

    The address says where: ``?before=KEY`` for older ones, ``?after=KEY`` for newer ones. Where
    several share a key, ``within`` is a small number (0 to 65,535) that tells them apart.
    """
    place = _Place(key, within)
    before, after = _whole(params.get(BEFORE)), _whole(params.get(AFTER))
    if after is not None:
        rows = list(things.filter(place.beyond(after, "gt")).order_by(*place.names)[: size + 1])
        more_newer, more_older = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        older = things if before is None else things.filter(place.beyond(before, "lt"))
        rows = list(older.order_by(*(f"-{name}" for name in place.names))[: size + 1])
        more_older, more_newer = len(rows) > size, before is not None
        rows = rows[:size]
    return Stretch(
        rows=rows,
        older=place.of(rows[-1]) if rows and more_older else None,
        newer=place.of(rows[0]) if rows and more_newer else None,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row stands: by one column, or by two that the address bears as one number."""

    key: str
    within: str

    @property
    def names(self) -> list[str]:
        return [self.key, self.within] if self.within else [self.key]

    def of(self, row: Any) -> int:
        key, *more = (getattr(row, n) if isinstance(row, Model) else row[n] for n in self.names)
        return int(key) * _WITHIN + int(more[0]) if more else int(key)

    def beyond(self, place: int, way: str) -> Q:
        if not self.within:
            return Q(**{f"{self.key}__{way}": place})
        key, within = divmod(place, _WITHIN)
        return Q(**{f"{self.key}__{way}": key}) | Q(
            **{self.key: key, f"{self.within}__{way}": within}
        )


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
