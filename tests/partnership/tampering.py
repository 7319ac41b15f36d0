"""What an owner of the database changes who has switched its triggers off, and whether it shows."""

from collections.abc import Callable, Iterable

from django.db import connection, transaction

from borough.wiring import database
from tests import conftest


def unseen(changes: Iterable[str], shows: Callable[[], bool]) -> list[str]:
    """Return which changes do not show; each is made as the tables' owner, and taken back."""
    conftest._connect_as("postgres")
    try:
        return [change for change in changes if not _shown(change, shows)]
    finally:
        conftest._connect_as(database.APP_ROLE)


def _shown(change: str, shows: Callable[[], bool]) -> bool:
    table = change.removeprefix("delete from ").removeprefix("update ").split()[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute(change)
        assert cursor.rowcount, f"{change}: changed nothing"
        found = shows()
        transaction.set_rollback(True)
    return found
