"""Everything that somebody owes and could be asked for: ours from the ledger, others' where joined.

Of a year whose instalments still run, only what is late is a debt; the rest is a bill that goes
on. What a hold leaves alone is shown, and nothing is asked for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from borough.kernel import joining, records, standing
from borough.kernel.holds import queries as holds
from borough.kernel.ledger import queries as ledger
from borough.resident.identity import queries as identity
from borough.resident.plans.queries import opening
from borough.resident.sources import models as told
from borough.resident.sources import queries as sources
from borough.rules.support import consequences, plan

AND_SO = "; "
THING = "resident.debt"


@dataclass(frozen=True, slots=True)
class Owing:
    """A debt as a plan sees it.

    Attributes:
        id: its name, by which ties of a penny are decided.
        sub_account_id: of the ledger, or of the memorandum of what others are owed.
        thing, part: what facts and holds call it.
        title: what the resident calls it.
        pence: what can be asked for now.
        tier: how grave it is, 1 for the gravest.
        consequence: what may happen about it.
        right: whose it is, by what right we know it, of which day; None for a debt to the council.
        held_because: why nothing is asked for; "" where nothing stands against it.
    """

    id: str
    sub_account_id: int
    thing: str
    part: str
    title: str
    pence: int
    tier: int
    consequence: str
    right: sources.Right | None = None
    held_because: str = ""

    def for_a_plan(self, floor_pence: int = 0) -> plan.Debt:
        """Return it as the rules of sharing take it."""
        return plan.Debt(
            id=self.id,
            tier=self.tier,
            balance_pence=self.pence,
            floor_pence=floor_pence,
            held=bool(self.held_because),
            floor_because=f"is the least that keeps this away: {self.consequence}",
            held_because=self.held_because or plan.HELD,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody owes, where it was read before: ours, how it stands, and to others."""

    owed: Sequence[ledger.Owed]
    stands: Mapping[int, standing.Standing]
    others: Sequence[sources.DebtHeld]


def of_person(
    person_id: int, *, purpose: joining.Purpose, known: Known | None = None, on: date
) -> list[Owing]:
    """Return all that somebody owes, the gravest and largest first.

    Args:
        person_id: whose debts.
        purpose: for which they are shown.
        known: what was read of them for the same purpose and day; None: it is read here.
        on: the day.

    Raises:
        opening.OpensForHelpAlone: the purpose does not open it.
    """
    opening.for_help(purpose)
    law = consequences.law(on)
    read = known or _read(person_id, on)
    found = [*_ours(read, law), *_of_others(read, purpose, law)]
    held = _held(person_id, found, law, on)
    found = [replace(one, held_because=held.get(one.id, "")) for one in found]
    return sorted(found, key=lambda one: (one.tier, -one.pence, one.id))


def _read(person_id: int, on: date) -> Known:
    owed = [row for row in ledger.owed_by([person_id]) if row.is_debt and row.pence > 0]
    joined = identity.records_of([person_id], on).get(person_id, [])
    return Known(owed, standing.standings(owed, on), sources.debts_of(joined, on))


def _ours(known: Known, law: consequences.Law) -> Iterator[Owing]:
    for row in known.owed:
        if not row.is_debt or row.pence <= 0:
            continue
        how = known.stands.get(row.sub_account_id)
        pence = _asked_now(row, how)
        if pence > 0:
            what = law.of(row.kind, how.threat.stage if how and how.threat else "")
            yield Owing(
                id=f"{row.kind}/{row.reference}/{row.part}",
                sub_account_id=row.sub_account_id,
                thing=records.thing_of(row.kind, row.reference),
                part=row.part,
                title=f"{row.title} {row.reference}, {row.part}".strip(", "),
                pence=pence,
                tier=what.tier,
                consequence=what.says,
            )


def _asked_now(row: ledger.Owed, how: standing.Standing | None) -> int:
    """Return what is late while more is to fall due, and all of it otherwise."""
    if how is not None and how.next_payment is not None:
        return min(how.overdue_pence, row.pence)
    return row.pence


def _of_others(known: Known, purpose: joining.Purpose, law: consequences.Law) -> Iterator[Owing]:
    """Give what is owed to others, each debt once, where its holder shares it for the purpose."""
    held = {one.debt_id: one for one in known.others if one.pence > 0}
    rows = told.Debt.objects.filter(pk__in=held).values_list("pk", "sub_account_id")
    for number, sub in rows.order_by("pk"):
        one = held[number]
        if purpose.slug in one.right.purposes:
            what = law.of(one.kind, one.stage)
            yield Owing(
                id=f"{one.right.source}/{one.reference}",
                sub_account_id=sub,
                thing=f"{THING}/{number}",
                part="",
                title=f"{one.title}, {one.right.holder}",
                pence=one.pence,
                tier=what.tier,
                consequence=what.says,
                right=one.right,
            )


def _held(
    person_id: int, found: Sequence[Owing], law: consequences.Law, on: date
) -> dict[str, str]:
    """Return why a debt is left out, by its id: what the kernel's holds say of it."""
    asked = [holds.Debt(one.thing, (person_id,), one.part) for one in found]
    reasons: dict[str, dict[str, None]] = {}
    for one, some in zip(found, holds.left_alone(asked, on), strict=True):
        for reason in some:
            if reason.kind in law.leaves_out:
                words = reason.words[:1].lower() + reason.words[1:]
                reasons.setdefault(one.id, {})[words] = None
    return {name: AND_SO.join(words) for name, words in reasons.items()}
