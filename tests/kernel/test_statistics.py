from django.db import connection

from borough.kernel.people.models import Person
from borough.kernel.runs import statistics


def test_the_application_may_have_statistics_taken(db):
    """It owns no table, so of itself it could not; without statistics bulk work is slow."""
    Person.objects.bulk_create(Person(family_name=f"Rimmer {i}") for i in range(300))
    statistics.take()
    with connection.cursor() as cursor:
        cursor.execute("select reltuples from pg_class where relname = 'people_person'")
        assert cursor.fetchone()[0] == 300
