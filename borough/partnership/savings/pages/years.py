"""A year of the contract: the bridge, whose the savings are, and what was charged."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.ledger import models as ledger
from borough.kernel.ledger import queries as ledger_queries
from borough.kernel.ledger import refusals
from borough.kernel.pages import cells, components, fields, forms, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.measures import asking
from borough.partnership.savings import capabilities, waiting
from borough.partnership.savings.commands import charges as commands
from borough.partnership.savings.pages import showing
from borough.partnership.savings.queries import charges
from borough.partnership.savings.queries import years as reckoning
from borough.rules import years

YEARS = (
    tables.text("year", "Year", link="href"),
    tables.text("finding", "What it came to"),
    tables.money("headline", "In the year"),
    tables.money("run_rate", "In a full year"),
    tables.money("cumulative", "All years so far"),
)
VOLUMES = (
    tables.text("line", "Line of the baseline"),
    tables.text("follows", "Follows"),
    tables.number("base", "In the base year"),
    tables.text("now", "This year"),
)
CHARGES = (
    tables.day("on", "Day"),
    tables.text("narrative", "What"),
    tables.money("pence", "Amount"),
    tables.text("can", "What you can do"),
)
CLAIMS = (
    tables.text("claim", "Claim", link="href"),
    tables.text("kind", "Class"),
    tables.money("net", "Net"),
    tables.text("level", "Evidence"),
    tables.text("becomes", "What becomes of it"),
)


class Charge(forms.Form):
    """An invoice or a credit note."""

    what = fields.ChoiceField(
        what="what it is",
        label="What is it?",
        choices=[("invoice", "An invoice"), ("credit", "A credit note: the charge becomes less")],
    )
    reference = fields.TextField(
        what="its number", label="What is its number?", max_length=40, help_text="The partner’s own"
    )
    pence = fields.MoneyField(what="an amount", label="What does it come to?", least_pence=1)
    day = fields.DayField(what="its day", label="What day is on it?")


@page(capabilities.SEE_SAVINGS)
def overview(visit: Visit) -> HttpResponse:
    """Show every year of the contract, the newest first."""
    found = [one for each in reckoning.contracts(visit.today) for one in each]
    rows = [
        {
            "year": one.year.name,
            "href": reverse("partnership:savings_year", args=[one.year.name]),
            "finding": showing.finding(one),
            "headline": one.totals.headline_pence,
            "run_rate": one.totals.run_rate_pence,
            "cumulative": one.totals.cumulative_pence,
        }
        for one in reversed(found)
    ]
    waits = [
        components.Task(one.text, cells.Tag("To do", "blue"), one.url)
        for one in waiting.of_party(visit.actor, visit.today)
    ]
    context = {"years": tables.Table("Years", YEARS, rows), "waits": waits}
    return render(visit, "savings/overview.html", context)


@page(capabilities.SEE_SAVINGS)
def year(visit: Visit, name: str) -> HttpResponse:
    """Show a year: the bridge, the three totals, whose they are, and all that they rest on."""
    account = reckoning.account(_year(name, visit.today), visit.today)
    shared = account.shared
    rule_set = account.rule_set
    return render(
        visit,
        "savings/year.html",
        {
            "account": account,
            "identity": _identity(account),
            "chart": showing.bridge(account),
            "naive": showing.naive(account),
            "totals": showing.totals(account.totals),
            "beside": showing.beside(account.totals),
            "sharing": showing.sharing(shared, rule_set.carries) if shared and rule_set else None,
            "overclaimed": max(0, -shared.beyond_unexplained_pence) if shared else 0,
            "volumes": _volumes(account, visit.today),
            "charges": _charges(account, visit),
            "claims": _claims(account),
        },
    )


@page(capabilities.RECORD_CHARGE)
def charge(visit: Visit, name: str) -> HttpResponse:
    """Record an invoice or a credit note of a year."""
    found = _year(name, visit.today)
    deed = doing.Deed(
        title=f"Record what was charged for {found.name}",
        says="It becomes a journal of the ledger. The charge of the year is what these journals "
        "come to; nobody can type it.",
        act=lambda what, reference, pence, day: commands.record_charge(
            year=found,
            reference=reference,
            pence=pence,
            is_credit=what == "credit",
            by=visit.actor,
            on=day,
        ),
        done="Recorded",
        back=reverse("partnership:savings_year", args=[found.name]),
        places={
            refusals.KeyReused: "reference",
            refusals.NoSuchPeriod: "day",
            refusals.PeriodClosed: "day",
        },
    )
    form = Charge(doing.asked(visit), initial={"day": visit.today})
    form.fields["day"].latest = visit.today  # type: ignore[attr-defined]
    return doing.answer(visit, form, deed)


@page(capabilities.RECORD_CHARGE)
def reverse_charge(visit: Visit, number: int) -> HttpResponse:
    """Take an invoice or a credit note back."""
    journal = get_object_or_404(ledger.Journal, pk=number, source=charges.SOURCE)
    [charged] = [one for one in charges.of_journal(journal) if one.sub_account]
    name = charged.sub_account.part if charged.sub_account else ""
    over = journal.reverses_id is not None or journal.reversals.exists()
    deed = doing.Deed(
        title=f"Take back: {journal.narrative}",
        says=f"It was recorded wrongly. {words.money(charged.pence)} of {name} is posted the other "
        "way about; what was recorded stays to be seen.",
        act=lambda: commands.reverse_charge(journal=journal, by=visit.actor, on=visit.today),
        done="Taken back",
        back=reverse("partnership:savings_year", args=[name]),
        button="Take it back",
        over="This was taken back already." if over else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _year(name: str, on: date) -> years.Year:
    try:
        found = years.Year.named(name)
    except ValueError:
        raise Http404 from None
    if found.name != name or abs(found.first - on.year) > reckoning.MOST_YEARS:
        raise Http404
    return found


def _identity(account: reckoning.Account) -> components.Identity:
    rows = []
    if account.rule_set is not None:
        number = account.rule_set.pk
        address = reverse("partnership:terms_version", args=[number])
        rows.append(
            components.Row("Terms", cells.Link(f"Version {account.rule_set.version}", address))
        )
        rows.append(components.Row("Guarantee", showing.percent(account.rule_set.guarantee_bp)))
    rows.append(components.Row("Charged so far", cells.Pence(account.charge_pence)))
    disputed = sum(bool(one.standing.disputes) for one in account.claims)
    flags = [cells.Tag(f"Disputed claims: {disputed}", "red")] if disputed else []
    return components.Identity(f"The contract in {account.year.name}", rows, flags)


def _volumes(account: reckoning.Account, on: date) -> tables.Table:
    rows, has_begun = [], account.year.starts <= on
    for one in account.volumes:
        now: list[object] = ["No data" if one.quantity is None else words.number(one.quantity)]
        if one.snapshot is not None:
            now.append(f"Counted to {words.short_day(one.snapshot.as_at)}")
            now += [cells.Tag("Restated", "purple")] if one.snapshot.restates_id else []
        now += [cells.Tag(f"Count disputed by the {party}", "red") for party in one.disputed_by]
        driver = one.line.driver
        link: cells.Link | str = reckoning.title(driver) if driver else "Nothing: it is fixed"
        if driver and has_begun:
            link = cells.Link(str(link), asking.link("partnership:measure", account.year, driver))
        rows.append(
            {
                "line": f"{one.line.service} ({one.line.code})",
                "follows": link,
                "base": one.line.base_quantity if driver else "Fixed",
                "now": cells.Lines(tuple(now)) if driver else "Fixed",
            }
        )
    return tables.Table(
        "How much work there was", VOLUMES, rows, empty="No terms hold for this year."
    )


def _charges(account: reckoning.Account, visit: Visit) -> tables.Table:
    may = capabilities.RECORD_CHARGE.slug in visit.actor.capabilities
    back = {one.reverses_id for one in account.charges if one.reverses_id}

    def can(one: ledger_queries.Entry) -> cells.Link | str:
        if not may or one.reverses_id or one.journal_id in back:
            return ""
        address = reverse("partnership:savings_charge_reversal", args=[one.journal_id])
        return cells.Link("Take back", address, one.narrative)

    rows = [
        {"on": one.on, "narrative": one.narrative, "pence": one.pence, "can": can(one)}
        for one in account.charges
    ]
    total = {"narrative": "Charged", "pence": account.charge_pence} if rows else None
    return tables.Table(
        "What the partner charged",
        CHARGES,
        rows,
        total=total,
        empty="Nothing that the partner charged for this year is in the ledger.",
    )


def _claims(account: reckoning.Account) -> tables.Table:
    rows = [
        {
            "claim": showing.title(one.standing),
            "href": reverse("partnership:claim", args=[one.standing.entry.pk]),
            "kind": one.rule.kind.value,
            "net": one.rule.net_pence,
            "level": showing.level(one.standing),
            "becomes": cells.Lines((showing.state(one.standing), one.why)),
        }
        for one in account.claims
    ]
    return tables.Table("Savings claimed", CLAIMS, rows, empty="No saving was claimed.")
