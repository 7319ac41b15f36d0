"""How claims, years and shares are written on every page of the ledger."""

from collections.abc import Sequence

from borough.kernel.pages import bridges, cells, charts, components, tables, wording
from borough.partnership.savings.queries import entries
from borough.partnership.savings.queries import years as reckoning
from borough.rules.partnership import waterfall

CLASSES = {
    waterfall.Class.INVESTMENT: "Investment by the partner (A4)",
    waterfall.Class.COST_AVOIDED: "Cost avoided (A5)",
    waterfall.Class.NOT_CASH: "No cash: time, quality, social value (A6)",
}
_COLOURS = {
    waterfall.State.DISPUTED: "red",
    waterfall.State.REVERSED: "grey",
    waterfall.State.SIGNED: "green",
    waterfall.State.BOOKED: "green",
    waterfall.State.RECONFIRMED: "green",
}
WATERFALL = (tables.text("what", "What"), tables.money("pence", "Amount"))


def percent(bp: int) -> str:
    """Write hundredths of a per cent: ``10%``, ``12.5%``."""
    return f"{bp / 100:.2f}".rstrip("0").rstrip(".") + "%"


def title(standing: entries.Standing) -> str:
    """Return what a claim is called."""
    return (
        standing.entry.title or f"Heard from the register of changes, class {standing.entry.kind}"
    )


def state(standing: entries.Standing) -> cells.Tag:
    """Return how far a claim has come, as a tag."""
    return cells.Tag(entries.STATES[standing.state], _COLOURS.get(standing.state, "blue"))


def level(standing: entries.Standing) -> str:
    """Return the evidence that counts, in words."""
    return entries.EVIDENCE[standing.level]


def totals(found: waterfall.Totals) -> list[components.Row]:
    """Return the three totals, always together."""
    return [
        components.Row("In this year, in cash", cells.Pence(found.headline_pence)),
        components.Row("In a full year, of what comes again", cells.Pence(found.run_rate_pence)),
        components.Row("All years so far", cells.Pence(found.cumulative_pence)),
    ]


def beside(found: waterfall.Totals) -> list[components.Row]:
    """Return what is no cash, by class: shown beside, and never added."""
    return [
        components.Row(words, cells.Pence(found.beside_pence[kind]))
        for kind, words in CLASSES.items()
    ]


def steps(account: reckoning.Account) -> list[bridges.Step]:
    """Return how the base became the charge, step by step; none where it is not worked out."""
    if account.bridge is None:
        return []
    at, bars = account.bridge.levels, account.bridge.bars
    return [
        bridges.Step("Base year", at.base, is_level=True),
        bridges.Step("More or fewer cases", bars.volume),
        bridges.Step("Prices", bars.inflation),
        bridges.Step("Change of scope", bars.scope),
        bridges.Step("Guaranteed saving", bars.guarantee),
        bridges.Step("Most that may be charged", at.ceiling, is_level=True),
        bridges.Step("Beyond or short of it", bars.additional),
        bridges.Step("Charged", at.actual, is_level=True),
    ]


def bridge(account: reckoning.Account) -> charts.Chart | None:
    """Draw how the base became the charge; None where the year is not worked out."""
    if account.bridge is None:
        return None
    name = f"From the base year to the charge of {account.year.name}"
    return bridges.bridge(name, finding(account), steps(account), of="Step")


def finding(account: reckoning.Account) -> str:
    """Return what a year came to, in a sentence."""
    if account.bridge is None:
        return " ".join(account.missing)
    beyond = account.bridge.beyond_pence
    if beyond < 0:
        return f"The partner charged {wording.money(-beyond)} more than the guarantee allows."
    return f"The guarantee was met, and the charge is {wording.money(beyond)} below what it allows."


def naive(account: reckoning.Account) -> str:
    """Return what a headline would have said, as if nothing but the price had changed."""
    if account.bridge is None or account.rule_set is None:
        return ""
    saved, wanted = account.bridge.naive_saving_pence, account.bridge.naive_target_pence
    fell, bp = "fell" if saved >= 0 else "rose", account.rule_set.guarantee_bp
    return (
        f"Without counting cases and prices, one would say: the charge {fell} by "
        f"{wording.money(abs(saved))} from the base year, and {percent(bp)}"
        f" of the base is {wording.money(wanted)}. Both are true; the bridge says why they differ."
    )


def sharing(shared: waterfall.Waterfall, carries: bool) -> tables.Table:  # noqa: FBT001
    """Return whose the savings are: shortfalls first, then the shares."""
    rows: list[dict[str, object]] = [{"what": "Savings to share out", "pence": shared.pot_pence}]
    for due in shared.clearing:
        if due.due_pence:
            of = f"the shortfall of {due.year}-{(due.year + 1) % 100:02}"
            rows.append({"what": f"First clears {of}", "pence": -due.cleared_pence})
            rows.append({"what": f"Still due of {of}", "pence": due.uncleared_pence})
    rows += [
        {"what": "Left to share", "pence": shared.to_share_pence},
        {"what": "The partner’s share", "pence": shared.partner_share_pence},
        {"what": "The council’s share", "pence": shared.council_share_pence},
    ]
    if carries:
        rows.append({"what": "Shortfall carried to next year", "pence": shared.carried_pence})
    else:
        rows.append({"what": "Shortfall due in cash", "pence": shared.cash_settlement_pence})
    return tables.Table("Whose the savings are: the guarantee first", WATERFALL, rows)


def by_level(claims: Sequence[reckoning.Judged]) -> list[tuple[str, int]]:
    """Return net cash claimed and not reversed, by the evidence that it has."""
    live = [
        one for one in claims if not one.standing.is_over and one.rule.kind not in waterfall.BESIDE
    ]
    return [
        (words, sum(one.rule.net_pence for one in live if one.standing.level == number))
        for number, words in entries.EVIDENCE.items()
    ]
