"""One at a time: what is appended to cannot be locked row by row."""

from django.db import connection

_CHANGING = 0x43_48_47  # "CHG": the number of the lock, so that it meets no other


def one_at_a_time() -> None:
    """Wait until nobody else changes ideas, initiatives or requests; held to the end of it all."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_CHANGING])
