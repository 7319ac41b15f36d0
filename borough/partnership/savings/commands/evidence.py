"""Bringing what shows a claim: a count, rows of the ledger, the budget, an audit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.ledger import models as ledger
from borough.partnership.measures import models as measures
from borough.partnership.measures import queries as counts
from borough.partnership.savings import accounts, capabilities, holding, models
from borough.partnership.savings.commands import entries
from borough.partnership.savings.queries import entries as queries
from borough.partnership.savings.queries import tracing
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import signing
from borough.partnership.seats.models import Seat, Signature
from borough.rules import years
from borough.rules.partnership import claims, waterfall

WHAT = models.Event.What
STEPS = {4: WHAT.BOOKED, 5: WHAT.AUDITED}


class NoCount(commanding.Refusal):
    """The claim follows no measure, or its year has no data."""


class MoreThanTheUplift(commanding.Refusal):
    """More is claimed than was collected above last year's rate."""


class RowsDiffer(commanding.Refusal):
    """The rows do not come to what is claimed, or are no rows."""


class InTheCharge(commanding.Refusal):
    """The row is in the partner's charge and the claim is not, or the other way about."""


class RowsTaken(commanding.Refusal):
    """Another claim holds the row already."""


@dataclass(frozen=True, slots=True)
class Row:
    """A posting of a sealed journal, and how much of it the claim is: with its sign."""

    journal_id: int
    line: int
    pence: int


@commanding.command(capabilities.CLAIM_SAVING)
def bring_count(*, entry: models.Entry, by: commanding.Actor, on: date) -> models.Evidence:
    """Bring the newest count of the claim's measure (E2). Nobody can bring a number of their own.

    Raises:
        NoCount: it follows no measure, or there is no data of the year.
        MoreThanTheUplift: an income claim is more than was collected above last year's rate.
        entries.OutOfOrder, entries.Waits: it cannot be evidenced now.
    """
    seat = holding.seat(by, on)
    found = _hold_for_evidence(entry)
    year = years.Year.named(entry.year)
    snapshot = _newest(entry.measure, year, on)
    if snapshot is None:
        raise NoCount(
            "There is no count of this claim's measure for the year. Count it first: no data is "
            "not nought."
        )
    if any(one.snapshot_id == snapshot.pk for one in found.evidence):
        raise entries.OutOfOrder("This count is among the evidence already.")
    if entry.kind == waterfall.Class.INCOME.value:
        _refuse_beyond_uplift(entry, snapshot, year, on)
    made = models.Evidence.objects.create(entry=entry, level=2, snapshot=snapshot, **_who(seat, on))
    _brought(found, made, seat, by=by, on=on)
    return made


@commanding.command(capabilities.CLAIM_SAVING)
def trace(
    *, entry: models.Entry, rows: Sequence[Row], by: commanding.Actor, on: date
) -> models.Evidence:
    """Trace a claim to rows of sealed journals (E3); a saving is a credit of the same amount.

    Raises:
        RowsDiffer: they do not come to exactly the claim, or are no rows of the ledger.
        RowsTaken: other claims hold so much of a row that too little is left.
        InTheCharge: the row is in the charge and the claim says it is not, or the other way.
        entries.OutOfOrder, entries.Waits: it cannot be evidenced now.
    """
    seat = holding.seat(by, on)
    found = _hold_for_evidence(entry)
    if any(one.level == 3 for one in found.evidence):
        raise entries.OutOfOrder("It is traced to rows of the ledger already.")
    total = sum(one.pence for one in rows)
    if total != -entry.gross_pence:
        raise RowsDiffer(
            "These rows do not come to what is claimed. Choose rows, or parts of rows, that do "
            "to the penny."
        )
    for row in rows:
        _refuse_row(row, in_charge=entry.in_charge)
    made = models.Evidence.objects.create(entry=entry, level=3, **_who(seat, on))
    for row in rows:
        models.Traced.objects.create(
            evidence=made, journal_id=row.journal_id, line=row.line, pence=row.pence
        )
    _brought(found, made, seat, by=by, on=on)
    return made


@commanding.command(capabilities.CLAIM_SAVING)
def bring_record(
    *, entry: models.Entry, level: int, reference: str, by: commanding.Actor, on: date
) -> models.Evidence:
    """Bring the approved budget (E4) or an audit (E5); it counts once both have signed it.

    Raises:
        entries.OutOfOrder: it is not signed by both or not traced, or has such evidence already.
        entries.Waits: it is disputed or reversed.
    """
    seat = holding.seat(by, on)
    found = entries.hold(entry)
    if not found.is_signed or not any(one.level == 3 for one in found.evidence):
        raise entries.OutOfOrder(
            "The budget and an audit come after the rows of the ledger and both signatures."
        )
    if STEPS[level] in found.events:
        raise entries.OutOfOrder("Both partners have signed this level already.")
    made = models.Evidence.objects.create(
        entry=entry, level=level, reference=reference, **_who(seat, on)
    )
    _record(made, by=by, on=on)
    return made


@commanding.command(seat_capabilities.SIGN)
def sign_record(*, evidence: models.Evidence, by: commanding.Actor, on: date) -> Signature:
    """Sign that the budget, or an audit, shows a claim; with both signatures it counts.

    Raises:
        entries.OutOfOrder: it is signed by both already, or is no such evidence.
        entries.Waits: the claim is disputed or reversed.
        seats.NoSeat, seats.AlreadySigned: as for everything that is signed.
    """
    holding.seat(by, on)
    found = entries.hold(evidence.entry)
    if evidence.level not in STEPS or STEPS[evidence.level] in found.events:
        raise entries.OutOfOrder("There is nothing more to sign here.")
    return entries.sign_step(
        evidence.entry,
        STEPS[evidence.level],
        evidence.thing,
        signing.digest(queries.evidence_content(evidence)),
        evidence=evidence,
        by=by,
        on=on,
    )


def _hold_for_evidence(entry: models.Entry) -> queries.Standing:
    found = entries.hold(entry)
    if WHAT.METHOD_AGREED not in found.events:
        raise entries.OutOfOrder("Both partners agree first how it is counted.")
    if Signature.objects.filter(thing=entry.thing).exists():
        raise entries.OutOfOrder("Somebody has signed it with the evidence that it has.")
    return found


def _newest(slug: str, year: years.Year, on: date) -> measures.Snapshot | None:
    """Return the newest count with data, by the data as at a day up to ``on``."""
    rows = [one for one in counts.over_time(slug, year) if one.as_at <= on]
    return rows[-1] if rows and rows[-1].numerator is not None else None


def _refuse_beyond_uplift(
    entry: models.Entry, snapshot: measures.Snapshot, year: years.Year, on: date
) -> None:
    before = _newest(entry.measure, year.preceding, on)
    if before is None:
        raise NoCount(
            f"There is no count for {year.preceding.name}, so nobody can tell what was more. "
            "Count that year first."
        )
    most = claims.uplift_pence(_counted(snapshot), _counted(before))
    if entry.gross_pence > most:
        raise MoreThanTheUplift(
            f"At last year’s rate all but £{most // 100:,}.{most % 100:02} would have been "
            "collected. Only what came above it can be claimed."
        )


def _counted(snapshot: measures.Snapshot) -> tuple[int, int]:
    return snapshot.numerator or 0, snapshot.denominator or 0


def _refuse_row(row: Row, *, in_charge: bool) -> None:
    rows = ledger.Posting.objects.filter(journal_id=row.journal_id, line=row.line)
    posting = rows.select_related("account").first()
    if posting is None or (posting.pence > 0) != (row.pence > 0):
        raise RowsDiffer(
            f"Journal {row.journal_id} has no such row the right way about: a saving is a credit."
        )
    if (posting.account.control_for == accounts.CHARGE.slug) != in_charge:
        raise InTheCharge(
            "The row is in the partner’s charge, and the claim says that it is not. Take the claim "
            "back and claim it as in the charge: beside it, it would count twice."
            if not in_charge
            else "The claim says that the partner’s charge holds it, and this row is not of the "
            "charge. Choose a credit note."
        )
    left = tracing.left_pence(row.journal_id, row.line, posting.pence)
    if abs(row.pence) > abs(left):
        raise RowsTaken(
            f"Of row {row.line} of journal {row.journal_id} other claims hold too much already. "
            "A pound is claimed once."
        )


def _who(seat: Seat, on: date) -> dict[str, object]:
    return {"party": seat.party, "officer_id": seat.officer_id, "on": on}


def _brought(
    found: queries.Standing,
    made: models.Evidence,
    seat: Seat,
    *,
    by: commanding.Actor,
    on: date,
) -> None:
    if WHAT.MEASURED not in found.events:
        entries.step(found.entry, WHAT.MEASURED, seat, by=by, on=on)
    _record(made, by=by, on=on)


def _record(made: models.Evidence, *, by: commanding.Actor, on: date) -> None:
    facts.record(
        "partnership.saving_evidenced",
        thing=made.entry.thing,
        by=by,
        on=on,
        entry=made.entry_id,
        level=made.level,
    )
