"""What the planner knows of the tables."""

from django.db import connection


def take() -> None:
    """Tell the planner what the tables hold now; after bulk work, before the next question.

    The database does so by itself, but about a minute later.
    """
    with connection.cursor() as cursor:
        cursor.execute("select borough_take_statistics()")
