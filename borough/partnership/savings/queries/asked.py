"""What an auditor would ask of a claim, each answered from the records: nobody ticks a box."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from borough.kernel.pages import wording
from borough.partnership.savings import models
from borough.partnership.savings.queries import entries, terms, tracing
from borough.rules import years
from borough.rules.partnership import waterfall

WHAT = models.Event.What


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the answer that the records give, and whether that is enough."""

    question: str
    answer: str
    holds: bool


def asked(standing: entries.Standing, on: date) -> list[Asked]:
    """Return what an auditor would ask of a claim, in order."""
    questions: tuple[Callable[[entries.Standing, date], Asked | None], ...] = (
        _of_baseline,
        _of_method,
        _of_rows,
        _of_two,
        _of_budget,
        _of_once,
        _of_base_year,
        _of_deadweight,
        _of_charge,
        _of_sharing,
        _of_dispute,
    )
    return [one for ask in questions if (one := ask(standing, on))]


def _of_baseline(standing: entries.Standing, on: date) -> Asked:
    question = "Which cost that both had agreed does it lower?"
    line = standing.entry.line
    if line is None:
        is_beside = waterfall.Class(standing.entry.kind) in waterfall.BESIDE
        return Asked(question, "None of the baseline.", holds=is_beside)
    since = terms.signed(line.rule_set).since
    answer = f"“{line.code}” of version {line.rule_set.version}"
    if since is None or since > on:
        return Asked(question, f"{answer}, which both have not signed.", holds=False)
    return Asked(question, f"{answer}, signed by both.", holds=True)


def _of_method(standing: entries.Standing, on: date) -> Asked:
    agreed = standing.events.get(WHAT.METHOD_AGREED)
    question = "Did the other partner agree how it is counted?"
    if agreed is None:
        return Asked(question, "Not yet.", holds=False)
    return Asked(question, f"The {agreed.party} did, on {wording.day(agreed.on)}.", holds=True)


def _of_rows(standing: entries.Standing, on: date) -> Asked:
    question = "Which rows of the ledger show it, to the penny?"
    rows = [row for found in tracing.rows_of(standing.evidence).values() for row in found]
    if not rows:
        return Asked(question, "None.", holds=False)
    total = -sum(trace.pence for trace, _, _ in rows)
    told = ", ".join(narrative for _, narrative, _ in rows)
    return Asked(
        question, f"{told}: {wording.money(total)}.", holds=total == standing.entry.gross_pence
    )


def _of_two(standing: entries.Standing, on: date) -> Asked:
    question = "Did two people of two parties sign it?"
    entry = standing.entry
    found = entries.signed(entry.thing, entries.claim_content(entry))
    names = [
        f"{one.officer.name} for the {one.party}" for one in (found.council, found.partner) if one
    ]
    if not names:
        return Asked(question, "Nobody has signed it.", holds=False)
    return Asked(question, f"{' and '.join(names)}.", holds=standing.is_signed)


def _of_budget(standing: entries.Standing, on: date) -> Asked | None:
    if waterfall.Class(standing.entry.kind) in waterfall.BESIDE:
        return None
    question = "Is the money out of the budget?"
    booked = standing.events.get(WHAT.BOOKED)
    if booked is not None and booked.evidence is not None:
        return Asked(question, f"Booked: {booked.evidence.reference}.", holds=True)
    if standing.entry.budget_changed:
        answer = f"The claim says that {standing.entry.budget_code} was changed."
        return Asked(question, answer, holds=True)
    return Asked(question, "No: it is still spent, so it does not count.", holds=False)


def _of_once(standing: entries.Standing, on: date) -> Asked | None:
    entry = standing.entry
    if entry.line is None:
        return None
    room = entries.room_pence(entry.line, entry.year)
    left = room if standing.is_signed else room - entry.gross_pence
    question = "Is any pound of that line claimed twice?"
    answer = f"{wording.money(max(0, left))} of the line would be left in {entry.year}."
    if left < 0:
        answer = f"{wording.money(-left)} more would be claimed than is left of the line."
    return Asked(question, answer, holds=left >= 0)


def _of_base_year(standing: entries.Standing, on: date) -> Asked | None:
    entry = standing.entry
    rule_set = terms.of_year(years.Year.named(entry.year), on)
    if entry.line is None or rule_set is None:
        return None
    base_years = {line.code: line.base_year for line in terms.lines(rule_set)}
    inside = standing.is_in_baseline(base_years)
    base = base_years.get(entry.line.code, entry.line.base_year)
    return Asked(
        "Did the baseline hold it already?",
        f"The baseline is of {base}; the saving began in {entry.since}.",
        holds=not inside,
    )


def _of_deadweight(standing: entries.Standing, on: date) -> Asked:
    question = "How much would have come anyway?"
    said = standing.entry.deadweight_bp
    if said is None:
        return Asked(question, "Nothing was said: all of it is claimed.", holds=True)
    return Asked(question, f"{said / 100:.2f}% was taken off.", holds=True)


def _of_charge(standing: entries.Standing, on: date) -> Asked | None:
    if standing.entry.kind != waterfall.Class.PRICE.value:
        return None
    inside = standing.entry.in_charge
    answer = "It is in the charge, and not shared back." if inside else "It is not in the charge."
    return Asked("Is it counted with the charge and again beside it?", answer, holds=True)


def _of_sharing(standing: entries.Standing, on: date) -> Asked | None:
    if not standing.shares:
        return None
    total = sum(standing.shares.values())
    told = ", ".join(f"{thing}: {bp / 100:.2f}%" for thing, bp in standing.shares.items())
    return Asked("Do several initiatives claim it?", f"{told}.", holds=total == 10_000)


def _of_dispute(standing: entries.Standing, on: date) -> Asked:
    question = "Does anybody dispute it, or take it back?"
    told = [f"The {one.party} disputes it." for one in standing.disputes]
    if standing.is_withdrawn:
        told.append("The register of changes took the benefit back.")
    return Asked(question, " ".join(told) or "Nobody.", holds=not told)
