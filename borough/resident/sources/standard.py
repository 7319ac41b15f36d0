"""Rows of a source in our own fields: names apart, codes in our words, what is unfit set aside.

In columns throughout, as a file may have a hundred thousand rows; what is written in many cells is
made sense of once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from borough.kernel import feeds
from borough.resident.sources import contradicting, known, words

BORN_FIRST = date(1900, 1, 2)
MOST = {"key": 60, "title": 20, "given_names": 120, "family_name": 120, "postcode": 10}
MOST |= {"helper": 120, "helper_contact": 60}
MOST |= dict.fromkeys(
    ("debt_reference", "award_reference", "notice_reference", "contact_reference"), 60
)
TITLES = frozenset({"MR", "MRS", "MISS", "MS", "MX", "DR", "REV", "SIR", "DAME", "LADY", "LORD"})
# HMRC, National Insurance Manual NIM39110: letters that are not used, and the suffix A to D.
NINO = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?", re.ASCII
)
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", re.ASCII)
LINES = ("address_1", "address_2", "address_3", "address_4")
Mask = NDArray[np.bool_]


@dataclass(slots=True)
class Standard:
    """A file in our fields.

    Attributes:
        rows: those that can be taken, by field (null where nothing is told), each with its
            ``line``.
        bad: rows set aside.
        pence: what all rows come to, those set aside included; each debt counts once.
        aside_pence: what those set aside come to.
        count: how many rows the file has, its control line left out.
    """

    rows: pa.Table
    bad: list[feeds.Bad]
    pence: int
    aside_pence: int
    count: int


def standardise(read: feeds.Columns, source: known.Source, *, on: date) -> Standard:
    """Return the rows of a file in our fields.

    Args:
        read: without the control line.
        source: whose file it is.
        on: today; nothing is told of a day to come that cannot be.
    """
    told = _Told(source, on, len(read), read.fault.copy())
    for name, word in source.constants.items():
        told.columns[name] = pa.array([word] * len(read), pa.string())
    for name in read.values.column_names:
        column = read.values.column(name).combine_chunks()
        constant = told.columns.get(name)
        told.columns[name] = column if constant is None else pc.coalesce(column, constant)
    _words_and_days(told)
    if source.consent_needed:
        _consent(told)
    _person(told)
    for name, most in MOST.items():
        long = pc.utf8_length(told.text(name))
        told.refuse(
            _true(pc.greater(long, most)), f"{told.heading(name)} is longer than {most} characters"
        )
    for thing, check in CHECKS.items():
        if thing in source.brings:
            check(told)
    for row, why in contradicting.found(told.columns, told.reason == "", read.line):
        told.reason[row] = why
    return _sorted_out(told, read)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file tells, by field, while it is looked through.

    Attributes:
        count: n, its rows.
        reason: object (n,), of str: the first thing that speaks against each row.
        columns: (n,) by field, null where nothing is told.
    """

    source: known.Source
    on: date
    count: int
    reason: NDArray[np.object_]
    columns: dict[str, pa.Array] = field(default_factory=dict)

    def refuse(self, rows: Mask, why: str) -> None:
        """Say why these rows cannot be taken; what was said of them before holds."""
        self.reason[rows & (self.reason == "")] = why

    def column(self, name: str, kind: pa.DataType) -> pa.Array:
        """Return a column, all null where the source does not tell it."""
        found = self.columns.get(name)
        return pa.nulls(self.count, kind) if found is None else found

    def text(self, name: str) -> pa.Array:
        """Return a column of text, "" where nothing is told."""
        return self.column(name, pa.string()).fill_null("")

    def day(self, name: str) -> pa.Array:
        """Return a column of days."""
        return self.column(name, pa.date32())

    def heading(self, name: str) -> str:
        """Return what the source calls a field."""
        column = self.source.layout.columns.get(name)
        return column.heading if column else name.replace("_", " ").capitalize()


def _true(flags: pa.Array) -> Mask:
    """Return flags as columns to count with; what is not known is not so."""
    return np.asarray(flags.fill_null(False).to_numpy(zero_copy_only=False), np.bool_)  # noqa: FBT003


def _each(texts: pa.Array, change: Callable[[str], str]) -> pa.Array:
    """Return each text changed, every different one made sense of once."""
    encoded = texts.dictionary_encode()
    changed = [change(one) for one in encoded.dictionary.to_pylist()]
    return pa.array(changed, pa.string()).take(encoded.indices)


def _words_and_days(told: _Told) -> None:
    """Put the source's words into ours, and let go of days that mean that none is known."""
    never = [date.fromisoformat(day) for day in told.source.not_days]
    for name, column in told.columns.items():
        if name in words.CHOICES:
            told.columns[name] = _in_our_words(told, name, column)
        elif never and pa.types.is_date32(column.type):
            unknown = pc.is_in(column, pa.array(never, pa.date32()))
            told.columns[name] = pc.if_else(unknown, pa.scalar(None, pa.date32()), column)


def _in_our_words(told: _Told, name: str, column: pa.Array) -> pa.Array:
    codes, choices = told.source.codes.get(name, {}), words.CHOICES[name]
    for word in column.unique().drop_null().to_pylist():
        if codes.get(word, word) not in choices:
            why = f"{told.heading(name)} “{word[:20]}” is none of the codes of this source"
            told.refuse(_true(pc.equal(column, word)), why)
    return _each(column, lambda word: codes.get(word, word) if word else word)


def _consent(told: _Told) -> None:
    given, until = told.day("consent_from"), told.day("consent_until")
    not_given = ~_true(pc.less_equal(given, told.on))
    told.refuse(not_given, "No consent is given, so nothing of this row is kept")
    told.refuse(
        _true(pc.less_equal(until, told.on)),
        "The consent has ended, so nothing of this row is kept",
    )
    told.refuse(
        _true(pc.less_equal(until, given)),
        "The consent ends before it begins, so nothing of this row is kept",
    )


def _person(told: _Told) -> None:
    if "full_name" in told.columns:
        _name(told)
    told.refuse(_true(pc.equal(told.text("family_name"), "")), "There is no family name")
    born = told.day("date_of_birth")
    told.refuse(
        _true(pc.or_(pc.less(born, BORN_FIRST), pc.greater(born, told.on))),
        f"{told.heading('date_of_birth')} cannot be so: leave it empty if unknown",
    )
    told.columns["nino"] = _each(told.text("nino"), _nino)
    told.columns["postcode"] = _each(told.text("postcode"), _postcode)
    lines = [told.columns[name].to_pylist() for name in LINES if name in told.columns]
    address = ["\n".join(filter(None, several)) for several in zip(*lines, strict=True)]
    told.columns["address"] = pa.array(address or [""] * told.count, pa.string())
    uprn = told.column("uprn", pa.int64())
    told.refuse(
        _true(pc.or_(pc.less_equal(uprn, 0), pc.greater_equal(uprn, 10**12))),
        f"{told.heading('uprn')} is not a property reference: 1 to 12 figures",
    )


def _name(told: _Told) -> None:
    """Take names apart that are written as one; a row without one keeps its own columns."""
    written = [_apart(one, told.source.name_order) for one in told.text("full_name").to_pylist()]
    for place, name in enumerate(("title", "given_names", "family_name")):
        apart = pa.array([one and one[place] for one in written], pa.string())
        told.columns[name] = pc.coalesce(apart, told.column(name, pa.string()))


def _apart(written: str, order: str) -> tuple[str | None, str, str] | None:
    """Return title (None where there is none), given names and family name."""
    whole = " ".join(written.split())
    if not whole:
        return None
    if order == "family, given":
        family, _, given = whole.partition(",")
        family, parts = family.strip(), given.split()
    else:
        *parts, family = whole.split()
    title = None
    if parts and parts[0].upper().rstrip(".") in TITLES:
        title = parts.pop(0).rstrip(".")
    return title, " ".join(parts), family


def _nino(written: str) -> str:
    """Return a National Insurance number without spaces; "" for what cannot be one."""
    packed = re.sub(r"[\s-]", "", written).upper()
    return packed if NINO.fullmatch(packed) else ""


def _postcode(written: str) -> str:
    """Return a postcode as the Post Office writes it; what is none stays as it was."""
    packed = re.sub(r"\s", "", written).upper()
    found = POSTCODE.fullmatch(packed)
    return f"{found[1]} {found[2]}" if found else written.upper()


def _debt(told: _Told) -> None:
    if told.source.turned:
        told.columns["pence"] = pc.negate(told.columns["pence"])
    for name in ("oldest_due", "notice_served"):
        future = _true(pc.greater(told.day(name), told.on))
        told.refuse(future, f"{told.heading(name)} is in the future")
    pence, every = (
        told.column("regular_pence", pa.int64()),
        told.column("regular_every", pa.string()),
    )
    both = pc.and_(pence.is_valid(), every.is_valid())
    told.columns["regular_pence"] = pc.if_else(both, pence, pa.scalar(None, pa.int64()))
    told.columns["regular_every"] = pc.if_else(both, every, pa.scalar(None, pa.string()))


def _award(told: _Told) -> None:
    ends = _true(pc.less_equal(told.day("awarded_until"), told.day("awarded_from")))
    told.refuse(ends, f"{told.heading('awarded_until')} is not after its beginning")
    told.columns["landlord_paid"] = pc.equal(told.column("landlord_paid", pa.string()), "yes")


def _notice(told: _Told) -> None:
    is_death = _true(pc.equal(told.text("notice_kind"), "death"))
    told.refuse(
        is_death != ("deaths" in told.source.brings),
        f"{told.heading('notice_kind')} is not what this source tells",
    )
    starts, until = told.day("notice_from"), told.day("notice_until")
    future = is_death & _true(pc.greater(starts, told.on))
    told.refuse(future, f"{told.heading('notice_from')} is in the future")
    told.refuse(
        (is_death & _true(until.is_valid())) | _true(pc.less_equal(until, starts)),
        f"{told.heading('notice_until')} is not after its beginning",
    )


def _contact(told: _Told) -> None:
    future = _true(pc.greater(told.day("contact_on"), told.on))
    told.refuse(future, f"{told.heading('contact_on')} is in the future")


CHECKS: dict[str, Callable[[_Told], None]] = {
    "debts": _debt,
    "awards": _award,
    "deaths": _notice,
    "moratoria": _notice,
    "contacts": _contact,
}


def _sorted_out(told: _Told, read: feeds.Columns) -> Standard:
    """Return what can be taken and what is set aside.

    Where consent is needed nothing is kept of a row that is set aside: whether they agreed cannot
    be known of a row that cannot be read.
    """
    good = told.reason == ""
    aside = np.flatnonzero(~good)
    stood = read.cells.take(pa.array(aside)).to_pylist()
    source = told.source
    bad = [
        feeds.Bad(line, reason, {} if source.consent_needed else cells)
        for line, reason, cells in zip(
            read.line[aside].tolist(), told.reason[aside].tolist(), stood, strict=True
        )
    ]
    rows = pa.table({**told.columns, "line": read.line}).filter(pa.array(good))
    debts = told.text("debt_reference").take(pa.array(aside)).to_pylist()
    aside_pence = _aside_pence(rows, stood, debts, source)
    return Standard(rows, bad, aside_pence + _good_pence(rows, source), aside_pence, told.count)


def _good_pence(rows: pa.Table, source: known.Source) -> int:
    if not source.amount:
        return 0
    if source.amount == "pence" and source.total_of == "debts":
        rows = rows.group_by("debt_reference").aggregate([("pence", "max")])
        return int(pc.sum(rows.column("pence_max")).as_py() or 0)
    return int(pc.sum(rows.column(source.amount)).as_py() or 0)


def _aside_pence(
    rows: pa.Table, stood: list[dict[str, str]], debts: list[str], source: known.Source
) -> int:
    """Return what rows that were set aside come to, beside those that were not.

    A debt that somebody else owes, too, and of which their row is good, is counted there.
    """
    once = source.amount == "pence" and source.total_of == "debts"
    counted = set(rows.column("debt_reference").to_pylist()) if once else set()
    pence = 0
    for cells, debt in zip(stood, debts, strict=True):
        if not (once and debt in counted):
            pence += _amount_of(cells, source)
        if debt:
            counted.add(debt)
    return pence


def _amount_of(cells: Mapping[str, str], source: known.Source) -> int:
    """Return the amount of a row that was set aside, nought when it cannot be read."""
    if not source.amount:
        return 0
    column = source.layout.columns[source.amount]
    pence, _ = feeds.value_of(cells.get(column.heading, ""), column)
    return (-(pence or 0)) if source.turned else (pence or 0)
