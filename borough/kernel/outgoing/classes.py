"""Classes of letters by their sheets: what a machine folds and an envelope holds together."""

from collections.abc import Sequence
from dataclasses import dataclass

SIDES = 2  # of a sheet: letters are printed on both


@dataclass(frozen=True, slots=True)
class Class:
    """Letters of so many sheets; ``most_sheets`` None: any more, in a large envelope."""

    slug: str
    title: str
    most_sheets: int | None


ALL: Sequence[Class] = (
    Class("1-sheet", "1 sheet", 1),
    Class("2-sheets", "2 sheets", 2),
    Class("3-to-5-sheets", "3 to 5 sheets", 5),
    Class("large", "6 sheets or more, large envelope", None),
)


def sheets(pages: int) -> int:
    """Return the sheets of a letter of so many pages, printed on both sides."""
    return -(-pages // SIDES)


def of(pages: int) -> int:
    """Return the place in ``ALL`` of the class of a letter of so many pages."""
    count = sheets(pages)
    return next(
        place
        for place, one in enumerate(ALL)
        if one.most_sheets is None or count <= one.most_sheets
    )
