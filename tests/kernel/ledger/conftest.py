import pytest

from tests.kernel.ledger import makers


@pytest.fixture
def own_ledger(own_database, django_db_blocker):
    """Lay a ledger in a database of its own, with real commits; give the database's name."""
    with django_db_blocker.unblock():
        makers.a_ledger()
        yield own_database
