"""Every sort of letter that is made from rows, in the order in which they are written."""

from borough.lines.revenues.letters.made_from import (
    arrangements,
    closings,
    debits,
    endings,
    refunds,
    reviews,
    steps,
)

ALL = (
    steps.SORT,
    arrangements.AGREED,
    arrangements.WARNED,
    arrangements.ENDED,
    debits.TOLD,
    debits.AGAIN,
    debits.OVER,
    endings.SORT,
    refunds.PAID,
    refunds.BACK,
    reviews.SORT,
    closings.SORT,
)
BY_SLUG = {one.slug: one for one in ALL}
