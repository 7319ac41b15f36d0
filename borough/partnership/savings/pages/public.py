"""What everybody may see: each pound with what shows it, and what is disputed."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from borough.kernel import clock
from borough.kernel.pages import cells, components, tables
from borough.kernel.visits import public
from borough.partnership.savings.pages import showing
from borough.partnership.savings.queries import years as reckoning

CLAIMS = (
    tables.text("claim", "What was saved"),
    tables.text("kind", "Class"),
    tables.money("net", "Net"),
    tables.text("level", "What shows it"),
    tables.text("why", "Does it count?"),
)
LEVELS = (tables.text("level", "What shows it"), tables.money("net", "Net"))
WHY = (
    "residents pay for this contract: what it is said to save is shown with what proves it, "
    "and what is disputed; nobody is named"
)


@public(WHY)
def savings(request: HttpRequest) -> HttpResponse:
    """Show every year of the contract to anybody."""
    today = clock.today()
    found = [one for each in reckoning.contracts(today) for one in each]
    shown = [_year(one) for one in reversed(found) if one.rule_set or one.claims]
    return render(request, "savings/public.html", {"years": shown, "on": today})


def _year(account: reckoning.Account) -> dict[str, object]:
    claims = [one for one in account.claims if _is_told(one)]
    return {
        "name": account.year.name,
        "finding": showing.finding(account),
        "naive": showing.naive(account),
        "chart": showing.bridge(account),
        "totals": showing.totals(account.totals),
        "beside": showing.beside(account.totals),
        "levels": _levels(account, showing.by_level(claims)),
        "claims": _claims(account, claims),
        "disputed": _disputed(account),
    }


def _levels(account: reckoning.Account, levels: list[tuple[str, int]]) -> tables.Table | None:
    rows = [{"level": words, "net": pence} for words, pence in levels if pence]
    if not rows:
        return None
    return tables.Table(f"What shows each pound of {account.year.name}", LEVELS, rows)


def _is_told(claim: reckoning.Judged) -> bool:
    """Return whether a partner has claimed it, and it was not taken back."""
    return bool(claim.standing.entry.prepared_by) and not claim.standing.is_over


def _claims(account: reckoning.Account, claims: Iterable[reckoning.Judged]) -> tables.Table:
    rows = []
    for one in claims:
        flags = [
            cells.Tag(f"Disputed by the {each.party}", "red") for each in one.standing.disputes
        ]
        rows.append(
            {
                "claim": cells.Lines((showing.title(one.standing), *flags)),
                "kind": one.standing.entry.get_kind_display(),
                "net": one.rule.net_pence,
                "level": showing.level(one.standing),
                "why": one.why,
            }
        )
    name = f"Savings claimed in {account.year.name}"
    return tables.Table(name, CLAIMS, rows, empty="No saving was claimed.")


def _disputed(account: reckoning.Account) -> list[components.Row]:
    """Return the counts of cases that a partner disputes: the bridge rests on them."""
    return [
        components.Row(
            reckoning.title(one.line.driver),
            cells.Lines(
                tuple(cells.Tag(f"Count disputed by the {p}", "red") for p in one.disputed_by)
            ),
        )
        for one in account.volumes
        if one.disputed_by
    ]
