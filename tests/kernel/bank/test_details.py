"""Bank details take two officers, and what was keyed never changes."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from borough.kernel.bank import commands, models, modulus
from borough.kernel.commanding import NotAllowed
from borough.kernel.facts.models import Fact
from tests import makers
from tests.kernel.bank.test_modulus import INVENTED

pytestmark = pytest.mark.django_db
ON = date(2025, 5, 1)
ANN, BOB = makers.an_officer(1), makers.an_officer(2)


def keyed(**changes: object) -> models.BankDetails:
    asked = {
        "person": makers.a_person(),
        "sort_code": "20-45-53",
        "account_number": "31926819",
        "name": "M Rimmer",
        "by": ANN,
        "on": ON,
    }
    return commands.key_details(**{**asked, **changes})


def test_details_may_be_used_when_a_second_officer_has_confirmed_them():
    details = keyed()
    assert not details.may_be_used
    assert commands.confirm_details(details=details, by=BOB, on=ON).may_be_used
    assert details.masked == "account ending 6819"


def test_whoever_keyed_them_may_not_confirm_them():
    details = keyed()
    with pytest.raises(commands.SamePerson, match="Ask a colleague"):
        commands.confirm_details(details=details, by=ANN, on=ON)


def test_the_database_itself_refuses_one_person_doing_both():
    details = keyed()
    with pytest.raises(DatabaseError, match="confirmed_by_another"), transaction.atomic():
        models.BankDetails.objects.filter(pk=details.pk).update(
            confirmed_by=ANN.reference, confirmed_on=ON
        )


@pytest.mark.parametrize("change", [{"account_number": "00000000"}, {"keyed_by": "officer/9"}])
def test_what_was_keyed_is_never_changed(change):
    details = keyed()
    with pytest.raises(DatabaseError), transaction.atomic():
        models.BankDetails.objects.filter(pk=details.pk).update(**change)


def test_a_confirmation_is_neither_changed_nor_taken_away():
    details = commands.confirm_details(details=keyed(), by=BOB, on=ON)
    for change in ({"confirmed_by": None, "confirmed_on": None}, {"confirmed_by": "officer/3"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            models.BankDetails.objects.filter(pk=details.pk).update(**change)


def test_withdrawn_details_are_used_no_more_and_may_be_keyed_anew():
    details = commands.confirm_details(details=keyed(), by=BOB, on=ON)
    commands.withdraw_details(details=details, by=ANN, on=ON)
    details.refresh_from_db()
    assert not details.may_be_used
    with pytest.raises(commands.AlreadySettled):
        commands.withdraw_details(details=details, by=ANN, on=ON)
    with pytest.raises(commands.AlreadySettled):
        commands.confirm_details(details=details, by=BOB, on=ON)
    assert keyed(person=details.person).pk != details.pk


def test_the_same_account_is_keyed_once():
    details = keyed()
    with pytest.raises(commands.AlreadyKeyed):
        keyed(person=details.person)


@pytest.mark.parametrize(
    "change",
    [{"sort_code": "20455"}, {"account_number": "12"}, {"name": " "}, {"sort_code": "٢" * 6}],
)
def test_what_is_no_account_is_refused(change):
    with pytest.raises(commands.NotBankDetails):
        keyed(**change)


def test_a_mistyped_figure_is_caught_and_what_cannot_be_checked_says_so(monkeypatch):
    monkeypatch.setattr(modulus, "configured", lambda: modulus.load(INVENTED))
    with pytest.raises(commands.CannotBelongTogether):
        keyed(sort_code="100000", account_number="79927399")
    assert keyed(sort_code="100000", account_number="79927398").check_made == "valid"
    assert keyed().check_made == "not_checked"


def test_facts_tell_that_it_happened_and_no_number():
    details = commands.confirm_details(details=keyed(), by=BOB, on=ON)
    commands.withdraw_details(details=details, by=ANN, on=ON)
    told = list(Fact.objects.filter(what__startswith="kernel.bank").order_by("id"))
    assert [fact.what.rpartition("_")[2] for fact in told] == ["keyed", "confirmed", "withdrawn"]
    assert all("31926819" not in str(fact.detail) + fact.thing for fact in told)
    assert "31926819" not in str(details)


def test_an_officer_without_the_capability_is_refused():
    with pytest.raises(NotAllowed):
        keyed(by=makers.nobody())
