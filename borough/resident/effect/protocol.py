"""The protocol of councils and advisers for collecting Council Tax arrears, checked from the rows.

What the Local Government Association and Citizens Advice ask of a council, in our own words, as far
as rows can tell it. A row can tell what was done and not how it was felt; what it cannot tell is
left to the council, and is not ticked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.module_loading import import_string

from borough.kernel import joining
from borough.kernel.facts.models import Concerns, Fact
from borough.kernel.holds import pressed
from borough.kernel.holds.models import Hold
from borough.kernel.ledger.models import Holding
from borough.kernel.pages import tables, wording
from borough.kernel.people.models import Need
from borough.resident.effect import figures, papers
from borough.resident.moratoria import check
from borough.resident.plans.letters import letter
from borough.resident.plans.models import Plan
from borough.resident.signals.models import SupportCase
from borough.rules import statistics

YEAR_DAYS = 365
EARLY_DAYS = 60
"""An offer of help so many days before a summons, or later, counts as made before it."""
CALLED = "kernel.called_first"
CLAIM = "claim_pending"
TITLE = "Collecting fairly: the protocol of councils and advisers"
COLUMNS = (
    tables.text("asks", "What the protocol asks"),
    tables.text("found", "What the rows of a year say"),
    tables.text("of", "Of how many"),
)
FOR_THE_COUNCIL = (
    (
        "When officers last met advice agencies, and when councillors did; the protocol asks for "
        "quarterly and yearly meetings."
    ),
    "Whom an adviser calls about a case, and how soon they are answered.",
    "How complaints about enforcement agents are looked into, and what came of them this year.",
    "Whether reminders and summonses were tried out on people who find letters hard.",
    "Whether the council has signed up to the protocol, and when.",
)
Done = list[pressed.Pressed]


@dataclass(frozen=True, slots=True)
class Year:
    """What pressed anybody in a year, and who holds the accounts."""

    starts: date
    on: date
    done: Done
    holders: dict[str, set[int]]

    def people(self, of: Iterable[pressed.Pressed]) -> set[int]:
        """Return who holds the accounts of some acts."""
        return {who for one in of for who in self.holders.get(one.thing, ())}

    def of(self, sort: str, words: str = "") -> Done:
        """Return the acts of a sort, and of these words where any are given."""
        return [one for one in self.done if one.sort == sort and words in {"", one.words}]


@dataclass(frozen=True, slots=True)
class Check:
    """Something the protocol asks for; ``share`` answers how often it is otherwise, or so."""

    asks: str
    says: str
    share: Callable[[Year], statistics.Share]


def paper(on: date) -> papers.Paper:
    """Return the checklist of the year up to a day."""
    year = of_year(on)
    rows = [_row(one, one.share(year)) for one in CHECKS]
    return papers.Paper(
        title=TITLE,
        lead=(
            (
                f"Checked from the rows of {wording.period(year.starts, on + timedelta(1))}. "
                f"{sum(row['found'] != figures.NO_DATA for row in rows)} of {len(rows)} points "
                "have "
                "data."
            ),
        ),
        parts=(
            papers.Part("What rows can tell", sheets=(tables.Table("Checklist", COLUMNS, rows),)),
            papers.Part("What only the council can say", blanks=FOR_THE_COUNCIL),
        ),
        on=on,
    )


def of_year(on: date) -> Year:
    """Return what pressed anybody in the year up to a day."""
    starts = on - timedelta(YEAR_DAYS)
    done = [one for one in pressed.everything() if starts < one.on <= on]
    wanted = {one.thing for one in done}
    holders: dict[str, set[int]] = {}
    references = [thing.rpartition("/")[2] for thing in wanted]
    rows = Holding.objects.filter(sub_account__reference__in=references)
    named = rows.values_list("sub_account__kind", "sub_account__reference", "person_id")
    for kind, reference, person in named:
        thing = f"{kind.partition('.')[0]}.account/{reference}"
        if thing in wanted:
            holders.setdefault(thing, set()).add(person)
    return Year(starts + timedelta(1), on, done, holders)


def _row(check_: Check, share: statistics.Share) -> dict[str, str]:
    if not share.of:
        return {"asks": check_.asks, "found": figures.NO_DATA, "of": "none"}
    return {
        "asks": check_.asks,
        "found": f"{check_.says}: {wording.number(share.hits)} ({figures.percent(share.permille)})",
        "of": wording.number(share.of),
    }


def _offered_before_court(year: Year) -> statistics.Share:
    """Return the people summoned of whom somebody had called, or taken a case, shortly before."""
    summoned = {
        (who, one.on)
        for one in year.of("step", "summons")
        for who in year.holders.get(one.thing, ())
    }
    people = {who for who, _ in summoned}
    reached: dict[int, list[date]] = {}
    cases = SupportCase.objects.filter(person__in=people).values_list("person_id", "opened_on")
    called = Concerns.objects.filter(person_id__in=people, fact__what=CALLED)
    for who, day in (*cases, *called.values_list("person_id", "fact__on")):
        reached.setdefault(who, []).append(day)
    before = [
        any(0 <= (day - call).days <= EARLY_DAYS for call in reached.get(who, ()))
        for who, day in summoned
    ]
    return statistics.share(sum(before), len(before))


def _agents_and_needs(year: Year) -> statistics.Share:
    """Return the people sent to agents of whom a support need was recorded then."""
    sent = [(who, one.on) for one in year.of("agent") for who in year.holders.get(one.thing, ())]
    needs: dict[int, list[tuple[date, date | None]]] = {}
    rows = Need.objects.filter(person__in={who for who, _ in sent})
    for who, starts, ends in rows.values_list("person_id", "starts", "ends"):
        needs.setdefault(who, []).append((starts, ends))
    there = [
        any(starts <= day and (ends is None or ends > day) for starts, ends in needs.get(who, ()))
        for who, day in sent
    ]
    return statistics.share(sum(there), len(there))


def _agents_and_help(year: Year) -> statistics.Share:
    """Return the people sent to agents whom a service knows to get help with what they owe."""
    people = np.array(sorted(year.people(year.of("agent"))), np.int64)
    helped: set[int] = set()
    for card in joining.cards():
        if card.monitors and len(people):
            told = import_string(card.monitors)(people, year.on)
            helped |= {who for some in told.values() for who in some}
    return statistics.share(len(helped & set(people.tolist())), len(people))


def _during_claims(year: Year) -> statistics.Share:
    """Return the steps and costs taken while a claim for help was known to be open."""
    holds: dict[str, list[tuple[date, date | None]]] = {}
    of_people: dict[int, list[tuple[date, date | None]]] = {}
    for one in Hold.objects.filter(kind=CLAIM):
        if one.thing:
            holds.setdefault(one.thing, []).append((one.starts, one.ends))
        elif one.person_id:
            of_people.setdefault(one.person_id, []).append((one.starts, one.ends))
    acts = [*year.of("step"), *year.of("costs"), *year.of("agent")]

    def is_held(one: pressed.Pressed) -> bool:
        spells = list(holds.get(one.thing, ()))
        for who in year.holders.get(one.thing, ()):
            spells += of_people.get(who, ())
        return any(starts < one.on and (ends is None or ends > one.on) for starts, ends in spells)

    return statistics.share(sum(map(is_held, acts)), len(acts))


def _during_moratoria(year: Year) -> statistics.Share:
    """Return the acts that a breathing space forbade, counted as ``check-moratoria`` does."""
    found = {one.done for one in check.findings()}
    return statistics.share(sum(one in found for one in year.done), len(year.done))


def _with_statement(year: Year) -> statistics.Share:
    """Return the plans agreed in the year that rest on a statement not older than themselves."""
    plans = Plan.objects.filter(starts__range=(year.starts, year.on), follows=None)
    rows = plans.values_list("starts", "statement__taken_on")
    return statistics.share(sum(taken <= starts for starts, taken in rows), len(rows))


def _advice_named(year: Year) -> statistics.Share:
    """Return the agencies for free advice that a letter names; all of them have a number."""
    named = letter.letterhead().get("advice", [])
    return statistics.share(sum(bool(one.get("contact")) for one in named), len(named))


def _called(year: Year) -> statistics.Share:
    """Return the people reminded who were called in the year."""
    people = year.people([*year.of("step", "reminder"), *year.of("step", "final_notice")])
    facts = Fact.objects.filter(what=CALLED, on__range=(year.starts, year.on))
    called = Concerns.objects.filter(fact__in=facts, person_id__in=people)
    return statistics.share(called.values("person_id").distinct().count(), len(people))


CHECKS = (
    Check("Letters say where free advice is to be had", "Named with a number", _advice_named),
    Check("People are rung, not only written to", "Reminded, and called", _called),
    Check(
        f"Help is offered before court: a call or a case in the {EARLY_DAYS} days before",
        "Summoned, and offered help before",
        _offered_before_court,
    ),
    Check("Nothing is taken further while a claim for help is open", "Taken all the same",
          _during_claims),
    Check("People who need support are not sent to agents", "Sent with a need recorded",
          _agents_and_needs),
    Check("People with a low income or an adapted home are not sent to agents",
          "Sent while help was in payment",
          _agents_and_help),
    Check("What is agreed is affordable: a statement comes first", "Rest on a statement",
          _with_statement),
    Check("Breathing space is kept", "Done all the same", _during_moratoria),
)  # fmt: skip
