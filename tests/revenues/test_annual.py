import pytest

from borough.kernel.ledger import queries as ledger
from borough.kernel.officers.queries import OfficerAtWork
from borough.kernel.runs import commands as runs
from borough.kernel.runs import queries as run_queries
from borough.lines.revenues import annual, billing, capabilities, figures, models
from borough.lines.revenues.commands import annual as commands
from borough.rules import years
from tests import makers

YEAR = makers.YEAR
ON = makers.BILLING_DAY


def an_officer(number: int) -> OfficerAtWork:
    allowed = frozenset(one.slug for one in capabilities.ALL)
    return OfficerAtWork(f"officer/{number}", "An officer", allowed)


ANN, BOB = an_officer(1), an_officer(2)


def a_preview(**asked):
    run = commands.prepare_billing(year=YEAR, by=ANN, on=ON, **asked)
    annual.preview(run)
    return run


def bill_everybody(**changed):
    run = commands.commit_billing(preview=a_preview(), by=BOB, on=ON, **changed)
    annual.carry_out(run, by=makers.everything())
    return run


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(annual, "PART", 3)
    monkeypatch.setattr(annual.divide, "__kwdefaults__", {"size": 3})


def test_a_preview_changes_nothing_and_says_what_it_comes_to(db):
    for band in "AAB":
        makers.an_account(band=band)
    run = a_preview()
    result, _ = run.parts.order_by("number").values_list("result", flat=True)
    [found] = result["figures"]
    assert found["A"]["due"] == 2 * 162_851
    assert found["B"]["accounts"] == 1
    assert not models.Bill.objects.exists()
    assert ledger.charged(billing.SOURCE, billing.KIND).pence.sum() == 0


def test_a_preview_tells_what_one_other_figure_would_change(db):
    account = makers.an_account(band="D", adults=None)
    models.Occupation.objects.create(
        dwelling=account.dwelling, state="furnished", starts=account.starts
    )
    run = a_preview(what_if={"name": "second_home_premium_percent", "value": 50})
    result, _ = run.parts.order_by("number").values_list("result", flat=True)
    now, tried = result["figures"]
    assert now["D"]["second_home_premium"] == 244_276
    assert tried["D"]["second_home_premium"] == 122_138


def test_everybody_is_billed_and_the_ledger_agrees(db, small_parts):
    accounts = [makers.an_account(band="B") for _ in range(7)]
    run = bill_everybody()
    assert run.parts_expected == 4
    assert run_queries.progress(run).is_done
    assert models.Bill.objects.count() == len(accounts)
    assert ledger.charged(billing.SOURCE, billing.KIND).pence.sum() == 7 * 189_993


def test_carrying_it_out_again_posts_nothing(db):
    makers.an_account()
    run = bill_everybody()
    annual.carry_out(run, by=makers.everything())
    assert models.Bill.objects.count() == 1


def test_whoever_prepared_it_may_not_commit_it(db):
    makers.an_account()
    with pytest.raises(commands.SamePerson):
        commands.commit_billing(preview=a_preview(), by=ANN, on=ON)


def test_the_second_to_commit_is_told(db):
    makers.an_account()
    preview = a_preview()
    commands.commit_billing(preview=preview, by=BOB, on=ON)
    with pytest.raises(runs.AlreadyAsked, match="10 March 2025"):
        commands.commit_billing(preview=preview, by=an_officer(3), on=ON)


def test_an_unfinished_preview_cannot_be_committed(db):
    makers.an_account()
    run = commands.prepare_billing(year=YEAR, by=ANN, on=ON)
    with pytest.raises(commands.NotPreviewed):
        commands.commit_billing(preview=run, by=BOB, on=ON)


def test_one_bad_account_stops_nobody_elses_bill(db):
    good, bad = makers.an_account(), makers.an_account()
    models.Band.objects.filter(dwelling=bad.dwelling).delete()
    run = bill_everybody()
    assert models.Bill.objects.filter(account=good).exists()
    assert not models.Bill.objects.filter(account=bad).exists()
    [(number, reason)] = run.parts.order_by("number").first().result["set_aside"]
    assert number == bad.pk
    assert "band" in reason.lower()


def test_an_account_opened_meanwhile_is_swept_up(db):
    makers.an_account()
    run = commands.commit_billing(preview=a_preview(), by=BOB, on=ON)
    late = makers.an_account()
    annual.carry_out(run, by=makers.everything())
    assert models.Bill.objects.filter(account=late, year=YEAR.first).exists()


def test_last_years_figures_are_those_of_its_newest_notices(db):
    account = makers.an_account(band="A")
    billing.bill_accounts([account.pk], YEAR, on=ON, by=makers.everything(), because="x")
    assert figures.last_year(YEAR) == {"A": (1, 162_851)}
    assert figures.last_year(years.Year(2024)) == {}
