"""The town lives on: the same from the same seed, each day once, and clean books."""

import io
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from django.conf import settings
from rich.console import Console

from borough.kernel import furnishing as kernel_furnishing
from borough.kernel.ledger import checks
from borough.kernel.outgoing import queries as outgoing
from borough.kernel.runs.models import Run
from borough.lines.revenues.models import Account, Bill
from borough.rules import years
from borough.town import furnishing, models
from borough.town.living import happening, posting, year
from tests.town.test_furnishing import quiet

YEAR = years.Year(2025)
FURNISHED = date(2025, 3, 10)
SEED = 7


@pytest.fixture
def town(db, tmp_path, monkeypatch) -> models.Town:
    monkeypatch.setattr(settings, "LIVED_TO", tmp_path / "standing-day")
    furnishing.furnish(300, SEED, on=FURNISHED, progress=quiet)
    return models.Town.objects.get()


def lives_until(last: date) -> Counter[str]:
    counts, _ = year.live(YEAR, last, Console(file=io.StringIO()))
    return counts


def test_a_day_is_drawn_once_and_stays(town):
    first = happening.of_day(town, YEAR, date(2025, 4, 1), {})
    again = happening.of_day(town, YEAR, date(2025, 4, 1), {})
    assert (first.moved, first.died) == (again.moved, again.died)
    assert models.LivedDay.objects.count() == 1


def test_the_same_seed_gives_the_same_dice():
    one, other = (kernel_furnishing.dice(SEED, "2025-04-01 x").integers(0, 99, 5) for _ in range(2))
    assert one.tolist() == other.tolist()


@pytest.mark.parametrize("permille", [1, 100, 499, 1000])
def test_the_days_of_a_year_share_it_out_whole_and_those_before_it_take_from_its_end(permille):
    order = np.arange(731)
    before = [date(2025, 3, 10 + more) for more in range(22)]
    within = [YEAR.starts + timedelta(more) for more in range(365)]
    early, during = (
        [one for on in days for one in happening._slice(order, YEAR, on, permille)]
        for days in (before, within)
    )
    assert during == order[: 731 * permille // 1000].tolist()
    assert early == order[len(order) - len(early) :].tolist()
    assert len(early) == -(731 * permille * -22 // 365_000)  # the 31st of March among them


def test_six_weeks_bill_everybody_take_payments_and_leave_clean_books(town):
    counts = lives_until(date(2025, 4, 20))
    firsts = Bill.objects.filter(year=2025, version=1)
    billed = firsts.filter(issued=firsts.earliest("issued").issued)  # the others moved in since
    assert counts["accounts billed"] == billed.count()
    since = firsts.exclude(pk__in=billed).values("account_id")
    assert not Account.objects.filter(pk__in=since, starts__lt=FURNISHED).exists()
    assert counts["payments received"] > 0
    assert not checks.check()
    assert settings.LIVED_TO.read_text().strip() == "2025-04-20"


def test_a_day_that_was_lived_is_not_lived_again(town):
    lives_until(date(2025, 4, 2))
    before = Run.objects.count()
    told = year.came_to(date(2025, 4, 2))
    assert told["accounts billed"] > 0
    assert not lives_until(date(2025, 4, 2))
    assert Run.objects.count() == before
    assert year.came_to(date(2025, 4, 2)) == told, "what it came to is told whenever it is asked"


def test_a_year_that_the_town_does_not_stand_in_is_refused(db):
    with pytest.raises(year.CannotLive, match="no invented town"):
        lives_until(date(2025, 4, 1))


def test_it_says_what_the_days_came_to_and_where_asked_each_letter_leaves_on_its_day(
    town, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(settings, "DOCUMENTS", tmp_path / "documents")
    monkeypatch.setattr(settings, "POST", tmp_path / "post")
    assert year.main("2025-26", "2025-03-31") == 2, "not a day of the year"
    assert year.main("2025-26", "2025-04-14", with_post=True) == 0  # a Monday: letters are written
    told = {line.rsplit("  ", 1)[0].strip(): line for line in capsys.readouterr().err.splitlines()}
    assert told["Council Tax accounts open"].split()[-1] == "300", "one of each home"
    assert told["Telephone calls and visits answered"].endswith("No data")
    assert any(line.startswith("1 April 2025, after ") for line in told)
    left = outgoing.standing()
    assert left.posted == left.issued > 0
    assert posting.post(date(2025, 4, 14)) == 0, "a letter leaves once"
