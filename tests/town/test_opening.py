"""What others know of the town is joined after the first start, once, wherever it was stopped."""

from contextlib import nullcontext
from datetime import date

import pytest

from borough.kernel.ledger import checks
from borough.kernel.runs import commands as runs
from borough.resident.identity import engines, linking
from borough.resident.identity.models import Link, Proposal, Verdict
from borough.resident.signals import models as signals
from borough.resident.sources import order, owing
from borough.resident.sources import queries as sources
from borough.resident.sources.models import Feed
from borough.town import furnishing, models
from borough.town.silos import opening

TODAY = date(2025, 3, 10)


@pytest.fixture
def town(db) -> None:
    furnishing.furnish(200, 1, on=TODAY, progress=lambda *_: nullcontext())


def opened() -> opening.Opened:
    return opening.Opened(models.Town.objects.get())


class Stopped(Exception):
    """The machine was switched off."""


def test_stopped_in_the_middle_it_goes_on_and_others_figures_are_joined(town, monkeypatch):
    run = opening.ask()

    def stop(source, *args, **more):
        if source == "social-care-charges":
            raise Stopped
        return post(source, *args, **more)

    post = owing.post
    with monkeypatch.context() as patched:
        patched.setattr(owing, "post", stop)
        with pytest.raises(Stopped):
            opening.carry_out(run)
    assert order.standing("northway-rents")
    assert not order.standing("social-care-charges")
    opening.carry_out(run)

    files = [file for several in opened().files.values() for file in several]
    assert sorted(Feed.objects.exclude(taken_in_on=None).values_list("source", flat=True)) == (
        sorted(file.source.slug for file in files)
    )
    links = list(Link.objects.select_related("record"))
    for one in links:
        assert opened().person_of(one.record.source, one.record.key) == one.person_id
    owed = sources.debts_of([one.record_id for one in links], TODAY)
    assert {"RENT", "PCN"} <= {one.kind for one in owed if one.pence}
    assert Verdict.objects.exists(), "an officer has decided some"
    assert Proposal.objects.filter(is_check=False).exists(), "and some still wait"
    assert signals.Queue.objects.get(on=TODAY).places == 1
    assert checks.check() == []

    opening.carry_out(run)
    assert Link.objects.count() == len(links)
    with pytest.raises(runs.AlreadyAsked):
        opening.ask()


def test_without_the_extra_the_files_are_taken_in_and_the_run_says_why_nothing_is_joined(
    town, monkeypatch
):
    def absent(*_: object, **__: object) -> None:
        raise engines.NotInstalled("Linking records needs the extra")

    monkeypatch.setattr(linking.likeness, "link", absent)
    run = opening.ask()
    opening.carry_out(run)
    assert order.standing("northway-rents")
    assert not Link.objects.exists()
    results = run.parts.values_list("result", flat=True)
    assert {"refused": "Linking records needs the extra"} in list(results)
