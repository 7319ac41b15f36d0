"""One at a time: what is not there yet cannot be locked by row."""

from django.db import connection

_PROMISES = 0x50_52_4F  # "PRO": the number of the lock, so that it meets no other


def one_at_a_time() -> None:
    """Wait until nobody else records evidence, changes the list of staff or ticks a step."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_PROMISES])
