"""Questions that lay whole tables side by side, whatever the planner knows of them."""

import contextlib
from collections.abc import Iterator

from django.db import connection


@contextlib.contextmanager
def side_by_side() -> Iterator[None]:
    """Have tables joined whole and not row by row, in the transaction that is open.

    Of what was just written the planner has no statistics, and of a table that was empty when it
    was last cleaned it has wrong ones: it then meets each row with every other, for minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
        yield
        cursor.execute("set local enable_nestloop = on")
