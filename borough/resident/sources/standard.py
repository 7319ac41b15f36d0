"""Rows of a source in our own fields: names apart, codes in our words, what is unfit set aside."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from borough.kernel import feeds
from borough.resident.sources import known, words

BORN_FIRST = date(1900, 1, 2)
MOST = {"key": 60, "title": 20, "given_names": 120, "family_name": 120, "postcode": 10}
MOST |= dict.fromkeys(("debt_reference", "award_reference", "notice_reference"), 60)
TITLES = frozenset({"MR", "MRS", "MISS", "MS", "MX", "DR", "REV", "SIR", "DAME", "LADY", "LORD"})
# HMRC, National Insurance Manual NIM39110: letters that are not used, and the suffix A to D.
NINO = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?", re.ASCII
)
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", re.ASCII)
LINES = ("address_1", "address_2", "address_3", "address_4")


class Unfit(Exception):
    """The row cannot be taken; the words are the reason."""


class NoConsent(Unfit):
    """Nobody agreed to our being told: of this row nothing is kept, not even what stood there."""


@dataclass(slots=True)
class Standard:
    """A file in our fields.

    Attributes:
        rows: (n,), each by field, with its ``line``.
        bad: rows set aside.
        pence: what all rows come to, those set aside included; each debt counts once.
        aside_pence: what those set aside come to.
        count: how many rows the file has, its control line left out.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    bad: list[feeds.Bad] = field(default_factory=list)
    pence: int = 0
    aside_pence: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file has said so far, so that it does not say two things of one."""

    people: dict[str, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)
    debts: dict[str, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)
    owing: dict[tuple[str, str], int] = field(default_factory=dict)
    awards: dict[str, int] = field(default_factory=dict)
    notices: dict[tuple[str, ...], int] = field(default_factory=dict)


def standardise(read: feeds.Read, source: known.Source, *, on: date) -> Standard:
    """Return the rows of a file in our fields.

    Args:
        read: without the control line.
        source: whose file it is.
        on: today; nothing is told of a day to come that cannot be.
    """
    found = Standard(bad=list(read.bad), count=len(read.rows) + len(read.bad))
    seen = Seen()
    for row in read.rows:
        try:
            told = _row(row.values, source, on=on)
            _refuse_contradiction(told, seen, row.line)
        except NoConsent as reason:
            found.bad.append(feeds.Bad(row.line, str(reason), {}))
            found.aside_pence += _amount_of(row.cells, source)
        except Unfit as reason:
            found.bad.append(feeds.Bad(row.line, str(reason), row.cells))
            found.aside_pence += _amount_of(row.cells, source)
        else:
            found.rows.append({**told, "line": row.line})
    found.aside_pence += sum(_amount_of(one.cells, source) for one in read.bad)
    if source.consent_needed:  # whether they agreed cannot be known of a row that cannot be read
        found.bad = [feeds.Bad(one.line, one.reason, {}) for one in found.bad]
    found.bad.sort(key=lambda one: one.line)
    found.pence = found.aside_pence + _good_pence(found.rows, source)
    return found


def _good_pence(rows: list[dict[str, Any]], source: known.Source) -> int:
    if source.amount == "pence":
        if source.total_of == "debts":
            return sum({one["debt_reference"]: one["pence"] for one in rows}.values())
        return sum(one["pence"] for one in rows)
    return sum(one["weekly_pence"] for one in rows) if source.amount else 0


def _amount_of(cells: Mapping[str, str], source: known.Source) -> int:
    """Return the amount of a row that was set aside, nought when it cannot be read."""
    if not source.amount:
        return 0
    column = source.layout.columns[source.amount]
    pence, _ = feeds.value_of(cells.get(column.heading, ""), column)
    return (-(pence or 0)) if source.turned else (pence or 0)


def _row(values: Mapping[str, Any], source: known.Source, *, on: date) -> dict[str, Any]:
    told = {**source.constants, **{name: one for name, one in values.items() if one is not None}}
    for name, word in told.items():
        if name in words.CHOICES and isinstance(word, str):
            told[name] = _word(name, word, source)
        elif isinstance(word, date) and word.isoformat() in source.not_days:
            told[name] = None
    _consent(told, source, on=on)
    _person(told, source, on=on)
    for name, most in MOST.items():
        if len(told.get(name) or "") > most:
            raise Unfit(f"{_heading(name, source)} is longer than {most} characters")
    for thing, check in CHECKS.items():
        if thing in source.brings:
            check(told, source, on)
    return told


def _word(name: str, word: str, source: known.Source) -> str:
    """Return our word for a source's."""
    ours = source.codes.get(name, {}).get(word, word)
    if ours not in words.CHOICES[name]:
        raise Unfit(f"{_heading(name, source)} “{word[:20]}” is none of the codes of this source")
    return ours


def _consent(told: dict[str, Any], source: known.Source, *, on: date) -> None:
    if not source.consent_needed:
        return
    given, until = told.get("consent_from"), told.get("consent_until")
    if given is None or given > on:
        raise NoConsent("No consent is given, so nothing of this row is kept")
    if until is not None and until <= on:
        raise NoConsent("The consent has ended, so nothing of this row is kept")
    if until is not None and until <= given:
        raise NoConsent("The consent ends before it begins, so nothing of this row is kept")


def _person(told: dict[str, Any], source: known.Source, *, on: date) -> None:
    _name(told, source)
    born = told.get("date_of_birth")
    if born is not None and not BORN_FIRST <= born <= on:
        raise Unfit(f"{_heading('date_of_birth', source)} cannot be so: leave it empty if unknown")
    nino = re.sub(r"[\s-]", "", told.get("nino") or "").upper()
    told["nino"] = nino if NINO.fullmatch(nino) else ""
    told["address"] = "\n".join(told[one] for one in LINES if told.get(one))
    told["postcode"] = _postcode(told.get("postcode") or "")
    if told.get("uprn") is not None and not 0 < told["uprn"] < 10**12:
        raise Unfit(f"{_heading('uprn', source)} is not a property reference: 1 to 12 figures")


def _name(told: dict[str, Any], source: known.Source) -> None:
    whole = " ".join((told.get("full_name") or "").split())
    if whole and source.name_order == "family, given":
        family, _, given = whole.partition(",")
        told["family_name"], parts = family.strip(), given.split()
    elif whole:
        *parts, told["family_name"] = whole.split()
    if whole:
        if parts and parts[0].upper().rstrip(".") in TITLES:
            told["title"] = parts.pop(0).rstrip(".")
        told["given_names"] = " ".join(parts)
    if not told.get("family_name"):
        raise Unfit("There is no family name")


def _postcode(written: str) -> str:
    """Return a postcode as the Post Office writes it; what is none stays as it was."""
    packed = re.sub(r"\s", "", written).upper()
    found = POSTCODE.fullmatch(packed)
    return f"{found[1]} {found[2]}" if found else written.upper()


def _debt(told: dict[str, Any], source: known.Source, on: date) -> None:
    if source.turned:
        told["pence"] = -told["pence"]
    for name in ("oldest_due", "notice_served"):
        if told.get(name) is not None and told[name] > on:
            raise Unfit(f"{_heading(name, source)} is in the future")
    if (told.get("regular_pence") is None) != (told.get("regular_every") is None):
        told["regular_pence"] = told["regular_every"] = None


def _award(told: dict[str, Any], source: known.Source, _: date) -> None:
    starts, ends = told.get("awarded_from"), told.get("awarded_until")
    if starts is not None and ends is not None and ends <= starts:
        raise Unfit(f"{_heading('awarded_until', source)} is not after its beginning")
    paid = told.get("landlord_paid")
    told["landlord_paid"] = None if paid is None else paid == "yes"


def _notice(told: dict[str, Any], source: known.Source, on: date) -> None:
    is_death = told["notice_kind"] == "death"
    if is_death != ("deaths" in source.brings):
        raise Unfit(f"{_heading('notice_kind', source)} is not what this source tells")
    if is_death and told["notice_from"] > on:
        raise Unfit(f"{_heading('notice_from', source)} is in the future")
    until = told.get("notice_until")
    if until is not None and (is_death or until <= told["notice_from"]):
        raise Unfit(f"{_heading('notice_until', source)} is not after its beginning")


CHECKS: dict[str, Callable[[dict[str, Any], known.Source, date], None]] = {
    "debts": _debt,
    "awards": _award,
    "deaths": _notice,
    "moratoria": _notice,
}
_SAYS_OF_A_PERSON = (
    *("title", "given_names", "family_name", "date_of_birth", "nino", "address", "postcode"),
    *("uprn", "consent_from", "consent_until"),
)
_SAYS_OF_A_DEBT = (
    *("pence", "debt_kind", "oldest_due", "stage", "costs_pence", "regular_pence"),
    *("regular_every", "notice_served"),
)


def _refuse_contradiction(told: Mapping[str, Any], seen: Seen, line: int) -> None:
    """Refuse a row that says of somebody or something what an earlier row says otherwise."""
    key = told["key"]
    debt, award = told.get("debt_reference"), told.get("award_reference")
    notice = tuple(str(told.get(one)) for one in ("key", "notice_reference", "notice_kind"))
    person_said = _said(told, _SAYS_OF_A_PERSON)
    debt_said = _said(told, _SAYS_OF_A_DEBT)
    _agrees(seen.people, key, person_said, "The person")
    if debt is not None:
        _agrees(seen.debts, debt, debt_said, "The debt")
        if (debt, key) in seen.owing:
            raise Unfit(f"Line {seen.owing[debt, key]} says the same already")
    if award is not None and award in seen.awards:
        raise Unfit(f"The award stands in line {seen.awards[award]} already")
    if told.get("notice_reference") is not None and notice in seen.notices:
        raise Unfit(f"The notice stands in line {seen.notices[notice]} already")
    seen.people.setdefault(key, (line, person_said))
    if debt is not None:
        seen.debts.setdefault(debt, (line, debt_said))
        seen.owing[debt, key] = line
    if award is not None:
        seen.awards[award] = line
    seen.notices[notice] = line


def _said(told: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(told.get(name) for name in names)


def _agrees(
    said: Mapping[str, tuple[int, tuple[Any, ...]]], key: str, now: tuple[Any, ...], what: str
) -> None:
    before = said.get(key)
    if before is not None and before[1] != now:
        raise Unfit(f"{what} is told of otherwise in line {before[0]}: ask the holder which holds")


def _heading(name: str, source: known.Source) -> str:
    column = source.layout.columns.get(name)
    return column.heading if column else name.replace("_", " ").capitalize()
