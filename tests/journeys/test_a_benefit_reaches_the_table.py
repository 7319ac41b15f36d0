"""What an initiative brought is told once, and waits at the shared table as a proposal."""

import pytest

from borough.kernel.facts import delivering
from borough.lines.change.commands import benefits
from borough.partnership.savings.models import Entry, Withdrawn
from tests.change import change_makers

pytestmark = pytest.mark.django_db


def test_a_benefit_is_heard_as_a_proposal_and_taking_it_back_is_heard_too():
    initiative = change_makers.an_initiative()
    by, on = change_makers.as_actor(change_makers.a_pair()[1]), change_makers.TODAY
    hypothesis = change_makers.a_benefit(initiative)
    made = benefits.realise(
        hypothesis=hypothesis, brought=change_makers.brought(43_000), by=by, on=on
    )
    delivering.deliver()
    entry = Entry.objects.get()
    assert (entry.gross_pence, entry.full_year_pence, entry.kind) == (43_000, 118_000, "A2")
    assert (entry.year, entry.prepared_by) == ("2024-25", "")
    benefits.take_back(realised=made, by=by, on=on)
    delivering.deliver()
    assert Withdrawn.objects.get().entry == entry
