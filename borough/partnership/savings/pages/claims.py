"""Claims: each with what shows it, both signatures, and what an auditor would ask."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.savings import capabilities, models
from borough.partnership.savings.commands import disputes
from borough.partnership.savings.commands import entries as commands
from borough.partnership.savings.pages import reading, showing
from borough.partnership.savings.queries import asked, entries, tracing
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.rules import years
from borough.rules.partnership import waterfall

CLAIMS = (
    tables.text("claim", "Claim", link="href"),
    tables.text("year", "Year"),
    tables.text("kind", "Class"),
    tables.money("net", "Net"),
    tables.text("level", "Evidence"),
    tables.text("state", "State"),
)
ASKED = (tables.text("question", "Question"), tables.text("answer", "What the records say"))
EVIDENCE = (
    tables.day("on", "Day"),
    tables.text("level", "Level"),
    tables.text("shows", "What shows it"),
    tables.text("by", "Brought for the"),
    tables.text("can", "What you can do"),
)
DISPUTED = (
    tables.text("what", "What", link="href"),
    tables.text("by", "Disputed by"),
    tables.text("why", "Why"),
    tables.money("pence", "At stake"),
    tables.text("age", "For how long"),
    tables.text("can", "What you can do"),
)


class Why(forms.Form):
    """Why a partner says that a claim is wrong."""

    why = fields.ChoiceField(
        what="why it is wrong", label="Why is it wrong?", choices=models.Dispute.Why.choices
    )


@page(capabilities.SEE_SAVINGS)
def claims(visit: Visit) -> HttpResponse:
    """List every claim, the newest year first."""
    rows = [
        {
            "claim": showing.title(one),
            "href": reverse("partnership:claim", args=[one.entry.pk]),
            "year": one.entry.year,
            "kind": one.entry.kind,
            "net": one.as_rule.net_pence,
            "level": showing.level(one),
            "state": showing.state(one),
        }
        for one in entries.all_claims(visit.today)
    ]
    table = tables.Table("Claims", CLAIMS, rows, empty="No saving was claimed yet.")
    return render(visit, "savings/claims.html", {"claims": table})


@page(capabilities.SEE_SAVINGS)
def claim(visit: Visit, number: int) -> HttpResponse:
    """Show one claim."""
    entry = _entry(number)
    found = entries.standing(entry, visit.today)
    account = reckoning.account(years.Year.named(entry.year), visit.today)
    judged = next(one for one in account.claims if one.standing.entry.pk == entry.pk)
    answers = asked.asked(found, visit.today)
    return render(
        visit,
        "savings/claim.html",
        {
            "identity": _identity(found),
            "said": _said(found),
            "why": judged.why,
            "evidence": _evidence(found, visit),
            "asked": _asked(answers),
            "open": sum(not one.holds for one in answers),
            "can": _can(found, visit),
        },
    )


@page(capabilities.CLAIM_SAVING)
def agree(visit: Visit, number: int) -> HttpResponse:
    """Agree how a claim is counted."""
    entry = _entry(number)
    return _deed(
        visit,
        doing.Deed(
            title="Agree how it is counted",
            says=f"{entry.how} You agree for the partner for whom you sit; evidence can be brought "
            "then.",
            act=lambda: commands.agree_method(entry=entry, by=visit.actor, on=visit.today),
            done="Agreed",
            back=reverse("partnership:claim", args=[number]),
            button="Agree to it",
        ),
    )


@page(seat_capabilities.SIGN)
def sign(visit: Visit, number: int) -> HttpResponse:
    """Sign a claim and its evidence."""
    entry = _entry(number)
    found = entries.standing(entry, visit.today)
    digest = signing.digest(entries.claim_content(entry))
    deed = doing.Deed(
        title="Sign a claim",
        says=f"{showing.title(found)}: {words.money(entry.gross_pence)} in {entry.year}, with "
        f"evidence {showing.level(found)}. You sign for the partner for whom you sit.",
        act=lambda read: commands.sign_claim(
            entry=entry, digest=read, by=visit.actor, on=visit.today
        ),
        done="Signed",
        back=reverse("partnership:claim", args=[number]),
        button="Sign it",
        over="Both partners have signed this claim." if found.is_signed else "",
    )
    return doing.answer(visit, reading.Read(doing.asked(visit), initial={"read": digest}), deed)


@page(seat_capabilities.SIGN)
def reverse_claim(visit: Visit, number: int) -> HttpResponse:
    """Take a claim back."""
    entry = _entry(number)
    found = entries.standing(entry, visit.today)
    both = "Both have signed it, so both take it back: it stays until the second has."
    return _deed(
        visit,
        doing.Deed(
            title="Take a claim back",
            says=f"{showing.title(found)}. {both if found.is_signed else 'It counts no more.'} "
            "That it was claimed stays on record.",
            act=lambda: commands.reverse(entry=entry, by=visit.actor, on=visit.today),
            done="Taken back for your partner" if found.is_signed else "Taken back",
            back=reverse("partnership:claim", args=[number]),
            button="Take it back",
            over="This claim was reversed." if found.is_over else "",
        ),
    )


@page(capabilities.DISPUTE_SAVING)
def dispute(visit: Visit, number: int) -> HttpResponse:
    """Dispute a claim."""
    entry = _entry(number)
    deed = doing.Deed(
        title="Dispute a claim",
        says="It counts for nothing until you say that the dispute is settled, and shows as "
        "disputed wherever it stands. Everything else goes on.",
        act=lambda why: disputes.dispute(
            entry=entry, why=models.Dispute.Why(why), by=visit.actor, on=visit.today
        ),
        done="Disputed",
        back=reverse("partnership:claim", args=[number]),
        button="Dispute it",
    )
    return doing.answer(visit, Why(doing.asked(visit)), deed)


@page(capabilities.DISPUTE_SAVING)
def settle(visit: Visit, number: int) -> HttpResponse:
    """Say that a dispute is settled."""
    found = get_object_or_404(models.Dispute, pk=number)
    return _deed(
        visit,
        doing.Deed(
            title="Settle a dispute",
            says="The claim goes on where it stood. That it was disputed stays on record.",
            act=lambda: disputes.settle(dispute=found, by=visit.actor, on=visit.today),
            done="Settled",
            back=reverse("partnership:claim", args=[found.entry_id]),
            button="It is settled",
            over="This dispute is settled already." if found.ends else "",
        ),
    )


@page(capabilities.SEE_SAVINGS)
def disagreements(visit: Visit) -> HttpResponse:
    """List what is disputed: the money at stake, and for how long."""
    live = [one for one in entries.all_claims(visit.today) if one.disputes and not one.is_over]
    seat = seats.seat_of(visit.actor, visit.today)
    party = seat.party if seat else ""
    rows = [
        {
            "what": showing.title(one),
            "href": reverse("partnership:claim", args=[one.entry.pk]),
            "by": each.get_party_display().capitalize(),
            "why": each.get_why_display(),
            "pence": one.as_rule.net_pence,
            "age": f"{(visit.today - each.starts).days} days",
            "can": _settling(each) if each.party == party else "",
        }
        for one in live
        for each in one.disputes
    ]
    at_stake = sum(one.as_rule.net_pence for one in live)
    total = {"what": "Together", "pence": at_stake} if rows else None
    table = tables.Table(
        "What is disputed", DISPUTED, rows, total=total, empty="Nothing is disputed."
    )
    return render(visit, "savings/disagreements.html", {"disputed": table})


def _settling(one: models.Dispute) -> cells.Link:
    address = reverse("partnership:claim_settle", args=[one.pk])
    return cells.Link("Settle", address, f"claim {one.entry_id}")


def _entry(number: int) -> models.Entry:
    rows = models.Entry.objects.select_related("line", "line__rule_set")
    return get_object_or_404(rows, pk=number)


def _deed(visit: Visit, deed: doing.Deed) -> HttpResponse:
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _identity(found: entries.Standing) -> components.Identity:
    entry = found.entry
    rows = [
        components.Row("Year", entry.year),
        components.Row("Gross", cells.Pence(entry.gross_pence)),
        components.Row("Net", cells.Pence(found.as_rule.net_pence)),
        components.Row("Evidence", showing.level(found)),
    ]
    return components.Identity(showing.title(found), rows, [showing.state(found)])


def _said(found: entries.Standing) -> list[components.Row]:
    entry = found.entry
    prepared = entry.get_prepared_by_display().capitalize() if entry.prepared_by else ""
    line = f"{entry.line.service} ({entry.line.code})" if entry.line else "None"
    rows = [
        components.Row("Claimed by", prepared or "Nobody yet: it was heard from another service"),
        components.Row("How it is counted", entry.how or None),
        components.Row("Class", entry.get_kind_display()),
        components.Row("Comes again", entry.get_recurrence_display()),
        components.Row("In a full year", cells.Pence(entry.full_year_pence)),
        components.Row("Began in", entry.since),
        components.Row("Baseline line", line),
        components.Row("Budget", entry.budget_code or "None named"),
    ]
    if found.shares:
        told = tuple(f"{thing}: {showing.percent(bp)}" for thing, bp in found.shares.items())
        rows.append(components.Row("Initiatives", cells.Lines(told)))
    if entry.renews_id:
        link = cells.Link(
            f"Claim {entry.renews_id}", reverse("partnership:claim", args=[entry.renews_id])
        )
        rows.append(components.Row("Confirms again", link))
    return rows


def _evidence(found: entries.Standing, visit: Visit) -> tables.Table:
    traced = tracing.rows_of(found.evidence)
    booked = {one.evidence_id for one in found.events.values() if one.evidence_id}
    may = seat_capabilities.SIGN.slug in visit.actor.capabilities
    rows = []
    for one in found.evidence:
        shows: list[object] = [
            f"{narrative}, {account}: {words.money(trace.pence)}"
            for trace, narrative, account in traced.get(one.pk, [])
        ]
        if one.snapshot is not None:
            address = reverse("partnership:measure", args=[one.snapshot.measure])
            shows.append(cells.Link(f"The count of {words.day(one.snapshot.as_at)}", address))
        if one.reference:
            shows.append(one.reference)
        pending = one.level > waterfall.EVIDENCE_THAT_COUNTS and one.pk not in booked
        if pending:
            shows.append(cells.Tag("Not signed by both", "yellow"))
        address = reverse("partnership:claim_evidence_sign", args=[one.pk])
        rows.append(
            {
                "on": one.on,
                "level": entries.EVIDENCE[one.level],
                "shows": cells.Lines(tuple(shows)),
                "by": one.get_party_display(),
                "can": cells.Link("Sign", address, one.reference) if pending and may else "",
            }
        )
    return tables.Table("Evidence", EVIDENCE, rows, empty="Nothing shows it yet.")


def _asked(answers: list[asked.Asked]) -> tables.Table:
    rows = [
        {
            "question": one.question,
            "answer": cells.Lines(
                (one.answer,) if one.holds else (one.answer, cells.Tag("Not enough", "orange"))
            ),
        }
        for one in answers
    ]
    return tables.Table("What would the auditor ask?", ASKED, rows)


def _can(found: entries.Standing, visit: Visit) -> list[cells.Link]:
    """Return what can be done with a claim now, by what its state and the officer's roles allow."""
    number, state = found.entry.pk, found.state
    seat = seats.seat_of(visit.actor, visit.today)
    party = seat.party if seat else ""
    what = models.Event.What
    live = not found.is_over and not found.disputes
    measured = what.MEASURED in found.events
    agreed = what.METHOD_AGREED in found.events
    unsigned = live and agreed and not found.is_signed
    steps = (
        ("Complete it", "claim_completion", live and not found.entry.prepared_by),
        (
            "Agree how it is counted",
            "claim_method",
            live and state is waterfall.State.PROPOSED and party != found.entry.prepared_by != "",
        ),
        ("Bring a count", "claim_count", unsigned and bool(found.entry.measure)),
        ("Trace it to the ledger", "claim_rows", unsigned),
        ("Sign it", "claim_sign", unsigned and measured),
        ("Bring the budget or an audit", "claim_record", live and found.is_signed),
        ("Confirm it for the next year", "claim_again", live and found.is_signed),
        ("Dispute it", "claim_dispute", not found.is_over),
        ("Take it back", "claim_reversal", live),
    )
    can = [
        cells.Link(text, reverse(f"partnership:{name}", args=[number]))
        for text, name, may in steps
        if may and party
    ]
    mine = [one for one in found.disputes if one.party == party]
    return can + [
        cells.Link("Settle the dispute", reverse("partnership:claim_settle", args=[one.pk]))
        for one in mine
    ]
