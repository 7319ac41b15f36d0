"""Histories at random: slices equal a loop over the days, nothing overlaps, undoing is exact.

The rows of each history are read back and charged by hand, one day after another, by code that
shares nothing with the rules (tests/rules/by_hand.py).
"""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from borough.kernel import commanding
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Residence
from borough.lines.revenues import billing, models, moving
from borough.lines.revenues.commands import dwellings, households, moves, reductions, undoing
from borough.rules import years
from borough.rules.council_tax import bill
from tests import makers
from tests.revenues.test_moves import SINCE, billed
from tests.rules import accounts as columns
from tests.rules import by_hand
from tests.rules.test_every_day import SEFTON

YEAR_STARTS = date(2025, 4, 1)
TODAY = date(2026, 3, 20)
RANKED = [*moving.RANKS]
DAY = timedelta(days=1)


def a_day(dice, least=1, most=340):
    return YEAR_STARTS + timedelta(days=dice.randint(least, most))


# --- without the database: many


def a_home(dice) -> moving.Home:
    """Return a made-up home with up to four before and up to three who come."""
    since = a_day(dice, 5, 200)
    residents = []
    for person in range(dice.randint(0, 4)):
        ends = since + timedelta(days=dice.randint(0, 120)) if dice.random() < 0.7 else None
        basis = dice.choice([*RANKED, "partner"])
        adult = None if dice.random() < 0.8 else a_day(dice, -900, 300)
        residents.append(moving.Resident(person, basis, SINCE, ends, adult))
    for person in range(10, 10 + dice.randint(0, 3)):
        starts = since + timedelta(days=dice.randint(0, 120))
        residents.append(moving.Resident(person, dice.choice(RANKED), starts, None))
    return moving.Home(
        since=since,
        residents=residents,
        new_owners=[90] if dice.random() < 0.6 else [],
        prescribed=[91] if dice.random() < 0.1 else [],
        shared=dice.choice(RANKED),
        adults=dice.choice([None, len(residents), dice.randint(0, 5)]),
        state=dice.choice(["occupied", "furnished", "unfurnished", "works"]),
        furniture=[(a_day(dice, 5, 330), dice.random() < 0.5) for _ in range(dice.randint(0, 2))],
    )


def liable_by_hand(home, day):
    """Say who is liable on a day, straight from section 6(2): the first that describes anybody."""
    if home.prescribed:
        return set(home.prescribed)
    there = [
        one
        for one in home.residents
        if one.starts <= day
        and (one.ends is None or one.ends > day)
        and (one.adult_from is None or one.adult_from <= day)
    ]
    for right in RANKED:
        found = {
            one.person
            for one in there
            if (home.shared if one.basis == "partner" else one.basis) == right
        }
        if found:
            return found
    return set(home.new_owners)


def record_of(dice, home, found, group):
    """Return the account that a group of spells comes to, as an officer's file would hold it."""
    starts, ends = group[0].starts, group[-1].ends
    before = [(home.since - timedelta(days=dice.choice([9, 200, 400, 2000])), home.since)]
    return by_hand.Record(
        liable=(starts, ends),
        band=[(SINCE, None, dice.choice("ABCDEFGH"))],
        adults=[(one.starts, one.ends, one.adults) for one in group if one.adults is not None],
        occupation=[
            *((*days, home.state) for days in before),
            *((one.starts, one.ends, one.state) for one in found),
        ],
        disregarded=[(a_day(dice), None, 1)] if dice.random() < 0.2 else [],
        exception=[(a_day(dice), None, "G")] if dice.random() < 0.2 else [],
    )


def histories(number, seed):
    dice = random.Random(seed)  # noqa: S311
    records = []
    for _ in range(number):
        home = a_home(dice)
        found = moving.spells(home)
        assert all(one.ends == other.starts for one, other in pairwise(found))
        assert (found[0].starts, found[-1].ends) == (home.since, None)
        for spell in found:
            last = (spell.ends or TODAY + DAY) - DAY
            for day in {spell.starts, spell.starts + (last - spell.starts) // 2, last}:
                if day >= spell.starts and (spell.ends is None or day < spell.ends):
                    grown = any(
                        one.adult_from and spell.starts < one.adult_from <= day
                        for one in home.residents
                    )
                    assert grown or set(spell.liable) == liable_by_hand(home, day), home
            assert spell.adults is None or spell.adults >= 0
        groups = [group for _, group in moving.accounts(found, [])]
        days = [(group[0].starts, group[-1].ends) for group in groups]
        assert all(one[1] <= other[0] for one, other in pairwise(days))
        records += [record_of(dice, home, found, group) for group in groups]
    return records


def agree(records):
    due = bill.work_out(columns.as_columns(records), bill.law(years.Year(2025))).due_pence
    for record, pence in zip(records, due.tolist(), strict=True):
        assert pence == by_hand.year_due(record, SEFTON[2025]), record
    assert (due > 0).mean() > 0.5  # a test of nothing would pass too


def test_the_slices_of_moves_equal_a_loop_over_the_days():
    agree(histories(300, seed=1))


@pytest.mark.slow
def test_the_slices_of_twenty_thousand_moves_equal_a_loop_over_the_days():
    for seed in range(20):
        agree(histories(1_000, seed=100 + seed))


# --- with the database: fewer


class Town:
    """Two homes, four people who live in them, two who may come."""

    def __init__(self):
        self.homes = [makers.a_dwelling(band=band) for band in "BE"]
        self.people = [makers.a_person(name, "Rimmer") for name in ("A", "B", "C", "D")]
        for home, two in zip(self.homes, (self.people[:2], self.people[2:]), strict=True):
            for one in two:
                Residence.objects.create(person=one, dwelling=home, starts=SINCE)
            billed(makers.an_account(people=two, dwelling=home, adults=2))
        self.people += [makers.a_person(name, "Other") for name in ("E", "F")]


def an_act(dice, town):
    """Return one thing that an officer may record, at random."""
    home, day = dice.choice(town.homes), a_day(dice)
    days = {"by": makers.everything(), "on": TODAY}
    account = models.Account.objects.filter(dwelling=home).order_by("-starts", "-pk").first()
    return dice.choice(
        [
            lambda: a_move(dice, town, days),
            lambda: a_move(dice, town, days),
            lambda: dwellings.change_band(
                dwelling=home, letter=dice.choice("ABCDEFGH"), starts=day, **days
            ),
            lambda: dwellings.record_occupation(
                dwelling=home, state=dice.choice(["furnished", "unfurnished"]), starts=day, **days
            ),
            lambda: dwellings.apply_exemption(dwelling=home, letter="F", starts=day, **days),
            lambda: dwellings.apply_exception(dwelling=home, letter="G", starts=day, **days),
            lambda: households.declare_household(
                account=account, adults=dice.randint(0, 3), starts=day, **days
            ),
            lambda: households.apply_disregard(
                account=account, person=town.people[0], ground="student", starts=day, **days
            ),
            lambda: reductions.apply_disabled_reduction(account=account, starts=day, **days),
        ]
    )


def a_move(dice, town, days):
    there, other = dice.sample(town.homes, 2)
    now = [one.person for one in Residence.objects.filter(dwelling=there, ends=None).order_by("pk")]
    leaving = {one: a_day(dice) for one in dice.sample(now, dice.randint(0, len(now)))}
    came = [one for one in leaving if dice.random() < 0.6]
    moves.record_move(
        homes=[
            moves.AtHome(
                there,
                left=[moves.Left(one, day) for one, day in leaving.items()],
                owners=leaving if dice.random() < 0.5 else (),
                furniture_went=a_day(dice) if dice.random() < 0.5 else None,
            ),
            moves.AtHome(
                other,
                came=[moves.Came(one, leaving[one], dice.choice(RANKED)) for one in came],
            ),
        ],
        **days,
    )


def live(dice, town, acts):
    """Do some things at random; what is refused is not done. Return how many were done."""
    done = 0
    for _ in range(acts):
        act = an_act(dice, town)
        try:
            act()
        except commanding.Refusal:
            continue
        done += 1
    return done


def charged(account):
    return ledger.balance(billing.KIND, account.reference)


def by_day(account):
    """Return the year's charge of an account by hand, from its rows."""

    def rows(found, value):
        return [(one.starts, one.ends, value(one)) for one in found]

    home = {"dwelling": account.dwelling}
    record = by_hand.Record(
        liable=(account.starts, account.ends),
        band=rows(models.Band.objects.filter(**home), lambda one: one.letter),
        adults=rows(account.households.all(), lambda one: one.adults),
        disregarded=rows(account.disregards.all(), lambda _: 1),
        occupation=rows(models.Occupation.objects.filter(**home), lambda one: one.state),
        exempt=rows(models.Exemption.objects.filter(**home), lambda one: one.letter),
        exception=rows(models.PremiumException.objects.filter(**home), lambda one: one.letter),
        disabled=rows(account.disabled_reductions.all(), lambda _: True),
    )
    return by_hand.year_due(record, SEFTON[2025])


def lived_through(seed, acts):
    dice, town = random.Random(seed), Town()  # noqa: S311
    first = {one.pk: charged(one) for one in models.Account.objects.all()}
    done = live(dice, town, acts)
    for account in models.Account.objects.all():
        assert charged(account) == by_day(account), (seed, account.pk)
    assert checks.check() == []
    for change in models.Change.objects.order_by("-pk").filter(undoes=None):
        undoing.undo_change(change=change, by=makers.everything(), on=TODAY)
    for account in models.Account.objects.all():
        assert charged(account) == first.get(account.pk, 0), (seed, account.pk)
        assert account.is_void == (account.pk not in first)
    assert checks.check() == []
    return done


@pytest.mark.parametrize("seed", range(4))
def test_a_year_of_changes_is_charged_by_the_day_and_undone_to_the_penny(db, seed):
    assert lived_through(seed, acts=8) > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_sixty_years_of_changes_are_charged_by_the_day_and_undone_to_the_penny(db, seed):
    lived_through(seed, acts=14)
