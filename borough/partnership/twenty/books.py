"""The book of a draw: its chain, what was drawn, what was opened, and what does not agree in it."""

from collections.abc import Iterator
from typing import Any

from borough.partnership.sealed import books, proving
from borough.partnership.seats import signing
from borough.partnership.twenty import drawing, models


def book(draw: models.Draw) -> dict[str, Any]:
    """Return a draw as plain data; what is still sealed is not in it."""
    drawn = draw.drawn.order_by("position")
    texts = [signing.canonical(models.content_of(drawn))] if drawn else []
    return books.book(draw.thing, texts)


def file(draw: models.Draw) -> bytes:
    """Return the book as both partners may take it away, to be checked anywhere."""
    return books.file(book(draw))


def faults(draw: models.Draw) -> list[str]:
    """Return what is wrong with a draw, in plain words; empty when not one byte was changed."""
    told = book(draw)
    if found := proving.faults(told):
        return found
    return [*books.differing(proving.events(told), _tables(draw)), *_of_ranks(draw)]


def _tables(draw: models.Draw) -> dict[str, books.Rows]:
    return books.rounds_of(draw.thing) | {
        "partnership.twenty_seeded": books.Rows(
            "the seed", {(draw.starts.isoformat(), draw.seed)}, ("starts", "seed")
        )
    }


def _of_ranks(draw: models.Draw) -> Iterator[str]:
    """Yield where a case stands before one that the seed ranks lower."""
    cases = [(one.kind, one.number) for one in draw.drawn.order_by("position")]
    if drawing.pick(draw.seed, cases) != cases:
        yield "the cases do not stand as the seed ranks them"
