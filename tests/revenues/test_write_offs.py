"""Write-offs: for a reason, within limits, by two where it is much, never past a need."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from borough.kernel import commanding
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.people.models import Need
from borough.lines.revenues import allotting, billing, capabilities, models, writing_off
from borough.lines.revenues.commands import write_offs
from borough.rules import parameters, years
from tests import makers
from tests.revenues import ordering
from tests.revenues.test_receipts import LAST, billed

ON = date(2025, 5, 1)
ANN, BOB = makers.an_officer(1), makers.an_officer(2)
SMALL, LARGE = 5_000, 5_001


def an_officer_up_to(*levels: str) -> commanding.System:
    allowed = [writing_off.LEVELS[level] for level in levels]
    return commanding.system(f"up-to-{levels[-1]}", *allowed)


def ask(account, pence: int = SMALL, **changed) -> models.WriteOff:
    asked = {"year": "2024-25", "reason": "absconded", "by": ANN, "on": ON, **changed}
    return write_offs.ask_write_off(account=account, pence=pence, **asked)


def owed(account) -> int:
    return allotting.sub_accounts([account.reference])[account.reference]["2024-25"][1]


def written_off() -> int:
    return {one.code: one.pence for one in ledger.trial_balance()}["CT-WRITTEN-OFF"]


def test_a_small_debt_is_given_up_by_one_officer(db):
    account = billed(LAST)
    before = owed(account)
    ask(account)
    assert owed(account) == before - SMALL
    assert written_off() == SMALL
    assert checks.check() == []


def test_a_larger_one_waits_for_a_colleague(db):
    account = billed(LAST)
    before = owed(account)
    asked = ask(account, LARGE)
    assert owed(account) == before
    with pytest.raises(write_offs.SamePerson):
        write_offs.grant_write_off(write_off=asked, by=ANN, on=ON)
    write_offs.grant_write_off(write_off=asked, by=BOB, on=ON)
    assert owed(account) == before - LARGE
    with pytest.raises(write_offs.AlreadyDecided):
        write_offs.grant_write_off(write_off=asked, by=BOB, on=ON)


def test_a_debt_given_up_piece_by_piece_waits_for_a_colleague_too(db):
    account = billed(LAST)
    assert not ask(account, SMALL - 1).needs_another
    assert not ask(account, 1).needs_another
    another = ask(account, 1)
    assert another.needs_another
    with pytest.raises(write_offs.SamePerson):
        write_offs.grant_write_off(write_off=another, by=ANN, on=ON)
    assert written_off() == SMALL


def test_pieces_come_to_the_limit_of_a_role_together(db):
    account = billed(LAST)
    decider = an_officer_up_to("write_off")
    first, second = ask(account, 9_999), ask(account, LARGE)
    write_offs.grant_write_off(write_off=first, by=decider, on=ON)
    with pytest.raises(write_offs.AboveTheLimit, match=r"£99\.99 of this debt is given up already"):
        write_offs.grant_write_off(write_off=second, by=decider, on=ON)
    write_offs.write_back(write_off=first, because="found", by=ANN, on=ON)
    write_offs.grant_write_off(write_off=second, by=decider, on=ON)
    assert written_off() == LARGE


def test_the_database_itself_refuses_one_person_deciding_on_much(db):
    asked = ask(billed(LAST), LARGE)
    with pytest.raises(DatabaseError, match="decided_by_another"), transaction.atomic():
        models.WriteOffDecision.objects.create(
            write_off=asked,
            granted=True,
            needs_another=True,
            asked_by=ANN.reference,
            by=ANN.reference,
            on=ON,
        )


@pytest.mark.parametrize(
    ("levels", "pence", "reaches"),
    [
        (("write_off",), 10_000, True),
        (("write_off",), 10_001, False),
        (("write_off", "write_off_more"), 100_000, True),
        (("write_off", "write_off_more"), 100_001, False),
        (("write_off", "write_off_most"), 150_000, True),
    ],
)
def test_nobody_decides_beyond_the_limit_of_their_roles(db, levels, pence, reaches):
    asked = ask(billed(LAST), pence)
    decider = an_officer_up_to(*levels)
    if reaches:
        write_offs.grant_write_off(write_off=asked, by=decider, on=ON)
        assert written_off() == pence
    else:
        with pytest.raises(write_offs.AboveTheLimit, match="Your roles reach to"):
            write_offs.grant_write_off(write_off=asked, by=decider, on=ON)


def test_no_more_is_given_up_than_is_owed_or_left_to_ask(db):
    account = billed(LAST)
    whole = owed(account)
    with pytest.raises(write_offs.NotOwed):
        ask(account, whole + 1)
    ask(account, whole - 1)
    with pytest.raises(write_offs.NotOwed, match=r"£0\.01 of 2024-25"):
        ask(account, 2)


def test_what_is_not_a_reason_is_refused(db):
    with pytest.raises(write_offs.NotAReason):
        ask(billed(LAST), reason="tired of it")


def test_six_years_are_counted_from_the_end_of_the_year():
    assert not writing_off.barred_on(years.Year(2018), date(2025, 3, 31))
    assert writing_off.barred_on(years.Year(2018), date(2025, 4, 1))


def test_a_debt_of_last_year_is_not_too_old(db):
    with pytest.raises(write_offs.NotAReason, match="more than six years ago"):
        ask(billed(LAST), reason="statute_barred")


def test_a_debt_under_an_order_is_not_barred_by_the_six_years(db):
    account, on = ordering.an_account_under_order(), date(2031, 4, 1)
    assert writing_off.barred_on(ordering.YEAR, on)
    with pytest.raises(write_offs.NotAReason, match="liability order"):
        ask(account, reason="statute_barred", stays_seen=True, on=on)


def test_deceased_needs_a_death_on_record(db):
    with pytest.raises(write_offs.NotAReason, match="No death"):
        ask(billed(LAST), reason="deceased")
    john = makers.a_person("John", "Rimmer", date_of_death=date(2025, 1, 2))
    assert ask(billed(LAST, people=[john]), reason="deceased", stays_seen=True).pk


def test_a_debt_somebody_needs_help_with_is_not_given_up_in_passing(db):
    mary = makers.a_person()
    Need.objects.create(person=mary, kind=Need.Kind.TELEPHONE_FIRST, starts=date(2025, 1, 1))
    account = billed(LAST, people=[mary])
    with pytest.raises(write_offs.LookFirst, match="what would help"):
        ask(account, reason="uneconomic")
    assert ask(account, reason="uneconomic", stays_seen=True).stays_seen


def test_a_debt_is_taken_up_again_when_the_person_is_found(db):
    account = billed(LAST)
    before = owed(account)
    asked = ask(account)
    write_offs.write_back(write_off=asked, because="found in Bootle", by=BOB, on=ON)
    assert owed(account) == before
    assert written_off() == 0
    with pytest.raises(write_offs.AlreadyDecided):
        write_offs.write_back(write_off=asked, because="again", by=BOB, on=ON)
    assert checks.check() == []


def test_what_was_never_given_up_is_not_taken_up_again(db):
    asked = ask(billed(LAST), LARGE)
    write_offs.refuse_write_off(write_off=asked, by=BOB, on=ON)
    with pytest.raises(write_offs.AlreadyDecided, match="not written off"):
        write_offs.write_back(write_off=asked, because="x", by=BOB, on=ON)


def test_billing_again_leaves_a_write_off_where_it_is(db):
    account = billed(LAST)
    ask(account)
    after = owed(account)
    billing.bill_accounts([account.pk], LAST, on=ON, by=ANN, because="again")
    assert owed(account) == after


def test_figures_that_nobody_has_confirmed_say_so():
    in_force = writing_off.in_force(ON)
    assert isinstance(in_force, parameters.InForce)
    assert {"write_off_limits", "write_off_alone_pence"} <= in_force.unverified


def test_an_officer_without_the_capability_is_refused(db):
    with pytest.raises(commanding.NotAllowed):
        ask(billed(LAST), by=makers.nobody())
    assert capabilities.WRITE_OFF.slug == "revenues.write_off"
