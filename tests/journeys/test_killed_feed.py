"""A feed whose taking in is killed half way: nothing of it is in, and the next attempt has all."""

import pytest

from borough.kernel.ledger import checks
from borough.resident.sources import commands, models, queries, taking_in
from tests import makers
from tests.journeys import killing
from tests.resident.sources import feed_makers
from tests.resident.sources.feed_makers import ON


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("borough.resident.sources.owing", "post"),
        ("borough.resident.sources.taking_in", "_let_go"),
    ],
)
def test_killed_feed_is_in_or_it_is_not(own_database, module, name):
    makers.an_open_ledger()
    rows = [feed_makers.rent(f"T{n}", f"P{n}", "10.00") for n in range(50)]
    feed = feed_makers.prepare(feed_makers.a_file("northway-rents", *rows))
    by = makers.everything()
    run = commands.commit_feed(feed=feed, by=by, on=ON)
    killing.kill(module, name, 1, work=lambda: taking_in.carry_out_taking(run, by=by))
    was_in = name == "_let_go"
    assert models.DebtState.objects.exists() is was_in
    assert checks.check() == []
    taking_in.carry_out_taking(run, by=by)
    assert queries.totals(ON) == {"northway-rents": (50, 50_000)}
    assert models.DebtState.objects.count() == 50
    assert not models.Staged.objects.exists()
    assert checks.check() == []
