"""Whose payment it is, by what the payer wrote, who they are, and what they paid before.

Certain is only a reference that stands alone. All else is a proposal with its reasons, which a
person confirms; the points below say how much each reason weighs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from borough.kernel import dated, finding
from borough.kernel.bank.matching import Proposal, Target
from borough.kernel.bank.models import Entry, Placed
from borough.kernel.ledger.models import SubAccount
from borough.kernel.pages import wording
from borough.kernel.people import finders
from borough.kernel.places.models import Address
from borough.lines.revenues import allotting, billing, models, notices
from borough.rules import years

_WORDS = re.compile(r"^(COUNCIL|TAX|CTAX|CT|REFERENCE|REF|ACCOUNT|ACCT|ACC|AC|NUMBER|NO)+")
_LONE = re.compile(r"[0-9]{6,12}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b")
_TITLES = frozenset(["MR", "MRS", "MS", "MISS", "MX", "DR", "REV", "PROF", "SIR", "LADY", "AND"])

WRITTEN, BEFORE, NAME, AMOUNT, POSTCODE = 60, 40, 30, 20, 15
SUREST = 99  # of what a person has to confirm
MOST = 5


def recognise(entries: Sequence[Entry]) -> dict[int, Target]:
    """Return the accounts whose number stands alone in the reference, by index of the entry."""
    wanted = {index: lone(entry.reference) for index, entry in enumerate(entries)}
    known = _billed({number for number in wanted.values() if number})
    return {
        index: Target(billing.KIND, number) for index, number in wanted.items() if number in known
    }


def lone(reference: str) -> str:
    """Return the number of a reference that holds nothing else but its name; "" when it does."""
    plain = _WORDS.sub("", re.sub(r"[^A-Z0-9]", "", reference.upper()))
    return plain if _LONE.fullmatch(plain) else ""


@dataclass(slots=True)
class _Candidate:
    points: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, points: int, reason: str) -> None:
        self.points += points
        self.reasons.append(reason)


def propose(entries: Sequence[Entry], *, on: date) -> dict[int, list[Proposal]]:
    """Return the accounts whose payment each of a few entries may be, by index of the entry."""
    return {index: _propose(entry, on) for index, entry in enumerate(entries)}


def _propose(entry: Entry, on: date) -> list[Proposal]:
    candidates: dict[str, _Candidate] = {}
    for reasons in (_written(entry), _before(entry), _by_postcode(entry), _by_name(entry)):
        for reference, (points, reason) in reasons.items():
            candidates.setdefault(reference, _Candidate()).add(points, reason)
    known = _billed(candidates)
    kept = {reference: one for reference, one in candidates.items() if reference in known}
    _add_amounts(entry, kept)
    best = sorted(kept.items(), key=lambda one: (-one[1].points, one[0]))[:MOST]
    return [
        Proposal(
            Target(billing.KIND, reference),
            f"Council Tax account {reference}",
            min(one.points, SUREST),
            tuple(one.reasons),
        )
        for reference, one in best
    ]


Reasons = Mapping[str, tuple[int, str]]


def _written(entry: Entry) -> Reasons:
    text = f"{entry.reference} {entry.narrative}"
    joined = re.sub(r"(?<=[0-9])[ -](?=[0-9])", "", text)
    numbers = {*re.findall(r"[0-9]{6,12}", text), *re.findall(r"[0-9]{6,12}", joined)}
    return {number: (WRITTEN, f"the payer wrote the number {number}") for number in numbers}


def _before(entry: Entry) -> Reasons:
    """Return where earlier money from the same bank account went."""
    if not entry.payer_account:
        return {}
    rows = Placed.objects.filter(
        kind=billing.KIND,
        entry__payer_sort_code=entry.payer_sort_code,
        entry__payer_account=entry.payer_account,
    ).values_list("reference", flat=True)
    return dict.fromkeys(set(rows), (BEFORE, "the same bank account paid for it before"))


def _by_postcode(entry: Entry) -> Reasons:
    found = _POSTCODE.findall(f"{entry.reference} {entry.narrative}".upper())
    if not found:
        return {}
    postcodes = [f"{one[:-3].rstrip()} {one[-3:]}" for one in found]
    dwellings = Address.objects.filter(postcode__in=postcodes).values("dwelling_id")
    rows = models.Account.objects.filter(dated.holds_on(entry.on), dwelling_id__in=dwellings)
    reason = (POSTCODE, "the payer wrote the postcode of its dwelling")
    return dict.fromkeys(rows.values_list("reference", flat=True)[:200], reason)


def _by_name(entry: Entry) -> Reasons:
    words = " ".join(
        word for word in re.findall(r"[A-Z'’-]+", entry.payer_name.upper()) if word not in _TITLES
    )
    if not words:
        return {}
    people = [one for one in finders.people_like(words) if _alike(words, one.name)]
    rows = models.Liability.objects.filter(
        dated.holds_on(entry.on), person__in=[one.id for one in people]
    ).values_list("account__reference", "person__given_names", "person__family_name")
    return {
        reference: (NAME, f"{given} {family} is liable, a name like the payer’s")
        for reference, given, family in rows
    }


def _alike(words: str, name: str) -> bool:
    """Tell whether a payer's name is a person's: banks write initials for given names."""
    asked, whole = words.lower().split(), name.lower().split()
    family = finding.asked(asked[-1]) == finding.asked(whole[-1])
    given = [one for one in whole[:-1] if one.upper() not in _TITLES]
    return family and (len(asked) == 1 or any(one.startswith(asked[0][0]) for one in given if one))


def _add_amounts(entry: Entry, candidates: Mapping[str, _Candidate]) -> None:
    """Add to the candidates of which the amount is the balance or an instalment of a year."""
    for reference, subs in allotting.sub_accounts(list(candidates)).items():
        for year, (_, balance) in sorted(subs.items(), reverse=True):
            if balance == entry.pence:
                words = f"it is all that is owed for {year}"
            elif balance > 0 and entry.pence in _instalments(reference, year):
                words = f"it is an instalment of {year}"
            else:
                continue
            candidates[reference].add(AMOUNT, f"{words}: {wording.money(entry.pence)}")
            break


def _instalments(reference: str, year: str) -> Iterable[int]:
    ids = models.Account.objects.filter(reference=reference).values_list("pk", flat=True)
    try:
        named = years.Year.named(year)
    except ValueError:
        return []  # costs have no instalments
    amounts: list[int] = (
        notices.newest(np.array(list(ids), np.int64), named).amounts().ravel().tolist()
    )
    return [pence for pence in amounts if pence]


def _billed(references: Iterable[str]) -> set[str]:
    """Return those of the references that have been billed, so that they can be paid."""
    rows = SubAccount.objects.filter(kind=billing.KIND, reference__in=list(references))
    return set(rows.values_list("reference", flat=True))
