"""Claiming a saving, agreeing how it is counted, signing it, taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.measures import definitions
from borough.partnership.savings import capabilities, holding, models
from borough.partnership.savings.queries import entries as queries
from borough.partnership.savings.queries import terms
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as seats
from borough.partnership.seats import queries as signatures
from borough.partnership.seats import signing
from borough.partnership.seats.models import Seat, Signature
from borough.rules import years
from borough.rules.partnership import claims, waterfall

WHAT = models.Event.What


class NotAClaim(commanding.Refusal):
    """What is claimed does not fit together; the sentence says what to put right."""


class InTheBaseline(commanding.Refusal):
    """The baseline was drawn up with the saving in it."""


class MoreThanTheLine(commanding.Refusal):
    """More would be saved of a line than it costs."""


class Waits(commanding.Refusal):
    """It is disputed or reversed: it waits, and nothing else does."""


class OutOfOrder(commanding.Refusal):
    """That step comes later, or is done already."""


class NotYours(commanding.Refusal):
    """It is for the other partner to do."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed of a year (see `models.Entry`).

    Attributes:
        how: how it is counted, in a sentence or two.
        since: the year in which the saving began; the claim's own where it is left out.
        line: code of the baseline line that it lowers, or "".
        measure: slug of the measure that counts it, or "".
        shares: hundredths of a per cent by initiative; exactly the whole, or none.
    """

    year: years.Year
    title: str
    how: str
    kind: waterfall.Class
    recurrence: waterfall.Recurrence
    gross_pence: int
    full_year_pence: int
    deadweight_bp: int | None = None
    since: years.Year | None = None
    until: years.Year | None = None
    line: str = ""
    budget_code: str = ""
    budget_changed: bool = False
    in_charge: bool = False
    measure: str = ""
    shares: Mapping[str, int] = field(default_factory=dict)


@commanding.command(capabilities.CLAIM_SAVING)
def claim(
    *,
    claim: Claim,
    completes: models.Entry | None = None,
    renews: models.Entry | None = None,
    by: commanding.Actor,
    on: date,
) -> models.Entry:
    """Claim a saving of a year for the partner for whom the officer sits.

    Args:
        claim: what is claimed.
        completes: the proposal, heard from another service, that this says in full.
        renews: last year's claim that this confirms again.
        by: who claims.
        on: the day.

    Raises:
        NotAClaim: it does not fit together.
        InTheBaseline: the baseline of the year holds the saving already.
        MoreThanTheLine: less of the line is left than is claimed.
        OutOfOrder: the proposal was completed before, or what it renews is not signed.
    """
    seat = holding.seat(by, on)
    holding.one_at_a_time()
    if completes is not None:
        _refuse_completing(completes)
    if renews is not None:
        _refuse_renewing(renews, claim)
    line = _line(claim, on)
    check(claim, line)
    made = models.Entry.objects.create(
        **fields(claim, line),
        prepared_by=seat.party,
        instead_of=completes,
        renews=renews,
        by=by.reference,
        on=on,
    )
    _share(made, claim.shares)
    if completes is not None:
        step(completes, WHAT.REVERSED, seat, by=by, on=on)
    facts.record(
        "partnership.saving_claimed",
        thing=made.thing,
        by=by,
        on=on,
        pence=made.gross_pence,
        year=made.year,
        kind=made.kind,
    )
    return made


@commanding.command(capabilities.CLAIM_SAVING)
def agree_method(*, entry: models.Entry, by: commanding.Actor, on: date) -> None:
    """Agree, for the partner who did not prepare the claim, how it is counted.

    Raises:
        NotYours: the officer sits for the partner who prepared it.
        OutOfOrder: it is agreed already, or nobody has said it in full.
        Waits: it is disputed or reversed.
    """
    seat = holding.seat(by, on)
    found = hold(entry)
    if not entry.prepared_by:
        raise OutOfOrder("This came from another service. Somebody must complete it first.")
    if WHAT.METHOD_AGREED in found.events:
        raise OutOfOrder("How it is counted is agreed already.")
    if seat.party == entry.prepared_by:
        raise NotYours(f"The {seat.party} prepared this claim, so the other partner agrees.")
    step(entry, WHAT.METHOD_AGREED, seat, by=by, on=on)


@commanding.command(seat_capabilities.SIGN)
def sign_claim(*, entry: models.Entry, digest: str, by: commanding.Actor, on: date) -> Signature:
    """Sign a claim and its evidence for the partner for whom the officer sits.

    With the second partner's signature it is signed by both.

    Args:
        entry: the claim.
        digest: of the claim as it was read (`signing.digest(queries.claim_content(entry))`).
        by: who signs.
        on: the day.

    Raises:
        OutOfOrder: it is not measured yet, or is signed by both.
        NotAClaim: it has changed since it was read.
        MoreThanTheLine: less of the line is left than is claimed.
        Waits: it is disputed or reversed.
        seats.NoSeat, seats.AlreadySigned: as for everything that is signed.
    """
    holding.seat(by, on)
    found = hold(entry)
    if WHAT.MEASURED not in found.events:
        raise OutOfOrder("It is not measured yet. Bring a count, or rows of the ledger, first.")
    if found.is_signed:
        raise OutOfOrder("Both partners have signed it already.")
    _as_read(digest, queries.claim_content(entry))
    _refuse_beyond_line(entry)
    return sign_step(entry, WHAT.SIGNED, entry.thing, digest, by=by, on=on)


@commanding.command(seat_capabilities.SIGN)
def reverse(*, entry: models.Entry, by: commanding.Actor, on: date) -> None:
    """Take a claim back: one that both signed by both, another by whoever prepared it.

    Raises:
        NotYours: the officer does not sit for the partner who prepared the unsigned claim.
        Waits: it is disputed, or reversed already.
    """
    seat = holding.seat(by, on)
    found = hold(entry)
    if found.is_signed:
        digest = signing.digest(queries.reversal_content(entry))
        sign_step(entry, WHAT.REVERSED, entry.reversal, digest, by=by, on=on)
        return
    if entry.prepared_by not in {seat.party, ""}:
        raise NotYours(f"The {entry.prepared_by} prepared this claim: only they take it back.")
    step(entry, WHAT.REVERSED, seat, by=by, on=on)


def check(claim: Claim, line: models.Line | None) -> None:
    """Refuse a claim that does not fit together.

    Raises:
        NotAClaim: it does not.
        InTheBaseline: the baseline holds it already.
        MoreThanTheLine: less of the line is left.
    """
    since = claim.since or claim.year
    rules = (
        (claim.gross_pence == 0, "A claim comes to some amount."),
        (
            claim.kind in waterfall.NEEDS_DEADWEIGHT and claim.deadweight_bp is None,
            f"Say how much of it would have come anyway: class {claim.kind} needs that.",
        ),
        (
            claim.deadweight_bp is not None and not 0 <= claim.deadweight_bp <= claims.WHOLE_BP,
            "What would have come anyway is between 0 and 100 per cent.",
        ),
        (
            claim.kind not in waterfall.BESIDE and not claim.budget_code,
            f"Name the budget that it comes out of: class {claim.kind} is cash.",
        ),
        (
            claim.in_charge and claim.kind is not waterfall.Class.PRICE,
            "Only a price reduction (A1) can be in the charge already.",
        ),
        (
            claim.recurrence is waterfall.Recurrence.TIME_LIMITED and claim.until is None,
            "Say in which year it ends.",
        ),
        (since > claim.year, "A saving begins in the year of its claim or before."),
        (not claims.shares_are_whole(claim.shares), "The shares must come to exactly 100%."),
        (
            bool(claim.measure) and claim.measure not in definitions.measures(),
            "No service declares this measure. Choose one of the list.",
        ),
    )
    for is_wrong, sentence in rules:
        if is_wrong:
            raise NotAClaim(sentence)
    if line is None:
        return
    if claims.is_in_baseline(since.name, line.base_year):
        raise InTheBaseline(
            f"The line “{line.code}” holds the costs of {line.base_year}: a saving that began in "
            f"{since.name} is in it already."
        )
    _refuse_beyond(line, claim.year.name, claim.gross_pence)


def fields(claim: Claim, line: models.Line | None) -> dict[str, object]:
    """Return the columns of a claim."""
    return {
        "year": claim.year.name,
        "title": claim.title,
        "how": claim.how,
        "kind": claim.kind.value,
        "recurrence": claim.recurrence.value,
        "since": (claim.since or claim.year).name,
        "until": claim.until.name if claim.until else "",
        "gross_pence": claim.gross_pence,
        "full_year_pence": claim.full_year_pence,
        "deadweight_bp": claim.deadweight_bp,
        "line": line,
        "budget_code": claim.budget_code,
        "budget_changed": claim.budget_changed,
        "in_charge": claim.in_charge,
        "measure": claim.measure,
    }


def hold(entry: models.Entry) -> queries.Standing:
    """Hold all claims until the transaction ends; return how this one stands, all told.

    What is recorded late, for an earlier day, still comes after what was recorded before.

    Raises:
        Waits: it is disputed or reversed.
    """
    holding.one_at_a_time()
    found = queries.standing(entry, date.max)
    if found.is_over:
        raise Waits("This claim was reversed.")
    if found.disputes:
        raise Waits("This claim is disputed, so it waits until the dispute is settled.")
    return found


def step(
    entry: models.Entry,
    what: models.Event.What,
    seat: Seat,
    *,
    digest: str = "",
    evidence: models.Evidence | None = None,
    by: commanding.Actor,
    on: date,
) -> None:
    """Record that a claim took a step."""
    models.Event.objects.create(
        entry=entry,
        what=what,
        party=seat.party,
        officer_id=seat.officer_id,
        digest=digest,
        evidence=evidence,
        on=on,
    )
    if what in _FACTS:
        facts.record(_FACTS[what], thing=entry.thing, by=by, on=on, entry=entry.pk)


def sign_step(
    entry: models.Entry,
    what: models.Event.What,
    thing: str,
    digest: str,
    *,
    evidence: models.Evidence | None = None,
    by: commanding.Actor,
    on: date,
) -> Signature:
    """Sign a step that takes both partners; with the second signature it is taken."""
    signature = seats.sign(thing=thing, digest=digest, by=by, on=on)
    if signatures.signed(thing, digest).both:
        seat = holding.seat(by, on)
        step(entry, what, seat, digest=digest, evidence=evidence, by=by, on=on)
    return signature


_FACTS = {
    WHAT.METHOD_AGREED: "partnership.saving_agreed",
    WHAT.SIGNED: "partnership.saving_signed",
    WHAT.BOOKED: "partnership.saving_booked",
    WHAT.AUDITED: "partnership.saving_audited",
    WHAT.REVERSED: "partnership.saving_reversed",
}


def _line(claim: Claim, on: date) -> models.Line | None:
    if not claim.line:
        return None
    rule_set = terms.of_year(claim.year, on)
    if rule_set is None:
        raise NotAClaim(f"No terms signed by both hold for {claim.year.name}.")
    found = next((one for one in terms.lines(rule_set) if one.code == claim.line), None)
    if found is None:
        raise NotAClaim(f"The baseline of {claim.year.name} has no line “{claim.line}”.")
    return found


def _refuse_beyond(line: models.Line, year: str, gross_pence: int) -> None:
    room = queries.room_pence(line, year)
    if gross_pence > room:
        raise MoreThanTheLine(
            f"Of the line “{line.code}” only £{room // 100:,}.{room % 100:02} of {year} is not "
            "claimed yet. A pound is claimed once."
        )


def _refuse_beyond_line(entry: models.Entry) -> None:
    if entry.line is not None:
        _refuse_beyond(entry.line, entry.year, entry.gross_pence)


def _refuse_completing(proposal: models.Entry) -> None:
    if proposal.prepared_by or hold(proposal).is_over:
        raise OutOfOrder("Only a proposal that came from another service is completed.")


def _refuse_renewing(before: models.Entry, claim: Claim) -> None:
    if not hold(before).is_signed:
        raise OutOfOrder("Only what both partners have signed is confirmed again.")
    if claim.year.preceding.name != before.year or claim.since is None:
        raise NotAClaim("Confirm a saving again for the year after, and say when it began.")
    if before.recurrence == models.entries.Recurrence.ONE_OFF:
        raise NotAClaim("This saving came once, so there is nothing to confirm again.")
    for other in queries.standings(before.renewed.all(), date.max):
        if not other.is_over:
            raise OutOfOrder(f"It is confirmed again already, as claim {other.entry.pk}.")


def _as_read(digest: str, content: dict[str, object]) -> None:
    if digest != signing.digest(content):
        raise NotAClaim("This claim has changed since you opened it. Read it again.")


def _share(entry: models.Entry, shares: Mapping[str, int]) -> None:
    for initiative, share in shares.items():
        models.Share.objects.create(entry=entry, initiative=initiative, share_bp=share)
