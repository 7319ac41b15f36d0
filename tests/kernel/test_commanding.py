"""What every command has in common, where two people are at it in the same moment."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from borough.kernel import commanding, joining
from borough.kernel.people.models import Residence
from tests import makers

ON = date(2025, 4, 1)
MAY = joining.Capability("test.house_somebody", "house somebody")
BY = commanding.system("test", MAY)


@pytest.fixture
def house():
    """A command that does not look whether somebody was quicker."""

    @commanding.command(MAY)
    def house(*, by, on, **row):
        return Residence.objects.create(starts=on, **row)

    commanding.COMMANDS.pop()  # it is nobody's but this test's
    return house


@pytest.mark.django_db
def test_the_second_of_two_at_the_same_moment_is_told_so_and_changes_nothing(house):
    person, home = makers.a_person(), makers.a_dwelling()
    first = house(person=person, dwelling=home, by=BY, on=ON)
    with pytest.raises(commanding.Overlap, match="already holds on one of those days"):
        house(person=person, dwelling=home, by=BY, on=ON)
    with pytest.raises(commanding.Clash, match="at the same moment"):
        house(pk=first.pk, person=makers.a_person(), dwelling=home, by=BY, on=ON)
    assert list(Residence.objects.all()) == [first]


@pytest.mark.django_db
def test_a_fault_of_our_own_is_not_blamed_on_a_colleague(house):
    with pytest.raises(IntegrityError), transaction.atomic():
        house(person=makers.a_person(), dwelling=None, by=BY, on=ON)
