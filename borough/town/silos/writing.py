"""The silos as tables to link, and as the files that each service would send."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from borough.kernel import feeds, furnishing
from borough.resident.identity import tidying
from borough.resident.sources import known
from borough.rules.support import worries
from borough.town import figures, shares, silos

DAYS_A_STAGE = 130
DAYS_BETWEEN_CONTACTS = 9
NOT_KNOWN_BORN = date(1900, 1, 1)
Row = dict[str, Any]


def table(silo: silos.Silo) -> tidying.Table:
    """Return the records of a silo as linking takes them, without the file between."""
    held = silo.records
    rows = {
        "key": silo.keys,
        "given_names": held.given.tolist(),
        "family_name": held.family.tolist(),
        "date_of_birth": pa.array(held.born),
        "nino": held.nino.tolist(),
        "postcode": held.postcode.tolist(),
        "address": held.line.tolist(),
        "uprn": held.uprn,
    }
    return tidying.Table(silo.book.source, pa.table(rows))


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its name, its rows, and what it comes to as its holder says."""

    name: str
    source: str
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class File:
    """What a service would send: rows in our own fields, and what they come to."""

    source: known.Source
    rows: list[Row]
    pence: int

    @property
    def content(self) -> bytes:
        """The file, as its source lays it out."""
        return content(self.source, self.rows, self.pence)

    @property
    def people(self) -> dict[str, int]:
        """Who each number truly is: row of the person by key."""
        return {row["key"]: row["person"] for row in self.rows}


def files(silo: silos.Silo, *, seed: int, on: date) -> Iterator[File]:
    """Give what a service would send on a day, a file a source."""
    for slug, rows in FILES[silo.book.source](_people(silo, seed, on), on).items():
        source = known.sources()[slug]
        yield File(source, rows, _total(source, rows))


def write(folder: Path, drawn: Iterable[silos.Silo], *, seed: int, on: date) -> list[Written]:
    """Write each service's file, who each record truly is, and what each file comes to.

    ``truth.csv`` is apart: no service knows it. ``totals.csv`` is what the holders' letters say.

    Args:
        folder: made when it is not there; files of these names are written anew.
        drawn: the services.
        seed: of the town.
        on: the day of which the files speak.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Written] = []
    for file in (one for silo in drawn for one in files(silo, seed=seed, on=on)):
        slug = file.source.slug
        (folder / f"{slug}.csv").write_bytes(file.content)
        who = sorted((slug, key, person) for key, person in file.people.items())
        _add(folder / "truth.csv", ("source", "key", "person"), who, new=not written)
        written.append(Written(f"{slug}.csv", slug, len(file.rows), file.pence))
    totals = [(one.name, one.source, one.rows, _pounds(one.pence)) for one in written]
    _add(folder / "totals.csv", ("file", "source", "rows", "pounds"), totals, new=True)
    return written


def content(source: known.Source, rows: Iterable[Mapping[str, Any]], pence: int) -> bytes:
    """Return a file as the source lays it out, its line of totals included where it has one."""
    out = io.StringIO()
    columns = source.layout.columns
    lines = csv.writer(out, delimiter=source.layout.delimiter, lineterminator="\n")
    lines.writerow([column.heading for column in columns.values()])
    theirs = {
        name: {ours: word for word, ours in reversed(one.items())}
        for name, one in source.codes.items()
    }
    count = 0
    for row in rows:
        count += 1
        lines.writerow(
            [
                _cell(_said(name, row.get(name), source, theirs), column)
                for name, column in columns.items()
            ]
        )
    if source.control:
        last = {source.control.heading: source.control.word}
        last |= {source.control.pence: _pounds(pence), source.control.rows: str(count)}
        lines.writerow([last.get(column.heading, "") for column in columns.values()])
    return out.getvalue().encode(source.layout.encoding)


def _said(
    name: str, value: Any, source: known.Source, theirs: Mapping[str, Mapping[str, str]]
) -> Any:
    """Return a value in the source's own words, "" or a day of its own where it knows nothing."""
    if value is None and name == "date_of_birth" and source.not_days:
        return NOT_KNOWN_BORN
    if value is None:
        return None
    if name == "pence" and source.turned:
        return -value
    return theirs.get(name, {}).get(value, value)


def _cell(value: Any, column: feeds.Column) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(column.day_format)
    return _pounds(value) if column.kind == "pounds" else str(value)


def _pounds(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def _total(source: known.Source, rows: list[Row]) -> int:
    """Return what a file comes to, as its holder adds it up."""
    if source.amount != "pence":
        return sum(row["weekly_pence"] for row in rows) if source.amount else 0
    if source.total_of == "rows":
        return sum(row["pence"] for row in rows)
    return sum({row["debt_reference"]: row["pence"] for row in rows}.values())


def _add(file: Path, headings: tuple[str, ...], rows: list[Any], *, new: bool) -> None:
    with file.open("w" if new else "a", newline="", encoding="utf-8") as target:
        lines = csv.writer(target, lineterminator="\n")
        if new:
            lines.writerow(headings)
        lines.writerows(rows)


def _people(silo: silos.Silo, seed: int, on: date) -> list[Row]:
    """Return what a service writes of each person, n rows, with what is owed."""
    held, owing = silo.records, silo.owing
    dice = furnishing.dice(seed, f"silos agreed {silo.book.source}")
    agreed = shares.chance(dice, figures.read("silos")["owing"]["agreed"], len(held.given))
    since = dice.integers(30, 1_500, len(held.given)).tolist()
    columns = {
        "key": silo.keys,
        "person": silo.book.person.tolist(),
        "case": silo.book.case.tolist(),
        "party": silo.book.party.tolist(),
        "title": held.title.tolist(),
        "given_names": held.given.tolist(),
        "family_name": held.family.tolist(),
        "date_of_birth": held.born.astype(object).tolist(),
        "nino": held.nino.tolist(),
        "address_1": held.line.tolist(),
        "address_2": held.town.tolist(),
        "postcode": held.postcode.tolist(),
        "uprn": [one or None for one in held.uprn.tolist()],
        "pence": owing.owed.tolist(),
        "regular": owing.regular.tolist(),
        "garage": owing.garage.tolist(),
        "days": owing.days.tolist(),
        "consent_from": [
            on - timedelta(days) if yes else None
            for yes, days in zip(agreed.tolist(), since, strict=True)
        ],
    }
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for row in rows:
        row["oldest_due"] = on - timedelta(row["days"]) if row["pence"] else None
    return rows


def _debts(slug: str, people: list[Row], on: date, mark: str) -> dict[str, list[Row]]:
    """Return one debt a case, of all its people, with how far its holder has gone."""
    stages = list(known.sources()[slug].codes.get("stage", {}).values())
    rows = [{**row, "debt_reference": f"{mark}{row['case']}"} for row in people]
    for row in rows:
        row["stage"] = _stage(row, stages)
        if row["stage"] in ("notice", "court", "order", "warrant"):
            row["notice_served"] = on - timedelta(row["days"] // 2)
        if row["regular"]:
            row |= {"regular_pence": row["regular"], "regular_every": "week"}
    return {slug: rows}


def _stage(row: Row, stages: list[str]) -> str | None:
    if not row["pence"]:
        return "current" if "current" in stages else None
    gone = [stage for stage in stages if stage != "current"]
    return gone[min(row["days"] // DAYS_A_STAGE, len(gone) - 1)] if gone else None


def _council_tax(people: list[Row], on: date) -> dict[str, list[Row]]:
    """Return the accounts, and who of them got in touch about paying."""
    return {
        **_debts("other-council-tax", people, on, ""),
        "customer-contacts": _contacts(people, on),
    }


def _northway(people: list[Row], on: date) -> dict[str, list[Row]]:
    return _debts("northway-rents", people, on, "T")


def _marsh_lane(people: list[Row], on: date) -> dict[str, list[Row]]:
    """Rents and garages, each an account of its own; the name in one column."""
    [rents] = _debts("marsh-lane-rents", people, on, "R").values()
    rows = []
    for row in rents:
        names = " ".join(part for part in (row["title"], row["given_names"]) if part)
        row |= {"full_name": f"{row['family_name']}, {names}", "debt_kind": "RENT"}
        rows.append(row)
        if row["garage"]:
            rows.append(
                {
                    **row,
                    "debt_reference": f"G{row['case']}",
                    "debt_kind": "GARAGE",
                    "pence": 0,
                    "regular_pence": row["garage"],
                    "stage": "current",
                    "oldest_due": None,
                }
            )
    return {"marsh-lane-rents": rows}


def _benefits(people: list[Row], on: date) -> dict[str, list[Row]]:
    """Awards of everybody on a claim, and what was paid too much, of the claimant."""
    awards = [
        {
            **row,
            "award_reference": f"{row['case']}/{row['party']}",
            "award_kind": "HB" if row["party"] == 1 else "UC",
            "weekly_pence": row["regular"],
            "awarded_from": on - timedelta(365),
            "landlord_paid": "yes" if row["case"] % 3 == 0 else "no",
            **(_deductions(row, on) if row["party"] != 1 else {}),
        }
        for row in people
    ]
    overpaid = [row for row in people if row["pence"] and row["party"] == 1]
    debts = _debts("hb-overpayments", [{**row, "regular": 0} for row in overpaid], on, "OP")
    return {"other-benefits": awards, **debts}


def _deductions(row: Row, on: date) -> Row:
    """Return what is taken from Universal Credit each month: mostly nothing, sometimes all."""
    mix = figures.read("silos")["owing"]
    percent = worries.deduction_cap_percent(on) or 0
    share = mix["deducted_of_cap"][row["case"] % len(mix["deducted_of_cap"])]
    allowance = mix["allowance_pence"]
    taken = allowance * percent * share // 10_000
    return {"deductions_pence": taken, "allowance_pence": allowance}


def _contacts(people: list[Row], on: date) -> list[Row]:
    """Return who got in touch about paying lately, as the telephone's system knows them."""
    times = figures.read("silos")["owing"]["contacts"]
    behind = [row for row in people if row["party"] == 1 and row["pence"]]
    return [
        {
            **row,
            "contact_reference": f"T{row['case']}-{number + 1}",
            "contact_on": on - timedelta(2 + DAYS_BETWEEN_CONTACTS * number),
            "contact_code": "paying" if number else "cannot_pay",
        }
        for row in behind
        for number in range(times[row["case"] % len(times)])
    ]


def _social_care(people: list[Row], on: date) -> dict[str, list[Row]]:
    """Return what people pay towards their care; most have a social worker who is named."""
    workers = figures.read("silos")["social_workers"]
    named = [row | _worker(workers, row["case"]) for row in people]
    return _debts("social-care-charges", named, on, "ASC")


def _worker(workers: list[dict[str, str]], case: int) -> Row:
    """Return who looks after a case; one in so many has nobody at the moment."""
    number = case % (len(workers) + 1)
    if number == len(workers):
        return {}
    return {"helper": workers[number]["name"], "helper_contact": workers[number]["telephone"]}


def _parking(people: list[Row], on: date) -> dict[str, list[Row]]:
    return _debts("parking-penalties", people, on, "SF")


FILES = {
    "other-council-tax": _council_tax,
    "northway-rents": _northway,
    "marsh-lane-rents": _marsh_lane,
    "other-benefits": _benefits,
    "social-care-charges": _social_care,
    "parking-penalties": _parking,
}
