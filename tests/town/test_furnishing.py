"""A furnished database: all of it or nothing, invented through and through, and clean books."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.db.models import Count, Sum

from borough.kernel import commanding, joining
from borough.kernel.ledger import checks
from borough.kernel.ledger import models as ledger
from borough.kernel.ledger import queries as balances
from borough.kernel.officers.models import Officer
from borough.kernel.people.models import Person, Residence
from borough.kernel.places.models import Address, Dwelling
from borough.lines.revenues import billing
from borough.lines.revenues import models as revenues
from borough.resident.own import models as own
from borough.rules import years
from borough.rules.council_tax import clocks
from borough.town import furnishing, models, sign_ins, visitors

TODAY = date(2025, 3, 10)
YEAR = years.Year(2024)

KILLED = """
import os, signal, sys
import django
django.setup()
from contextlib import contextmanager
from datetime import date
from django.db import connection
from borough.town import furnishing
connection.settings_dict["NAME"], connection.settings_dict["USER"] = sys.argv[1:3]

@contextmanager
def until_july(title, rows):
    if title == "Receipts of July 2024":
        os.kill(os.getpid(), signal.SIGKILL)
    yield

furnishing.furnish(300, 1, on=date(2025, 3, 10), progress=until_july)
"""


@contextmanager
def quiet(title: str, rows: int) -> Iterator[None]:
    yield


def a_town(dwellings: int = 300, seed: int = 1) -> None:
    furnishing.furnish(dwellings, seed, on=TODAY, progress=quiet)


def test_a_town_of_2000_stands_and_its_books_are_clean(own_database):
    a_town(2_000)
    assert Dwelling.objects.count() == Address.objects.count() == 2_000
    assert revenues.Account.objects.filter(ends=None).count() == 2_000
    references = sorted(map(int, revenues.Account.objects.values_list("reference", flat=True)))
    assert references == list(range(100_001, 100_001 + len(references)))
    assert checks.check() == []
    charged, paid = _of_the_year()
    assert 0.92 < paid / charged < 0.97
    assert _billing_again_changes() == 0


def test_everybody_is_invented(db):
    a_town()
    officers = Officer.objects.values_list("email", flat=True)
    assert sorted(officers) == sorted(one.email for one in visitors.ALL)
    [resident] = own.Account.objects.all()
    assert resident.email == visitors.RESIDENT.email
    assert sum(one.pence for one in balances.owed_by([resident.person_id])) > 0
    assert all(email.endswith("@example.org") for email in officers)
    postcodes = set(Address.objects.values_list("postcode", flat=True))
    assert all(re.fullmatch(r"L9[0-8] \d[A-Z]{2}", one) for one in postcodes)
    assert not Dwelling.objects.filter(uprn__lt=990_000_000_001).exists()
    assert models.Town.objects.get().seed == 1


def test_every_account_has_somebody_liable_and_every_liable_person_a_name(db):
    a_town(1_000)
    bare = revenues.Account.objects.annotate(n=Count("liabilities")).filter(n=0)
    assert not bare.exists()
    assert not Person.objects.filter(family_name="").exists()
    owners = revenues.Liability.objects.filter(basis="owner").values("person")
    assert Person.objects.filter(pk__in=owners, kind="organisation").exists()
    assert Residence.objects.values("person").distinct().count() < Person.objects.count()


def test_the_states_of_the_dwellings_are_words_that_the_rules_know(db):
    a_town()
    states = set(revenues.Occupation.objects.values_list("state", flat=True))
    assert states <= set(clocks.WORDS)
    assert revenues.Occupation.objects.filter(ends=None).count() == 300


def test_a_second_furnishing_is_told_that_a_town_stands(db, capsys):
    a_town()
    before = Person.objects.count()
    assert furnishing.main(dwellings=300, seed=1) == 0
    assert "There is a town already" in capsys.readouterr().err
    assert Person.objects.count() == before


def test_where_real_people_are_recorded_no_town_is_furnished(db, capsys):
    Person.objects.create(given_names="Mary", family_name="Rimmer")
    assert furnishing.main(dwellings=300, seed=1) == 2
    assert "Furnish an empty database" in capsys.readouterr().err
    assert not Officer.objects.exists()


def test_a_live_installation_is_never_furnished(db, settings, capsys):
    settings.TOWN_IS_INVENTED = False
    assert furnishing.main(dwellings=300, seed=1) == 2
    assert not Person.objects.exists()


def test_killed_half_way_nothing_is_left_and_the_next_attempt_works(own_database):
    connection.close()
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, own_database, connection.settings_dict["USER"]],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "borough.wiring.settings"},
    )
    assert ended.returncode == -signal.SIGKILL
    assert not Person.objects.exists()
    assert not ledger.Posting.objects.exists()
    assert not models.Town.objects.exists()
    a_town()
    assert models.Town.objects.get().dwellings == 300
    assert checks.check() == []


def test_an_unknown_capability_of_a_role_is_refused_but_an_absent_lines_is_passed_over():
    cards = joining.cards()
    with pytest.raises(sign_ins.UnknownCapability, match=r"kernel\.fly"):
        sign_ins.allowed(["kernel.fly"], cards)
    assert sign_ins.allowed(["parking.issue_permit"], cards) == []
    [kept] = sign_ins.allowed(["kernel.find_people"], cards)
    assert kept.slug == "kernel.find_people"


def test_every_officer_holds_a_role_and_the_invented_password(db):
    a_town()
    for officer in Officer.objects.all():
        assert officer.appointments.get().role.grants.exists()
        assert officer.check_password(visitors.PASSWORD)


def _of_the_year() -> tuple[int, int]:
    """Return what was charged for the year and what was paid of it, pence."""
    postings = ledger.Posting.objects.filter(
        sub_account__kind=billing.KIND, sub_account__part=YEAR.name
    )
    sums = dict(postings.values_list("journal__source").annotate(Sum("pence")))
    return sums[billing.SOURCE], -sums["revenues.receipts"]


def _billing_again_changes() -> int:
    accounts = revenues.Account.objects.values_list("pk", flat=True)
    by = commanding.system("tests")
    outcome = billing.bill_accounts(list(accounts), YEAR, on=TODAY, by=by, because="a proof")
    return outcome.change_pence
