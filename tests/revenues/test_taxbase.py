from datetime import date

from borough.lines.revenues import counting, models
from tests import makers

ON = date(2024, 10, 7)


def the_return() -> dict[tuple[str, str], str]:
    return {(line, band): value for _, line, band, value in counting.whole(ON, "E08000014")}


def test_a_borough_of_six_dwellings_is_counted_by_hand(db):
    makers.an_account(band="A")  # charged in full
    makers.an_account(band="B", adults=1)
    student = makers.an_account(band="C", adults=2)
    models.Disregard.objects.create(
        account=student, person=makers.a_person(), ground="students", starts=student.starts
    )
    exempt = makers.an_account(band="D")
    models.Exemption.objects.create(dwelling=exempt.dwelling, letter="N", starts=exempt.starts)
    empty = makers.an_account(band="A", adults=None)
    models.Occupation.objects.create(
        dwelling=empty.dwelling, state="unfurnished", starts=date(2018, 1, 1)
    )
    wheelchair = makers.an_account(band="A")
    wheelchair.disabled_reductions.create(starts=wheelchair.starts)
    found = the_return()
    assert found["1", "A"] == "3"
    assert found["8", "B"] == "1"
    assert found["9", "C"] == "1"
    assert found["2", "D"] == found["X_class", "Class N"] == "1"
    assert found["P5_200", "A"] == found["16", "A"] == "1"
    assert found["5", "A"] == found["7", "A-"] == "1"
    # A: full 1 and empty 1 + 200% = 4; A-: 1; B: 0.75; C: 0.75
    assert found["22", "total"] == "6.5"
    assert found["24", "A"] == "2.7"
    assert found["26", "total"] == "4.6"  # 0.6 + 2.7 + 0.6 + 0.7


def test_an_exempt_home_for_which_nobody_is_liable_is_exempt_all_the_same(db):
    makers.an_account(band="A")
    home = makers.a_dwelling(band="C")
    models.Exemption.objects.create(dwelling=home, letter="G", starts=date(2020, 1, 1))
    before = makers.a_dwelling(band="C")  # exempt no more
    models.Exemption.objects.create(
        dwelling=before, letter="G", starts=date(2020, 1, 1), ends=date(2024, 10, 7)
    )
    found = the_return()
    assert found["1", "C"] == "2"
    assert found["2", "C"] == found["X_class", "Class G"] == "1"
    assert found["4", "C"] == "1"


def test_council_tax_reduction_becomes_dwellings_of_its_band(db):
    account = makers.an_account(band="B", adults=2)
    account.reductions.create(
        kind=models.Reduction.Kind.SCHEME, pensioner=True, year_pence=90_000, starts=account.starts
    )
    found = the_return()
    assert float(found["28", "B"]) > 0.4
    assert found["CTS_gbp_pensioner", "B"] == "900"
    assert found["29", "B"].startswith("0.5")
