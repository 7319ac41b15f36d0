import datetime

import pydantic
import pytest

from borough.rules import parameters
from borough.rules.council_tax import disregards, exemptions

FOLDERS = ["attachment", "enforcement", "council_tax", "direct_debit", "support", "local/sefton"]
FILES = ["local/sefton/charges/bodies.yaml", "local/sefton/charges/parishes.yaml"]
UNVERIFIED = {
    ("liability_order_costs", "1993-04-01"),
    ("recovery_grace_days", "1993-04-01"),
    ("recovery_least", "1993-04-01"),
    ("recovery_paid_lately_days", "1993-04-01"),
    ("summons_costs", "1993-04-01"),
    ("summons_service_days", "1993-04-01"),
    ("agent_least_debt", "2020-04-01"),
    ("call_counts_days", "1993-04-01"),
    ("arrangement_days_to_put_right", "2020-04-01"),
    ("arrangement_late_after_days", "2020-04-01"),
    ("arrangement_tolerance", "2020-04-01"),
    ("attachment_half_penny", "2013-04-08"),
    ("attachment_pay_by_day", "1993-04-01"),
    ("attachment_tell_within_days", "1993-04-01"),
    ("dormant_after_months", "1993-04-01"),
    ("first_collection_working_days", "1993-04-01"),
    ("returns_before_suggesting", "1993-04-01"),
    ("days_before_first", "1993-04-01"),
    ("fifty_pence_tie", "1993-04-01"),
    ("facts_read_days", "2020-04-01"),
    ("formby", "2023-04-01"),
    ("fund_crisis_hours", "2020-04-01"),
    ("fund_housing_days", "2020-04-01"),
    ("fund_one_officer_pence", "2020-04-01"),
    ("fund_review_days", "2020-04-01"),
    ("fund_scheme", "2020-04-01"),
    ("fund_small_number", "2020-04-01"),
    ("plan_adviser_months", "2020-04-01"),
    ("plan_consequences", "2020-04-01"),
    ("plan_late_after_days", "2020-04-01"),
    ("plan_leaves_out", "2020-04-01"),
    ("plan_tolerance", "2020-04-01"),
    ("plan_write_off_months", "2020-04-01"),
    ("police", "2024-04-01"),
    ("signal_S1", "2020-04-01"),
    ("signal_S2", "2020-04-01"),
    ("signal_S3", "2020-04-01"),
    ("signal_S4", "2020-04-01"),
    ("signal_S5", "2020-04-01"),
    ("signal_S6", "2020-04-01"),
    ("signal_S7", "2020-04-01"),
    ("signal_S8", "2020-04-01"),
    ("signal_S9", "2020-04-01"),
    ("signal_S10", "2020-04-01"),
    ("signal_S11", "2020-04-01"),
    ("signal_S12", "2020-04-01"),
    ("signal_bands", "2020-04-01"),
    ("signal_slice_percent", "2020-04-01"),
    ("specialist_hold_days", "2020-04-01"),
    ("statement_lasts_days", "2020-04-01"),
    ("sustained_after_months", "2020-04-01"),
    ("contact_attempts_least", "2020-04-01"),
    ("statement_headings", "2020-04-01"),
    ("receipt_order", "1993-04-01"),
    ("second_look_pence", "2020-04-01"),
    ("statute_barred_years", "1993-04-01"),
    ("suspense_ages_days", "2020-04-01"),
    ("write_off_alone_pence", "1993-04-01"),
    ("write_off_limits", "1993-04-01"),
    ("write_off_reasons", "1993-04-01"),
}
"""Every figure that one source alone gives. It shrinks when a second source is found."""


def every_sheet():
    for folder in FOLDERS:
        yield parameters.load(folder)
    for file in FILES:
        yield parameters.load_file(file)


def a_figure(**changes):
    return {"value": 25, "reference": "An Act s.1", "verified": ["a page"]} | changes


def a_sheet(*figures, unit="percent"):
    values = dict(zip(("2020-04-01", "2025-04-01"), figures, strict=False))
    return {"x": {"title": "The x", "unit": unit, "reference": "An Act", "values": values}}


def test_every_figure_of_law_has_a_second_source_or_says_that_it_has_none():
    found = {
        (name, str(day))
        for sheet in every_sheet()
        for name, parameter in sheet.items()
        for day, value in parameter.values.items()
        if value.unverified
    }
    assert found == UNVERIFIED


def test_nothing_that_is_kept_as_law_is_invented():
    values = [v for sheet in every_sheet() for p in sheet.values() for v in p.values.values()]
    assert values
    assert not any(value.invented for value in values)


def test_sources_that_disagree_are_kept():
    parameter = parameters.load("council_tax")["disregarded_reoccupation_days"]
    [value] = parameter.values.values()
    assert value.value == 42
    assert [conflict.value for conflict in value.conflicts] == [41]


@pytest.mark.parametrize(
    "flaw", [{"verified": None}, {"reference": ""}, {"value": 2.5}, {"note": 1}, {"more": 1}]
)
def test_a_figure_without_source_or_with_a_float_is_refused(flaw):
    with pytest.raises(pydantic.ValidationError):
        parameters.checked(a_sheet(a_figure(**flaw)))


def test_a_figure_that_does_not_say_who_verified_it_is_refused():
    figure = a_figure()
    del figure["verified"]
    with pytest.raises(pydantic.ValidationError, match="verified"):
        parameters.checked(a_sheet(figure))


def test_a_source_does_not_verify_itself():
    with pytest.raises(pydantic.ValidationError, match="second source"):
        parameters.checked(a_sheet(a_figure(verified=["An Act s.1"])))


def test_the_value_in_force_is_the_last_that_began():
    sheet = parameters.checked(a_sheet(a_figure(value=25), a_figure(value=30, verified=[])))
    before = parameters.InForce(sheet, datetime.date(2025, 3, 31))
    after = parameters.InForce(sheet, datetime.date(2025, 4, 1))
    assert (before["x"], after["x"]) == (25, 30)
    assert (before.unverified, after.unverified) == (frozenset(), {"x"})


def test_a_figure_that_is_not_known_is_refused_never_guessed():
    sheet = parameters.checked(a_sheet(a_figure()))
    early = parameters.InForce(sheet, datetime.date(2020, 3, 31))
    with pytest.raises(parameters.NoSuchFigure, match="“The x” is not known on 31 March 2020"):
        early["x"]
    with pytest.raises(parameters.NoSuchFigure, match="“y”"):
        early["y"]


def test_an_overlay_adds_its_days_and_wins_on_its_own():
    base = parameters.checked(a_sheet(a_figure(value=1), a_figure(value=2)))
    over = parameters.checked(a_sheet(a_figure(value=9, invented=True)))
    merged = parameters.overlaid(base, over)["x"]
    assert [value.value for value in merged.values.values()] == [9, 2]
    assert merged.at(datetime.date(2021, 1, 1)).unverified


def test_before_april_2024_the_premium_began_after_two_years():
    national = parameters.load("council_tax")["long_term_empty_maximum_percent"]
    assert min(national.at(datetime.date(2024, 3, 31)).value) == 2
    assert min(national.at(datetime.date(2024, 4, 1)).value) == 1


def test_every_class_and_group_says_its_ground_and_its_law():
    assert "".join(exemptions.CLASSES) == "BDEFGHIJKLMNOPQRSTUVW"
    assert "".join(exemptions.EXCEPTIONS) == "EFGHIJKLM"
    every = [
        *exemptions.CLASSES.values(),
        *exemptions.EXCEPTIONS.values(),
        *disregards.GROUPS.values(),
    ]
    assert all(one.title and one.ground.endswith(".") and one.reference for one in every)
    assert all("Sch.1 para" in group.reference for group in disregards.GROUPS.values())


@pytest.mark.parametrize(
    ("letter", "runs_from", "over"),
    [
        ("B", "2025-04-01", "2025-10-01"),
        ("F", "2025-08-31", "2026-03-01"),
        ("F", None, None),
        ("U", "2025-04-01", None),
    ],
)
def test_exemptions_end_when_their_time_is_over(letter, runs_from, over):
    day = runs_from and datetime.date.fromisoformat(runs_from)
    assert exemptions.latest_end(letter, day) == (over and datetime.date.fromisoformat(over))
