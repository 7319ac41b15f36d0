"""What is granted to a home ends with whom it was granted for, when others buy it or move in."""

import pytest

from borough.lines.revenues import models
from borough.lines.revenues.commands import moves
from tests import makers
from tests.revenues.test_moves import SINCE, Street, billed, charged, june, move


@pytest.fixture
def street(db):
    return Street()


def an_owner(home, letter=None, exception=None):
    """Return the account of an owner in whose name an empty home is exempt, or excepted."""
    account = makers.an_account(
        people=[makers.a_person("Old", "Owner")], dwelling=home, adults=None
    )
    account.liabilities.update(basis="owner")
    models.Occupation.objects.create(dwelling=home, state="furnished", starts=SINCE)
    if letter:
        models.Exemption.objects.create(dwelling=home, letter=letter, starts=SINCE)
    if exception:
        models.PremiumException.objects.create(dwelling=home, letter=exception, starts=SINCE)
    return account


def sold(account, day):
    seller = account.liabilities.get().person
    home = moves.AtHome(
        account.dwelling, left=[moves.Left(seller, day)], owners=[makers.a_person("New", "Owner")]
    )
    return move(home)


@pytest.mark.parametrize(
    ("letter", "ends"),
    [("F", june(3)), ("E", june(3)), ("L", june(3)), ("B", june(3)), ("G", None), ("T", None)],
)
def test_what_exempts_an_empty_home_for_its_owner_ends_when_it_is_sold(db, letter, ends):
    account = an_owner(makers.a_dwelling(), letter=letter)
    billed(account)
    moved = sold(account, june(3))
    assert models.Exemption.objects.get().ends == ends
    assert [one.letter for one in moved.ended] == ([letter] if ends else [])
    # £1,899.93 a year; furnished and nobody's home: twice that, for 302 days from 3 June
    assert charged(moved.opened[0]) == (round(189_993 * 2 * 302 / 365) if ends else 0)


@pytest.mark.parametrize(("letter", "ends"), [("G", june(3)), ("J", june(3)), ("L", None)])
def test_so_does_what_spares_it_a_premium(db, letter, ends):
    account = an_owner(makers.a_dwelling(), exception=letter)
    sold(account, june(3))
    assert models.PremiumException.objects.get().ends == ends


def test_what_was_granted_to_the_buyer_stays_when_the_sale_is_told_late(db):
    account = an_owner(makers.a_dwelling())
    models.Exemption.objects.create(dwelling=account.dwelling, letter="E", starts=june(3))
    assert sold(account, june(3)).ended == []
    assert models.Exemption.objects.get().ends is None


def test_who_takes_the_place_of_all_that_lived_there_is_exempt_for_nothing_of_theirs(street):
    models.Exemption.objects.create(dwelling=street.beech, letter="N", starts=SINCE)
    left = [moves.Left(one, june(3)) for one in (street.jones, street.other)]
    came = [moves.Came(makers.a_person("New", "Comer"), june(3), "tenant")]
    move(moves.AtHome(street.beech, left=left[:1]))
    assert models.Exemption.objects.get().ends is None
    move(moves.AtHome(street.beech, left=left[1:], came=came))
    assert models.Exemption.objects.get().ends == june(3)
