"""A contract year by year, on one page that leads down to every row behind it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import cells, charts, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.history import queries
from borough.partnership.measures import asking, definitions
from borough.partnership.savings import capabilities
from borough.partnership.savings.pages import showing
from borough.partnership.surveys import measures as surveys
from borough.rules import statistics, years

YEARS = (
    tables.text("year", "Year", link="href"),
    tables.money("worth", "It would have cost"),
    tables.money("charged", "Charged"),
    tables.money("guaranteed", "Guaranteed saving"),
    tables.money("beyond", "Beyond it"),
    tables.money("so_far", "Beyond it so far"),
    tables.text("satisfied", "Satisfied"),
)
MOST_KINDS = 4
LEAST_YEARS = 3
"""Of fewer years nothing is drawn: two points are no course."""
PERCENT = 100
MILLION_PENCE = 1_000_000_00


@page(capabilities.SEE_SAVINGS)
def history(visit: Visit) -> HttpResponse:
    """Show each contract year by year, the newest first."""
    found = queries.contracts(visit.today)
    context = {
        "contracts": [_contract(one) for one in found],
        "satisfied": reverse("partnership:measure", args=[surveys.SATISFIED.slug]),
    }
    return render(visit, "history/history.html", context)


def _contract(contract: queries.Contract) -> dict[str, object]:
    return {
        "title": _span(contract),
        "place": f"contract-{contract.years[0].year.name}",
        "findings": _findings(contract),
        "money": _money(contract),
        "work": _work(contract),
        "satisfied": _satisfied(contract),
        "years": _years(contract),
    }


def _span(contract: queries.Contract) -> str:
    first, last = (contract.years[place].year.name for place in (0, -1))
    return f"{first} to {last}" if first != last else first


def _findings(contract: queries.Contract) -> list[str]:
    found = []
    if contract.worked_out:
        found += [_guarantee(contract), _beyond(contract)]
    for driver, quantities in contract.volumes.items():
        known = [one for one in quantities if one is not None]
        if known:
            found.append(_grown(driver, contract.base_of(driver), known[-1]))
    if contract.satisfied.of:
        found.append(_heard(contract.satisfied))
    return found


def _guarantee(contract: queries.Contract) -> str:
    """Say in how many years the guaranteed saving was met."""
    done = contract.worked_out
    guaranteed = {one.account.rule_set.guarantee_bp for one in done if one.account.rule_set}
    of = f" of {showing.percent(guaranteed.pop())}" if len(guaranteed) == 1 else ""
    if contract.met == len(done):
        years = "the one year that is" if len(done) == 1 else f"all {len(done)} years that are"
        since = " from the first year on," if contract.begins_with(1) else ""
        return f"The guaranteed saving{of} was met{since} in {years} worked out."
    return f"The guaranteed saving{of} was met in {contract.met} of {len(done)} years worked out."


def _beyond(contract: queries.Contract) -> str:
    """Say what came beyond the guarantee after all years, and in the first two of more."""
    done = contract.worked_out
    said = f"Beyond it came {words.money(done[-1].beyond_so_far_pence)} by {done[-1].year.name}"
    if contract.begins_with(2) and len(done) > 2:
        said += f", {words.money(done[1].beyond_so_far_pence)} of it in the first two years"
    return f"{said}."


def _grown(driver: str, base: int, now: int) -> str:
    title = _title(driver)
    if not base:
        return f"{title}: {words.number(now)}; the base year had none."
    change = round(PERCENT * (now - base) / base)
    how = f"{abs(change)}% {'more' if change > 0 else 'fewer'} than" if change else "as many as"
    return f"{title}: {words.number(now)} at last, {how} in the base year."


def _heard(satisfied: statistics.Share) -> str:
    between = satisfied.interval_permille
    sure = f" (95% sure: {_percent(between[0])} to {_percent(between[1])})" if between else ""
    return (
        f"{_percent(satisfied.permille)} of the {words.number(satisfied.of)} who answered were "
        f"satisfied{sure}."
    )


def _money(contract: queries.Contract) -> charts.Chart | None:
    done = contract.worked_out
    if len(done) < LEAST_YEARS:
        return None
    levels = [one.account.bridge.levels for one in done if one.account.bridge is not None]
    return charts.lines(
        "What it would have cost, and what it did",
        "What the work of the year would have cost before the contract, at the prices of the year; "
        "the most that may be charged once the guaranteed saving is off it; and what was charged.",
        [one.year.name for one in done],
        {
            "Would have cost": [one.scoped for one in levels],
            "Most that may be charged": [one.ceiling for one in levels],
            "Charged": [one.actual for one in levels],
        },
        of="Year",
        shows=_in_millions if levels[-1].scoped >= MILLION_PENCE else words.money,
    )


def _in_millions(pence: int | None) -> str:
    """Write an amount short enough for the side of a chart: £14.1m; the table has it in full."""
    if pence is None:
        return words.NOT_KNOWN
    tenths = (10 * pence + MILLION_PENCE // 2) // MILLION_PENCE
    return f"£{tenths // 10}.{tenths % 10}m"


def _work(contract: queries.Contract) -> charts.Chart | None:
    shown = list(contract.volumes.items())[:MOST_KINDS]
    if len(contract.worked_out) < LEAST_YEARS or not shown:
        return None
    series = {
        _title(driver): [_of_base(one, contract.base_of(driver)) for one in quantities]
        for driver, quantities in shown
    }
    return charts.lines(
        "How much work there was",
        "Each kind of work against its base year, which is 100.",
        [one.year.name for one in contract.years],
        series,
        of="Year",
    )


def _of_base(quantity: int | None, base: int) -> int | None:
    return None if quantity is None or not base else round(PERCENT * quantity / base)


def _satisfied(contract: queries.Contract) -> charts.Chart | None:
    if sum(one.satisfied is not None for one in contract.years) < LEAST_YEARS:
        return None
    return charts.bars(
        "How many of those who answered were satisfied",
        _heard(contract.satisfied),
        [(one.year.name, _permille(one)) for one in contract.years],
        of="Year",
        shows=_percent,
    )


def _years(contract: queries.Contract) -> tables.Table:
    rows = [_row(one) for one in contract.years]
    total = None
    if done := contract.worked_out:
        bridges = [one.account.bridge for one in done if one.account.bridge is not None]
        total = {
            "year": "All that are worked out",
            "worth": sum(one.levels.scoped for one in bridges),
            "charged": sum(one.levels.actual for one in bridges),
            "guaranteed": sum(-one.bars.guarantee for one in bridges),
            "beyond": sum(one.beyond_pence for one in bridges),
            "so_far": done[-1].beyond_so_far_pence,
            "satisfied": _percent(contract.satisfied.permille),
        }
    return tables.Table(f"Year by year, {_span(contract)}", YEARS, rows, total=total)


def _row(one: queries.Year) -> dict[str, object]:
    bridge = one.account.bridge
    return {
        "year": one.year.name,
        "href": reverse("partnership:savings_year", args=[one.year.name]),
        "worth": bridge.levels.scoped if bridge else None,
        "charged": one.account.charge_pence,
        "guaranteed": -bridge.bars.guarantee if bridge else None,
        "beyond": one.beyond_pence,
        "so_far": one.beyond_so_far_pence,
        "satisfied": _link(one.year, _percent(_permille(one))),
    }


def _link(year: years.Year, text: str) -> cells.Link:
    address = asking.link("partnership:measure", year, surveys.SATISFIED.slug)
    return cells.Link(text, address, f"satisfied in {year.name}")


def _permille(one: queries.Year) -> int | None:
    if one.satisfied is None:
        return None
    return statistics.share(one.satisfied.numerator or 0, one.satisfied.denominator or 0).permille


def _percent(permille: int | None) -> str:
    return "No data" if permille is None else f"{permille / 10:.1f}%"


def _title(driver: str) -> str:
    measure = definitions.measures().get(driver)
    return measure.title if measure else driver
