"""How a service line joins the whole: one card, handed in once.

The kernel has a card too (``borough.kernel.card``), so that its own facts and capabilities are
declared, checked and shown the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string
from numpy.typing import NDArray

from borough.rules import years
from borough.rules.support import inputs

KERNEL_CARD = "borough.kernel.card.CARD"


@dataclass(frozen=True, slots=True)
class Capability:
    """What an officer may be allowed to do.

    Attributes:
        slug: ``line.verb_noun``.
        title: the sentence after "may", e.g. "apply a council tax discount".
        reserved_to_council: the law that reserves it to the council, or empty. Data, shown on the
            page; no code asks who employs the officer.
    """

    slug: str
    title: str
    reserved_to_council: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long what was opened or joined for a purpose is kept, from a day on.

    Attributes:
        starts: the first day on which this holds.
        years: after the last day on which it served the purpose.
        decided: who decided so, and where it is written; empty: a proposal that nobody confirmed.
    """

    starts: date
    years: int
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why somebody's record is opened, the law that lets us, and how much of it that opens.

    Attributes:
        slug: ``line.noun``.
        title: what the officer chooses, and the resident reads.
        gateway: the law behind it.
        sees: ``own``: what the services of the card that declares it keep, and that others help;
            ``council``: what every service of the council keeps; ``joined``: also what was joined
            from other organisations, worries, budgets and plans.
        capability: slug of what an officer must be granted to choose it; empty: anybody who may
            open records.
        of_one: nobody chooses it beforehand: it opens one record for a short time, after a reason
            of its own (``ServiceLine.opens``).
        kept: for how long, as dated data.
    """

    slug: str
    title: str
    gateway: str
    sees: Literal["own", "council", "joined"] = "own"
    capability: str = ""
    of_one: bool = False
    kept: tuple[Kept, ...] = ()

    def kept_on(self, day: date) -> Kept | None:
        """Return for how long it holds on a day; None where nobody has said."""
        so_far = [one for one in self.kept if one.starts <= day]
        return max(so_far, key=lambda one: one.starts, default=None)

    def shows(self, slug: str) -> bool:
        """Tell whether it opens what the card of a slug (``line.noun``) keeps."""
        keeper = slug.partition(".")[0]
        if keeper in joins():
            return self.shows_joined
        return self.sees != "own" or keeper in {"kernel", self.slug.partition(".")[0]}

    def hides(self) -> list[str]:
        """Return the kinds of fact that it does not open, for questions to leave out."""
        return [slug for slug in fact_kinds() if not self.shows(slug)]

    @property
    def shows_joined(self) -> bool:
        """Tell whether it opens what was joined from others, worries, budgets and plans."""
        return self.sees == "joined"


@dataclass(frozen=True, slots=True)
class AccountKind:
    """A kind of sub-ledger account that a line keeps, and the control account that totals it.

    Attributes:
        slug: ``line.noun``, e.g. ``revenues.council_tax``.
        title: what a resident calls it, e.g. "Council Tax".
        control: code of the control account of the ledger.
        is_debt: whether a positive balance is money that the holder owes the council.
    """

    slug: str
    title: str
    control: str
    is_debt: bool = True


@dataclass(frozen=True, slots=True)
class FactKind:
    """Something that can happen.

    Attributes:
        slug: ``line.past_tense``, e.g. ``revenues.discount_applied``.
        sentence: filled from the fact's detail: ``"{saved_pence:£} off account {account}"``.
        concerns: who it is about, in words.
        keep_years: how long after the event it is kept.
        sensitive: hidden from a timeline whose viewer's purpose does not cover it.
    """

    slug: str
    sentence: str
    concerns: str
    keep_years: int = 7
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of an early worry, as columns (n,). A row is one thing that happened or is so.

    Attributes:
        person: int64, whose it is, always among those who were asked about.
        on: datetime64[D], the day on which it happened, or the day asked about while it is so.
        thing: what it is, by ids alone; seen again, it is counted once.
        value: int64, as the signal counts it.
        record: int64, the record of another organisation that told it; 0: the council's own.
    """

    person: NDArray[np.int64]
    on: NDArray[np.datetime64]
    thing: Sequence[str]
    value: NDArray[np.int64]
    record: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, date, str]], *, value: int = 1, record: int = 0) -> Seen:
        """Return rows of (person, day, thing) as columns, all of one value and one record."""
        several = list(rows)
        return cls(
            np.array([row[0] for row in several], np.int64),
            np.array([row[1] for row in several], "datetime64[D]"),
            [row[2] for row in several],
            np.full(len(several), value, np.int64),
            np.full(len(several), record, np.int64),
        )


@dataclass(frozen=True, slots=True)
class Signal:
    """Looks for one early worry in one input of the closed list, among many people at once.

    Attributes:
        code: the worry it speaks for, S1 to S12 (``rules.support.signals``).
        reads: the one input that it reads; the worry must name it, too.
        look: (ids of people, int64 (n,); the day) -> what was seen. In columns: it is asked about
            everybody in the borough each night.
        after: kinds of facts after which those whom they concern are looked at again at once.
    """

    slug: str
    title: str
    code: str
    reads: inputs.Input
    look: Callable[[NDArray[np.int64], date], Seen]
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that both partners see, and what it cannot see.

    Attributes:
        read: (year, day) -> numerator and denominator as (int, int), by the data as at the day, or
            None where there is no data.
        blind_to: what this number cannot see; compulsory.
        numerator, denominator: what is counted, and of what, in words.
        ties_to: the cell of a statutory return with which it must agree, or "".
        rows: url name of the page that opens it down to its rows, or "".
        beside: slugs of measures to be read beside it: volumes that rise change what it says.
        gathers: what adds up from 1 April on, so that each month can be told by itself.
        of_cases: whether its denominator counts cases out of many, so that it has an interval.
    """

    slug: str
    title: str
    unit: Literal["percent", "pence", "count", "days"]
    better: Literal["higher", "lower", "neither"]
    read: Callable[[years.Year, date], tuple[int, int] | None]
    blind_to: str
    numerator: str = ""
    denominator: str = ""
    ties_to: str = ""
    rows: str = ""
    beside: tuple[str, ...] = ()
    gathers: Literal["nothing", "numerator", "both"] = "nothing"
    of_cases: bool = False


@dataclass(frozen=True, slots=True)
class Routine:
    """A kind of small decision that is taken often, so that both partners can take it anew, apart.

    Attributes:
        options: what can be decided, in words; the same each time.
        decided: (first day, day beyond) -> ids of what was decided in between.
        told: ids -> by id, what was known before it was decided, in words and without names.
    """

    slug: str
    title: str
    options: tuple[str, ...]
    decided: Callable[[date, date], Sequence[int]]
    told: Callable[[Collection[int]], Mapping[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Door:
    """A way into a line from the home page: shown to officers who hold the capability."""

    title: str
    text: str
    url_name: str
    capability: Capability


@dataclass(frozen=True, slots=True)
class OwnDoor:
    """A way into a line for residents, from their own door: a page that is open to anybody."""

    title: str
    text: str
    url_name: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """The card of a line. All names begin with ``slug`` and a dot.

    Attributes:
        hears: fact slug -> dotted path of a handler ``(facts: Sequence[Fact]) -> None``.
        looks_again: dotted path of a handler of facts, as in ``hears``: it hears every kind that a
            signal of any card is looked at after.
        urls: dotted path of the line's URL module; mounted at ``/<slug>/``.
        api: dotted path of the line's django-ninja router.
        furnish: dotted path of ``(town, progress) -> None`` that furnishes the made-up town.
        furnish_last: dotted path of ``(town, progress) -> None``, called once all have furnished:
            what it makes of what it heard.
        live: dotted path of the steps (`kernel.living.Step`) of a day of the town that lives on.
        find: dotted path of ``(words: str) -> list[Found]`` that the one search box asks.
        waits: dotted path of ``(actor, on) -> list[Waiting]``: what waits for an officer.
        stays: dotted path of ``(debts, act, on) -> Mapping[int, Iterable[Reason]]``: what stands
            against an act of recovery, by the index of the debt (``kernel.holds.queries``).
        monitors: dotted path of ``(people, on) -> Mapping[str, Collection[int]]``: who is in
            which group that the line lawfully holds, by its title: for reports of the whole alone.
        offers: dotted path of ``(people, on) -> Mapping[int, Iterable[Offer]]``: what each person
            may be entitled to and does not have (``kernel.offers``).
        stands: dotted path of ``(owed, on) -> Mapping[int, Standing]``: how sub-accounts of the
            line's kinds stand, by their ids (``kernel.standing``).
        recognises: dotted path of ``(entries) -> Mapping[int, Target]``: whose the movements of a
            bank statement certainly are (``kernel.bank.matching``).
        proposes: dotted path of ``(entries, *, on) -> Mapping[int, list[Proposal]]``: whose they
            may be, for a person to confirm.
        receives: dotted path of ``(receipts, *, by, on) -> None``: posts money to its accounts.
        takes_back: dotted path of ``(receipts, *, by, on) -> None``: undoes what ``receives``
            posted, by its key and to the penny, for the payer's bank took it back.
        pays_out: dotted path of ``(out, *, by, on) -> None``: money that left our bank account, and
            what it was (``kernel.bank.matching.Out``); posts what is not posted yet.
        leaves: what such an entry may be, by slug, in words.
        clears: what an entry of a statement may be besides a payment to its accounts, by slug, in
            words: money that was counted as received before the bank had it.
        account_page: url name that opens a sub-ledger account by its reference.
        deals: dotted path of ``(reference, about, actor) -> list[Link]``: the pages on which what
            came by post about an account is dealt with; ``about`` as ``kernel.post`` names it.
        by_email: kinds of letters that may go by email to those who asked for it.
        letters: every kind of letter that the line issues -> the act of recovery that it is
            (``kernel.holds.acts``), or "" where it presses nobody. What presses somebody is neither
            issued nor posted while something stands against it.
        moratorium: dotted path of ``(people, kind, starts, on) -> list[Covered]``: which debts of
            these people a moratorium reaches, as is known on a day, and why or why not
            (``kernel.holds.moratoria``).
        pressed: dotted path of ``() -> list[tuple]``: everything by which it ever pressed anybody,
            read from its rows for whoever counts (``kernel.holds.pressed``).
        stands_still: dotted path of ``(covered, *, by, on) -> None``: stops what runs already, in
            the transaction that records the moratorium.
        opens: dotted path of ``(actor, people, now) -> Purpose | None``: for what purpose these
            people's record is open to an officer by a reason of its own, if it is.
        joins: whether what it keeps was joined from other organisations: it opens for a purpose
            that sees joined records, and for no other.
    """

    slug: str
    title: str
    capabilities: tuple[Capability, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    account_kinds: tuple[AccountKind, ...] = ()
    fact_kinds: tuple[FactKind, ...] = ()
    signals: tuple[Signal, ...] = ()
    measures: tuple[Measure, ...] = ()
    routines: tuple[Routine, ...] = ()
    doors: tuple[Door, ...] = ()
    own_doors: tuple[OwnDoor, ...] = ()
    hears: Mapping[str, str] = field(default_factory=dict)
    looks_again: str = ""
    urls: str = ""
    api: str = ""
    furnish: str = ""
    furnish_last: str = ""
    live: str = ""
    find: str = ""
    waits: str = ""
    stays: str = ""
    monitors: str = ""
    offers: str = ""
    stands: str = ""
    recognises: str = ""
    proposes: str = ""
    receives: str = ""
    takes_back: str = ""
    pays_out: str = ""
    clears: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, str] = field(default_factory=dict)
    account_page: str = ""
    deals: str = ""
    by_email: tuple[str, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    moratorium: str = ""
    stands_still: str = ""
    pressed: str = ""
    opens: str = ""
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the officer who looks, and the page on which it is done."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the search box: plain data, with the page that opens it."""

    kind: str
    title: str
    text: str
    url: str
    likeness: int = 100


@cache
def lines() -> tuple[ServiceLine, ...]:
    """Return the cards of the lines named in settings, in their order there."""
    return tuple(import_string(f"{name}.line.LINE") for name in settings.LINES)


@cache
def cards() -> tuple[ServiceLine, ...]:
    """Return the kernel's card, those of the floors above it, and then those of the lines."""
    return (import_string(KERNEL_CARD), *floors(), *lines())


@cache
def floors() -> tuple[ServiceLine, ...]:
    """Return the cards of the floors that are no line and have one all the same."""
    return tuple(import_string(name) for name in settings.FLOOR_CARDS)


@cache
def fact_kinds() -> Mapping[str, FactKind]:
    """Return every declared kind of fact by its slug."""
    return {kind.slug: kind for card in cards() for kind in card.fact_kinds}


@cache
def capabilities() -> Mapping[str, Capability]:
    """Return every declared capability by its slug."""
    return {one.slug: one for card in cards() for one in card.capabilities}


@cache
def purposes() -> Mapping[str, Purpose]:
    """Return every declared purpose by its slug."""
    return {one.slug: one for card in cards() for one in card.purposes}


@cache
def account_kinds() -> Mapping[str, AccountKind]:
    """Return every declared kind of sub-ledger account by its slug."""
    return {kind.slug: kind for card in cards() for kind in card.account_kinds}


@cache
def kinds_by_email() -> frozenset[str]:
    """Return the kinds of letters that may go by email."""
    return frozenset(kind for card in cards() for kind in card.by_email)


@cache
def letters() -> Mapping[str, str]:
    """Return every declared kind of letter, with the act of recovery that it is, or ""."""
    return {kind: act for card in cards() for kind, act in card.letters.items()}


@cache
def own_doors() -> tuple[OwnDoor, ...]:
    """Return the ways that residents are shown at their own door."""
    return tuple(door for card in cards() for door in card.own_doors)


@cache
def joins() -> frozenset[str]:
    """Return the slugs of the cards whose records were joined from other organisations."""
    return frozenset(card.slug for card in cards() if card.joins)


@cache
def hearers(fact_slug: str) -> tuple[tuple[str, Callable[[Sequence[Any]], None]], ...]:
    """Return (slug of the card, handler) of every card that hears this kind of fact.

    A card that looks after early worries hears what any signal wants to be looked at after.
    """
    again = any(fact_slug in signal.after for card in cards() for signal in card.signals)
    heard = [(card.slug, card.hears[fact_slug]) for card in cards() if fact_slug in card.hears]
    heard += [(card.slug, card.looks_again) for card in cards() if again and card.looks_again]
    return tuple((slug, import_string(path)) for slug, path in heard)


def check(all_cards: Iterable[ServiceLine]) -> list[str]:
    """Return what is wrong with the cards, in plain words; empty when all is well."""
    faults: list[str] = []
    seen: dict[str, str] = {}
    for card in all_cards:
        things = (
            card.capabilities,
            card.purposes,
            card.account_kinds,
            card.fact_kinds,
            card.signals,
            card.routines,
        )
        slugs = [thing.slug for kind in things for thing in kind]
        slugs += [measure.slug for measure in card.measures]
        for slug in slugs:
            if not slug.startswith(f"{card.slug}."):
                faults.append(f"{slug} must begin with {card.slug}.")
            if slug in seen:
                faults.append(f"{slug} is declared by {seen[slug]} and {card.slug}")
            seen[slug] = card.slug
        faults += [
            f"{kind} must begin with {card.slug}."
            for kind in card.letters
            if not kind.startswith(f"{card.slug}.")
        ]
        faults += [
            f"{purpose.slug} must name the law that lets us"
            for purpose in card.purposes
            if not purpose.gateway.strip()
        ]
        faults += [
            f"{measure.slug} must say what it is blind to"
            for measure in card.measures
            if not measure.blind_to.strip()
        ]
    return faults
