"""How a claim stands, folded from its rows, and what is disputed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from borough.partnership.savings import models
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.rules import years
from borough.rules.partnership import claims, waterfall

WHAT = models.Event.What
EVIDENCE = {
    0: "E0: asserted",
    1: "E1: method agreed",
    2: "E2: measured",
    3: "E3: traced to rows of the ledger",
    4: "E4: booked in the budget",
    5: "E5: externally audited",
}
STATES = {
    waterfall.State.PROPOSED: "Proposed",
    waterfall.State.METHOD_AGREED: "Method agreed",
    waterfall.State.MEASURED: "Measured",
    waterfall.State.SIGNED: "Signed by both",
    waterfall.State.BOOKED: "Booked",
    waterfall.State.RECONFIRMED: "Confirmed again",
    waterfall.State.DISPUTED: "Disputed",
    waterfall.State.REVERSED: "Reversed",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim on a day.

    Attributes:
        events: its steps so far, by what they are.
        evidence: what was brought, in order; of levels 4 and 5 only what both signed counts.
        level: the evidence that counts, 0 to 5.
        disputes: those that are open.
        shares: hundredths of a per cent by initiative.
        is_withdrawn: the service from which it, or what it completes, was heard took it back.
    """

    entry: models.Entry
    events: dict[str, models.Event]
    evidence: Sequence[models.Evidence]
    disputes: Sequence[models.Dispute]
    shares: dict[str, int] = field(default_factory=dict)
    is_withdrawn: bool = False

    @property
    def state(self) -> waterfall.State:
        """How far it has come."""
        steps = (
            (self.is_over, waterfall.State.REVERSED),
            (bool(self.disputes), waterfall.State.DISPUTED),
            (WHAT.BOOKED in self.events, waterfall.State.BOOKED),
            (self.is_signed and self.entry.renews_id is not None, waterfall.State.RECONFIRMED),
            (self.is_signed, waterfall.State.SIGNED),
            (WHAT.MEASURED in self.events, waterfall.State.MEASURED),
            (WHAT.METHOD_AGREED in self.events, waterfall.State.METHOD_AGREED),
        )
        return next((state for holds, state in steps if holds), waterfall.State.PROPOSED)

    @property
    def is_signed(self) -> bool:
        """Both partners have signed it."""
        return WHAT.SIGNED in self.events

    @property
    def is_over(self) -> bool:
        """It was reversed, or is a mere proposal that was taken back where it came from."""
        return WHAT.REVERSED in self.events or (self.is_withdrawn and not self.entry.prepared_by)

    @property
    def level(self) -> int:
        """The evidence that counts."""
        brought = {one.level for one in self.evidence}
        steps = (
            (WHAT.AUDITED in self.events, 5),
            (WHAT.BOOKED in self.events, 4),
            (3 in brought, 3),
            (2 in brought, 2),
            (WHAT.METHOD_AGREED in self.events, 1),
        )
        return next((level for holds, level in steps if holds), 0)

    def is_in_baseline(self, base_years: Mapping[str, str]) -> bool:
        """Tell whether the baseline of the year holds the saving already; it counts no more.

        Args:
            base_years: of the lines of the terms that hold for the year, by code.
        """
        line = self.entry.line
        if line is None or line.code not in base_years:
            return False
        return claims.is_in_baseline(self.entry.since, base_years[line.code])

    @property
    def as_rule(self) -> waterfall.Entry:
        """The claim as the rules read it."""
        entry = self.entry
        return waterfall.Entry(
            name=f"Claim {entry.pk}",
            kind=waterfall.Class(entry.kind),
            recurrence=waterfall.Recurrence(entry.recurrence),
            gross_pence=entry.gross_pence,
            full_year_pence=entry.full_year_pence,
            deadweight_bp=entry.deadweight_bp or 0,
            state=self.state,
            evidence=self.level,
            budget_changed=entry.budget_changed or WHAT.BOOKED in self.events,
            in_charge=entry.in_charge,
        )


def standing(entry: models.Entry, on: date) -> Standing:
    """Return how one claim stands on a day."""
    [found] = standings([entry], on)
    return found


def of_year(year: years.Year, on: date) -> list[Standing]:
    """Return the claims of a year that were made by a day, in order."""
    rows = models.Entry.objects.filter(year=year.name, on__lte=on).select_related("line")
    return standings(rows.order_by("pk"), on)


def all_claims(on: date) -> list[Standing]:
    """Return every claim, the newest year first."""
    rows = models.Entry.objects.filter(on__lte=on).select_related("line")
    return standings(rows.order_by("-year", "pk"), on)


def claimed_years(on: date) -> list[years.Year]:
    """Return the years in which something was claimed, in order."""
    rows = models.Entry.objects.filter(on__lte=on).values_list("year", flat=True).distinct()
    return sorted(years.Year.named(one) for one in rows)


def standings(entries: Iterable[models.Entry], on: date) -> list[Standing]:
    """Return how claims stand on a day, in five questions for any number."""
    found = list(entries)
    of = {"entry__in": [one.pk for one in found]}
    events = list(models.Event.objects.filter(**of, on__lte=on).select_related("officer"))
    brought = list(models.Evidence.objects.filter(**of, on__lte=on).order_by("pk"))
    open_on = models.Dispute.objects.filter(**of, starts__lte=on).exclude(ends__lte=on)
    disputes = list(open_on.order_by("pk"))
    shares = list(models.Share.objects.filter(**of).order_by("pk"))
    heard = [pk for one in found for pk in (one.pk, one.instead_of_id) if pk]
    rows = models.Withdrawn.objects.filter(entry__in=heard, on__lte=on)
    withdrawn = set(rows.values_list("entry", flat=True))
    return [
        Standing(
            one,
            {each.what: each for each in events if each.entry_id == one.pk},
            [each for each in brought if each.entry_id == one.pk],
            [each for each in disputes if each.entry_id == one.pk],
            {each.initiative: each.share_bp for each in shares if each.entry_id == one.pk},
            bool({one.pk, one.instead_of_id} & withdrawn),
        )
        for one in found
    ]


def claim_content(entry: models.Entry) -> dict[str, object]:
    """Return what both sign of a claim: all that it says, and what shows it."""
    names = (
        "year",
        "title",
        "how",
        "kind",
        "recurrence",
        "since",
        "until",
        "gross_pence",
        "full_year_pence",
        "deadweight_bp",
        "budget_code",
        "budget_changed",
        "in_charge",
        "measure",
        "prepared_by",
    )
    said = {name: getattr(entry, name) for name in names}
    brought = entry.evidence.filter(level__lte=3).order_by("pk").prefetch_related("traced")
    said["line"] = [entry.line.code, entry.line.base_year] if entry.line else None
    said["shares"] = {one.initiative: one.share_bp for one in entry.shares.all()}
    said["evidence"] = [
        {
            "level": one.level,
            "snapshot": one.snapshot_id,
            "rows": sorted([row.journal_id, row.line, row.pence] for row in one.traced.all()),
        }
        for one in brought
    ]
    return said


def reversal_content(entry: models.Entry) -> dict[str, object]:
    """Return what both sign to reverse a claim that both had signed."""
    return {"reverses": entry.pk, "claim": signing.digest(claim_content(entry))}


def evidence_content(evidence: models.Evidence) -> dict[str, object]:
    """Return what both sign of the budget or of an audit."""
    return {"claim": evidence.entry_id, "level": evidence.level, "shown_by": evidence.reference}


def signed(thing: str, content: dict[str, object]) -> seats.Signed:
    """Return who has signed a content."""
    return seats.signed(thing, signing.digest(content))


def room_pence(line: models.Line, year: str) -> int:
    """Return what can still be claimed of a line in a year."""
    gone = models.Event.objects.filter(what=WHAT.REVERSED).values("entry")
    rows = models.Entry.objects.filter(
        line__code=line.code, year=year, events__what=WHAT.SIGNED
    ).exclude(pk__in=gone)
    return claims.room_pence(line.value_pence, list(rows.values_list("gross_pence", flat=True)))
