"""What becomes known while a moratorium runs: held as soon as somebody is found to owe it.

A creditor searches for further debts (SI 2020/1311 regulation 14). A record that is joined to its
person later, or a file that comes later, is searched by itself; the adviser is then told.
"""

from collections.abc import Sequence
from datetime import date

from borough.kernel.facts.models import Concerns, Fact
from borough.resident.moratoria import commands, ending, queries


def hear_joined(facts: Sequence[Fact]) -> None:
    """Search again for whoever a record was joined to, if they have a moratorium."""
    people = set(Concerns.objects.filter(fact__in=facts).values_list("person_id", flat=True))
    on = max(fact.on for fact in facts)
    _search([one for one in queries.running(on) if one.notice.person_id in people], on)


def hear_feed(facts: Sequence[Fact]) -> None:
    """Search again for everybody with a moratorium: others told us what is owed to them."""
    on = max(fact.on for fact in facts)
    _search(queries.running(on), on)


def _search(running: Sequence[queries.Running], on: date) -> None:
    """Hold what is owed and not held yet; where there is nothing new, nothing is recorded."""
    for one in running:
        if not one.clock.has_ended and queries.further(one.notice, on=on):
            commands.search_again(notice=one.notice, by=ending.RUNS_OUT, on=on)
