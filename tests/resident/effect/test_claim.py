"""The claim counted against what was planted, by a count that shares nothing with it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest

from borough.kernel.facts.models import Fact
from borough.resident.effect import claim, claim_paper, commands, measuring, papers
from borough.resident.identity import commands as identity
from borough.resident.identity import models as links
from borough.resident.sources.models import Record
from borough.rules.statistics import share
from tests import makers
from tests.resident.sources import feed_makers
from tests.revenues import recovering_makers

LOADED, ON = feed_makers.ON, date(2025, 6, 5)
BY = makers.everything()

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Planted:
    """Somebody billed, and the tenancy in their name: its record is theirs in truth."""

    name: str
    behind: bool
    rent_late: bool | None = None  # None: rents nothing
    known: str = "joined"  # or waiting, apart, or not agreed

    @property
    def is_known(self):
        return self.rent_late is not None and self.known == "joined"


TOWN = (
    *(Planted(f"A{n}", behind=True, rent_late=True) for n in range(3)),
    *(Planted(f"B{n}", behind=True, rent_late=True, known="waiting") for n in range(2)),
    Planted("C0", behind=True, rent_late=False),
    Planted("D0", behind=True),
    Planted("D1", behind=True),
    Planted("E0", behind=False, rent_late=True),
    *(Planted(f"F{n}", behind=False, rent_late=False) for n in range(4)),
    Planted("G0", behind=True, rent_late=True, known="not agreed"),
    Planted("H0", behind=False, rent_late=True, known="apart"),
)


@pytest.fixture
def planted():
    """Bill everybody, take the rents in, join as planned; return the person of each name."""
    people = {}
    for one in TOWN:
        people[one.name] = person = makers.a_person(one.name, "Rimmer")
        account = recovering_makers.billed(people=[person])
        if not one.behind:
            recovering_makers.pay(account, recovering_makers.BAND_B, date(2025, 3, 20))
    feed_makers.take_in(feed_makers.a_file("northway-rents", *map(row, filter(rents, TOWN))))
    for one in filter(rents, TOWN):
        record = Record.objects.get(key=one.name)
        if one.known in {"joined", "not agreed"}:
            identity.join(record=record, person=people[one.name], by=BY, on=LOADED)
        elif one.known == "waiting":
            wait(record, people[one.name])
    return people


def rents(one):
    return one.rent_late is not None


def row(one):
    pence = "250.00" if one.rent_late else "0.00"
    agreed = {"consent_until": "04/06/2025"} if one.known == "not agreed" else {}
    return feed_makers.rent(f"T{one.name}", one.name, pence, oldest_due="01/05/2025", **agreed)


def wait(record, person):
    run = measuring.Run.objects.order_by("pk").first()
    links.Proposal.objects.create(
        record=record, person=person, run=run, weight_hundredths=900, per_million=990_000
    )


def counted(**beside):
    run = commands.measure(count=measuring.CLAIM, by=BY, on=ON)
    measuring.carry_out(run, by=BY, beside=beside)
    return measuring.of(run)


def test_before_joining_nothing_is_known_and_afterwards_what_was_planted(planted):
    found = counted().found
    behind = [one for one in TOWN if one.behind]
    assert found["billed"] == len(TOWN)
    assert found["before"] == {"people": len(behind), "behind": 0}
    assert found["behind"] == {
        "people": len(behind),
        "renting": sum(one.is_known for one in behind),
        "behind": sum(one.is_known and one.rent_late for one in behind),
        "waiting": sum(one.known == "waiting" for one in behind),
    }
    others = [one for one in TOWN if not one.behind]
    assert found["others"]["people"] == len(others)
    assert found["others"]["behind"] == sum(one.is_known and one.rent_late for one in others)


def test_the_other_way_round_says_who_is_unknown(planted):
    late = [one for one in TOWN if one.rent_late and one.known != "not agreed"]
    known = Counter(one.known for one in late)
    assert counted().found["reverse"] == {
        "records": len(late),
        "people": known["joined"],
        "billed": known["joined"],
        "behind": sum(one.behind for one in late if one.known == "joined"),
        "waiting": known["waiting"],
        "unknown": known["apart"],
    }


def test_a_wrong_join_shows_against_the_planted_truth(planted):
    """One record is joined to a person whose it is not: known grows, what is right does not."""
    truth = [
        claim.Planted("northway-rents", one.name, planted[one.name].pk, bool(one.rent_late))
        for one in filter(rents, TOWN)
    ]
    right = counted(truth=truth).found
    late = sum(one.behind and bool(one.rent_late) for one in TOWN)
    assert right["truth"]["behind"]["behind"] == late
    assert right["truth"]["agreed"]["behind"] == late - 1  # one never agreed
    assert right["truth"]["right"] == right["behind"]["behind"] == 3
    record = Record.objects.get(key="H0")
    identity.join(record=record, person=planted["D0"], by=BY, on=ON)
    wrong = counted(truth=truth).found
    assert wrong["behind"]["behind"] == 4
    assert wrong["truth"]["right"] == 3
    assert wrong["truth"]["behind"] == right["truth"]["behind"]


def test_nothing_is_known_of_a_rent_whose_purpose_is_not_helping(planted, monkeypatch):
    other = SimpleNamespace(SUPPORT=SimpleNamespace(slug="revenues.collecting"))
    monkeypatch.setattr(claim, "purposes", other)
    assert claim.rents(ON) == {}


def test_the_count_is_kept_with_the_hash_of_what_asked_and_leaves_a_fact(planted, monkeypatch):
    kept = counted()
    assert kept.is_same
    assert measuring.newest(measuring.CLAIM) == kept
    [fact] = Fact.objects.filter(what="resident.effect_measured")
    assert fact.thing == f"run/{kept.run}"
    monkeypatch.setattr(measuring.inspect, "getsource", lambda module: f"another {module}")
    assert not measuring.newest(measuring.CLAIM).is_same


def test_the_paper_says_each_share_with_its_n_and_prints(planted):
    paper = claim_paper.paper(counted())
    after = share(3, 9)
    assert "Of 9 people behind with Council Tax, 3 (33.3%" in paper.lead[0]
    low, high = after.interval_permille
    assert f"{low // 10}.{low % 10}% and {high // 10}.{high % 10}%" in paper.lead[0]
    assert papers.pdf(paper).startswith(b"%PDF")
    assert papers.pdf(paper) == papers.pdf(paper)
