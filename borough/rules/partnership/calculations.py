"""What `borough calculate` knows of partnership: a year of savings, and agreement."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from borough.rules import cases, years
from borough.rules.partnership import agreement, savings, waterfall

Choice = TypeVar("Choice", bound=StrEnum)


def _savings(case: cases.Case, year: years.Year, *, explain: bool) -> cases.Answer:
    bridge = savings.bridge(
        [_line(one) for one in cases.of(case, "lines", list)],
        _volumes(case),
        [_change(one) for one in cases.of(case, "scope_changes", list)],
        guarantee_bp=cases.of(case, "guarantee_bp", int),
        charge_pence=cases.of(case, "charge_p", int),
    )
    entries = [_entry(one) for one in cases.of(case, "entries", list)]
    shared = waterfall.run(
        cases.of(case, "year", int), bridge, entries, _terms(case), _before(case)
    )
    answer = _bridge_told(bridge) | {"entries": [_told(entry) for entry in entries]}
    answer |= _shared_told(shared)
    if explain:
        answer["says"] = {entry.name: waterfall.WHY[entry.result] for entry in entries}
    return answer


def _bridge_told(bridge: savings.Bridge) -> cases.Answer:
    at, bars = bridge.levels, bridge.bars
    return {
        "levels_p": {name: getattr(at, name) for name in at.__slots__},
        "bars_p": {name: getattr(bars, name) for name in bars.__slots__},
        "beyond_p": bridge.beyond_pence,
        "shortfall_p": bridge.shortfall_pence,
        "naive_saving_p": bridge.naive_saving_pence,
        "naive_target_p": bridge.naive_target_pence,
    }


def _told(entry: waterfall.Entry) -> cases.Answer:
    return {"entry": entry.name, "net_p": entry.net_pence, "result": entry.result.value}


def _shared_told(shared: waterfall.Waterfall) -> cases.Answer:
    return {
        "headline_in_year_p": shared.headline_pence,
        "run_rate_p": shared.run_rate_pence,
        "cumulative_p": shared.cumulative_pence,
        "beside_p": {kind.value: pence for kind, pence in shared.beside_pence.items()},
        "beyond_unexplained_p": shared.beyond_unexplained_pence,
        "pot_p": shared.pot_pence,
        "clearing": [
            {
                "year": due.year,
                "due_p": due.due_pence,
                "cleared_p": due.cleared_pence,
                "uncleared_p": due.uncleared_pence,
            }
            for due in shared.clearing
        ],
        "to_share_p": shared.to_share_pence,
        "partner_share_p": shared.partner_share_pence,
        "council_share_p": shared.council_share_pence,
        "cash_settlement_due_p": shared.cash_settlement_pence,
        "carried_forward_p": shared.carried_pence,
    }


def _line(written: Any) -> savings.Line:
    _an_object(written, "A line")
    kind = _one_of(savings.Kind, written, "kind")
    fixed = kind is savings.Kind.FIXED
    return savings.Line(
        name=cases.of(written, "line", str),
        kind=kind,
        driver=None if fixed else cases.of(written, "driver", str),
        base_quantity=0 if fixed else _not_negative(written, "base_qty"),
        amount_pence=cases.of(written, "amount_p", int) if fixed else 0,
        unit_cost_pence=(
            cases.of(written, "unit_cost_p", int) if kind is savings.Kind.VARIABLE else 0
        ),
        steps=_steps(written) if kind is savings.Kind.STEPPED else (),
        index=_index(written),
        in_guarantee=cases.of(written, "in_guarantee", bool),
    )


def _steps(written: Mapping[str, Any]) -> tuple[savings.Step, ...]:
    steps = []
    for one in cases.of(written, "bands", list):
        _an_object(one, "A band")
        upto = None if one.get("upto") is None else cases.of(one, "upto", int)
        steps.append(savings.Step(upto, cases.of(one, "amount_p", int)))
    _rising([step.upto for step in steps], "upto")
    return tuple(steps)


def _index(written: Mapping[str, Any]) -> Fraction:
    pair = written.get("index", [1, 1])
    match pair:
        case [int(now), int(then)] if now > 0 and then > 0:
            return Fraction(now, then)
    raise cases.BadCase("index must be two whole numbers above 0: this year's and the base year's.")


def _volumes(case: cases.Case) -> dict[str, int]:
    volumes = case.get("year_volumes")
    if not isinstance(volumes, Mapping):
        raise cases.BadCase("year_volumes must be an object of a whole number by driver.")
    return {driver: _not_negative(volumes, driver) for driver in volumes}


def _change(written: Any) -> savings.ScopeChange:
    _an_object(written, "A scope change")
    return savings.ScopeChange(
        name=cases.of(written, "change", str),
        amount_pence=cases.of(written, "amount_p", int),
        approved=cases.of(written, "approved", bool),
        in_guarantee=cases.of(written, "in_guarantee", bool),
    )


def _entry(written: Any) -> waterfall.Entry:
    _an_object(written, "An entry")
    return waterfall.Entry(
        name=cases.of(written, "entry", str),
        kind=_one_of(waterfall.Class, written, "class"),
        recurrence=_one_of(waterfall.Recurrence, written, "recurrence"),
        gross_pence=cases.of(written, "gross_p", int),
        full_year_pence=cases.of(written, "full_year_p", int),
        deadweight_bp=_share(written, "deadweight_bp"),
        state=_one_of(waterfall.State, written, "state"),
        evidence=_evidence(written),
        budget_changed=cases.of(written, "budget_changed", bool),
        in_charge=cases.of(written, "in_charge", bool),
    )


def _terms(case: cases.Case) -> waterfall.Terms:
    bands = []
    for one in cases.of(case, "share_bands", list):
        _an_object(one, "A share band")
        upto = None if one.get("upto_p") is None else cases.of(one, "upto_p", int)
        bands.append(waterfall.Band(upto, _share(one, "partner_bp")))
    _rising([band.upto_pence for band in bands], "upto_p")
    if case.get("rollover") not in ("none", "carry"):
        raise cases.BadCase("rollover must be none or carry.")
    return waterfall.Terms(carries=case["rollover"] == "carry", bands=tuple(bands))


def _before(case: cases.Case) -> waterfall.Before:
    shortfalls = []
    for one in cases.of(case, "shortfalls_bf", list):
        _an_object(one, "A shortfall")
        shortfalls.append((cases.of(one, "year", int), _not_negative(one, "amount_p")))
    return waterfall.Before(tuple(shortfalls), cases.of(case, "cumulative_before_p", int))


def _an_object(written: Any, what: str) -> None:
    if not isinstance(written, Mapping):
        raise cases.BadCase(f"{what} is an object with named fields.")


def _one_of(choices: type[Choice], written: cases.Case, name: str) -> Choice:
    value = written.get(name)
    for choice in choices:
        if choice == value:
            return choice
    raise cases.BadCase(f"{name} must be one of {', '.join(choices)}.")


def _not_negative(written: cases.Case, name: str) -> int:
    number: int = cases.of(written, name, int)
    if number < 0:
        raise cases.BadCase(f"{name} must be 0 or more.")
    return number


def _share(written: cases.Case, name: str) -> int:
    number: int = cases.of(written, name, int)
    if not 0 <= number <= savings.WHOLE_BP:
        raise cases.BadCase(f"{name} must be between 0 and {savings.WHOLE_BP}.")
    return number


def _evidence(written: cases.Case) -> int:
    number: int = cases.of(written, "evidence", int)
    if not 0 <= number <= waterfall.MOST_EVIDENCE:
        raise cases.BadCase("evidence must be a level from 0 to 5.")
    return number


def _rising(limits: list[int | None], name: str) -> None:
    """Refuse steps out of order: the first that reaches would not be the one that is meant."""
    known = [limit for limit in limits if limit is not None]
    if None in limits[:-1] or known != sorted(set(known)):
        raise cases.BadCase(f"Write the bands by rising {name}; only the last may have no limit.")


def _agreement(case: cases.Case, year: years.Year, *, explain: bool) -> cases.Answer:
    table = cases.of(case, "table", list)
    if not all(isinstance(row, list) for row in table):
        raise cases.BadCase("table must be a list of rows, each a list of whole numbers.")
    said = agreement.measure(table, ordinal=cases.of(case, "ordinal", bool))
    return {
        "n": said.seen.of,
        "agree": said.seen.hits,
        "raw": said.seen.raw,
        "wilson_low": said.seen.low,
        "wilson_high": said.seen.high,
        "cohen_kappa": said.cohen_kappa,
        "gwet_ac1": said.gwet_ac1,
        "krippendorff_alpha_nominal": said.krippendorff_alpha,
        "kappa_linear": said.kappa_linear,
    }


SAVINGS = cases.CaseByCase(
    slug="savings-ledger",
    title="A contract year: the bridge from the base, and whose the savings are",
    fields=(
        ("year", "a year, such as 2009", "Which contract year?"),
        ("guarantee_bp", "0 to 10000", "Which saving is guaranteed, in hundredths of a per cent?"),
        ("lines", "a list", "What is in the frozen baseline?"),
        ("  line", "a text", "What is the line called?"),
        ("  kind", "fixed, variable or stepped", "How does its cost follow its quantity?"),
        ("  amount_p", "whole pence; of a fixed line", "What does it cost a year?"),
        ("  driver", "a text; not of a fixed line", "What does its quantity count?"),
        ("  base_qty", "a whole number; not of a fixed line", "How many in the base year?"),
        ("  unit_cost_p", "whole pence; of a variable line", "What does one cost?"),
        ("  bands", "a list of upto and amount_p; of a stepped line", "What up to how many?"),
        ("  index", "two whole numbers", "Which index value now, and in the base year?"),
        ("  in_guarantee", "true or false", "Is the guaranteed saving taken from it?"),
        ("year_volumes", "a whole number by driver", "How many this year?"),
        ("scope_changes", "a list of change, amount_p, approved, in_guarantee", "What changed?"),
        ("charge_p", "whole pence, net of credit notes", "What was charged in scope?"),
        ("entries", "a list", "Which savings are claimed?"),
        ("rollover", "none or carry", "What becomes of an uncleared shortfall?"),
        ("shortfalls_bf", "a list of year and amount_p", "What was brought forward?"),
        ("share_bands", "a list of upto_p and partner_bp", "What is the partner's share?"),
        ("cumulative_before_p", "whole pence", "What counted in earlier years?"),
    ),
    work_out=_savings,
    otherwise=years.Year(2026),
    not_modelled=(
        "Whether a volume was really counted: it is read as given.",
        "Interest on shortfalls and service credits.",
    ),
)
AGREEMENT = cases.CaseByCase(
    slug="agreement",
    title="How often two parties who decided apart decided alike",
    fields=(
        ("table", "rows of whole numbers", "How often did each pair of choices come?"),
        ("ordinal", "true or false", "Do the options have an order?"),
    ),
    work_out=_agreement,
    otherwise=years.Year(2026),
    not_modelled=("More than two parties; cases that one of them did not decide.",),
)
