"""Two people at the same moment: one is done, the other gets a sentence."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from borough.lines.change import limits, models
from borough.lines.change.commands import initiatives
from borough.lines.change.commands import limits as limit_commands
from borough.lines.change.models import Stage
from tests import makers
from tests.change import change_makers

TODAY = change_makers.TODAY


def test_of_two_at_the_same_moment_only_one_takes_the_last_place(own_database):
    first, second = change_makers.an_initiative(), change_makers.an_initiative("Another")
    for one in (first, second):
        change_makers.agreed(one)
    kind = limits.AT_ONCE[Stage.UNDER_WAY]
    told = {"by": makers.everything(), "on": TODAY}
    limit_commands.set_limit(of=kind.slug, most=1, starts=TODAY, **told)
    start = threading.Barrier(2)

    def take(initiative: models.Initiative) -> str:
        start.wait()
        try:
            change_makers.move(initiative, Stage.UNDER_WAY)
        except initiatives.Full as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(take, (first, second)))
    assert said == [
        "Under way: 1 of at most 1 already. Finish or stop one of them first.",
        "moved",
    ]
