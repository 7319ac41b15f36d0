import pytest

from tests.conftest import as_owner
from tests.kernel.ledger import makers


@pytest.fixture
def own_ledger(own_database, django_db_blocker):
    """Lay a ledger in a database of its own, with real commits; give the database's name."""
    with django_db_blocker.unblock():
        with as_owner(own_database) as owner:  # a copy of a database has not its grants
            owner.execute(f"revoke temporary on database {own_database} from public")
        makers.a_ledger()
        yield own_database
