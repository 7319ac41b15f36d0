"""Files as other systems send them, and taking them in. Everybody in them is invented."""

import io
from datetime import date

from borough.resident.sources import commands, known, models, taking_in
from tests import makers

ON = date(2025, 6, 2)
AGREED = "01/01/2025"


def a_file(source: str, *rows: dict[str, object], total: object = None, count: object = None):
    """Return the file of a source with these rows, by field; what is left out is empty.

    A source that ends its files with a line of totals gets one that fits, unless told otherwise.
    """
    found = known.sources()[source]
    layout = found.layout
    headings = {name: column.heading for name, column in layout.columns.items()}
    out = io.StringIO()
    for line in (headings.values(), *([row.get(name, "") for name in headings] for row in rows)):
        out.write(layout.delimiter.join(str(cell) for cell in line) + "\n")
    if found.control:
        pence = {row["debt_reference"]: round(float(row["pence"]) * 100) for row in rows}
        last = dict.fromkeys(headings.values(), "")
        last[found.control.heading] = found.control.word
        last[found.control.pence] = total or f"{sum(pence.values()) / 100:.2f}"
        last[found.control.rows] = count or len(rows)
        out.write(layout.delimiter.join(str(cell) for cell in last.values()) + "\n")
    return out.getvalue().encode(layout.encoding)


def rent(tenancy: str, tenant: str, pence: str = "0.00", **more: object) -> dict[str, object]:
    """Return a row of Northway Homes: a tenant and what their tenancy owes, in pounds."""
    return {
        "debt_reference": tenancy,
        "key": tenant,
        "given_names": "Mary",
        "family_name": f"Rimmer {tenant}",
        "date_of_birth": "03/02/1980",
        "nino": "AB123456C",
        "address_1": "1 Invented Street",
        "postcode": "zz11aa",
        "pence": pence,
        "stage": "ARR",
        "regular_pence": "100.00",
        "regular_every": "W",
        "consent_from": AGREED,
        **more,
    }


def prepare(
    content: bytes, source: str = "northway-rents", *, on: date = ON, **more
) -> models.Feed:
    feed = commands.prepare_feed(
        source=source,
        content=content,
        as_at=more.pop("as_at", on),
        by=makers.everything(),
        on=on,
        **more,
    )
    taking_in.carry_out_reading(feed.reading)
    feed.refresh_from_db()
    return feed


def take_in(
    content: bytes, source: str = "northway-rents", *, on: date = ON, **more
) -> models.Feed:
    feed = prepare(content, source, on=on, **more)
    run = commands.commit_feed(feed=feed, by=makers.everything(), on=on)
    taking_in.carry_out_taking(run, by=makers.everything())
    feed.refresh_from_db()
    return feed


def withdraw(feed: models.Feed, *, on: date) -> None:
    run = commands.withdraw_feed(feed=feed, reason="wrong_content", by=makers.everything(), on=on)
    taking_in.carry_out_withdrawing(run, by=makers.everything())


def withdraw_all(source: str, *, on: date) -> None:
    run = commands.withdraw_source(
        source=source, reason="sharing_ended", by=makers.everything(), on=on
    )
    taking_in.carry_out_withdrawing(run, by=makers.everything())
