"""The register as open contracting data: a release package of the OCDS 1.1, one release a contract.

Source: Open Contracting Data Standard 1.1 (``schema/README.md`` says which schema, and whence).
Of the contract of the partnership a release holds, too, what was done under it: a milestone for
each measure with a target that both have signed, and a transaction for each charge in the ledger.

A day is written as its midnight in UTC, for the standard knows moments only. A sum a year is no
value of the contract, so it stands in the description.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.conf import settings

from borough.partnership.measures import queries as counts
from borough.partnership.measures import wording as counted
from borough.partnership.register import models, queries
from borough.partnership.savings.queries import charges
from borough.partnership.seats import signing
from borough.rules import money, years
from borough.rules.partnership.rating import Rating

VERSION, NO_PREFIX = "1.1", "unregistered"
SCHEMES = {
    models.Particulars.Registered.COMPANY.value: "GB-COH",
    models.Particulars.Registered.CHARITY.value: "GB-CHC",
}
STATUS = {
    Rating.GOOD: "met",
    Rating.APPROACHING: "partiallyMet",
    Rating.REQUIRES_IMPROVEMENT: "notMet",
    Rating.INADEQUATE: "notMet",
}
_ID = 16


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: data of the council.

    Attributes:
        name: of the council.
        organisation: its identifier, like ``GB-LAE-ABC``; "" where none is set.
        prefix: of its ocids, which the Open Contracting Partnership gives; "" while it has none.
    """

    name: str
    organisation: str
    prefix: str

    @property
    def reference(self) -> dict[str, str]:
        """How a release names the council."""
        return {"id": self.organisation or "council", "name": self.name}


def council() -> Publisher:
    """Return this council, as it is set up."""
    return Publisher(settings.COUNCIL_NAME, settings.COUNCIL_IDENTIFIER, settings.OCID_PREFIX)


def package(publisher: Publisher, on: date, *, uri: str) -> dict[str, Any]:
    """Return the whole register as it stands on a day; its day is that of the last change in it.

    Args:
        publisher: the council.
        on: the day.
        uri: where the package is published.
    """
    told = [queries.so_far(one, on) for one in queries.histories()]
    releases = [release(one, publisher, on) for one in told]
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": max((one["date"] for one in releases), default=_moment(on)),
        "publisher": {"name": publisher.name, **_identifier_of(publisher, "uid")},
        "releases": releases,
    }


def release(
    history: Sequence[models.Particulars], publisher: Publisher, on: date
) -> dict[str, Any]:
    """Return a contract as a release. The same content has the same id, on whatever day.

    Args:
        history: the contract as it was made, and its amendments up to the day, in order.
        publisher: the council.
        on: the day.
    """
    row = history[-1]
    done: dict[str, Any] = {}
    last = row.on
    if row.contract.is_partnership:
        done, last = _implementation(row, publisher, on)
    content = {
        "ocid": f"{publisher.prefix or NO_PREFIX}-{row.contract.reference}",
        "date": _moment(last),
        "tag": _tags(history, done),
        "initiationType": "tender",
        "language": "en",
        "parties": [_buyer(publisher), _supplier(row)],
        "buyer": publisher.reference,
        "awards": [_award(row)],
        "contracts": [_contract(row, history, on) | ({"implementation": done} if done else {})],
    }
    digest = signing.digest(_without_fractions(content))
    return {**content, "id": f"{content['ocid']}-{digest[:_ID]}"}


def _tags(history: Sequence[models.Particulars], done: Mapping[str, Any]) -> list[str]:
    amended = ["contractAmendment"] if len(history) > 1 else []
    return ["award", "contract", *amended, *(["implementation"] if done else [])]


def _award(row: models.Particulars) -> dict[str, Any]:
    return {
        "id": row.contract.reference,
        "title": row.title,
        "status": "active",
        "suppliers": [_reference(row)],
        "contractPeriod": _period(row),
        **_value(row),
    }


def _contract(
    row: models.Particulars, history: Sequence[models.Particulars], on: date
) -> dict[str, Any]:
    yearly = f" {row.value}, as estimated or budgeted." if not _value(row) else ""
    made = {
        "id": row.contract.reference,
        "awardID": row.contract.reference,
        "title": row.title,
        "description": f"{row.description}{yearly}",
        "status": _status(row, on),
        "period": _period(row),
        **_value(row),
    }
    if len(history) > 1:
        made["amendments"] = [_amendment(*pair) for pair in pairwise(history)]
    return made


def _amendment(before: models.Particulars, after: models.Particulars) -> dict[str, str]:
    changed = ", ".join(one.field for one in queries.changes(before, after))
    return {
        "id": str(after.number),
        "date": _moment(after.since),
        "rationale": after.because,
        "description": f"Changed: {changed}",
    }


def _status(row: models.Particulars, on: date) -> str:
    if row.starts > on:
        return "pending"
    return "terminated" if queries.has_ended(row, on) else "active"


def _implementation(
    row: models.Particulars, publisher: Publisher, on: date
) -> tuple[dict[str, Any], date]:
    """Return what was done under the contract, and the newest day of anything of it."""
    year = years.Year.holding(on)
    judged = [one for one in counts.readings(year, on) if counts.target_of(one.measure.slug, on)]
    charged = [
        each
        for one in charges.charged_years()
        if _is_within(one, row)  # another contract of the same partners came before, or after
        for each in charges.statement(one, on)
    ]
    days = [row.on, *(one.on for one in charged)]
    days += [one.snapshot.as_at for one in judged if one.snapshot]
    parts = {
        "milestones": [_milestone(one, year, on) for one in judged],
        "transactions": [
            {
                "id": str(one.journal_id),
                "date": _moment(one.on),
                "value": _pounds(one.pence),
                "payer": publisher.reference,
                "payee": _reference(row),
            }
            for one in charged
        ],
    }
    return {name: part for name, part in parts.items() if part}, max(days)


def _is_within(year: years.Year, row: models.Particulars) -> bool:
    return row.starts < year.ends and (row.ends is None or year.starts <= row.ends)


def _milestone(one: counts.Reading, year: years.Year, on: date) -> dict[str, Any]:
    target = counts.target_of(one.measure.slug, on)
    said = [
        f"Target: {counted.value(one.measure, target.good if target else None)}, signed by both.",
        f"Counted: {counted.value(one.measure, one.value_hundredths)}.",
        f"What it cannot see: {one.measure.blind_to}",
        *(f"The {party} disputes a count of the year." for party in one.disputed_by),
    ]
    made = {
        "id": f"{one.measure.slug}-{year.name}",
        "title": one.measure.title,
        "type": "delivery",
        "code": one.measure.slug,
        "description": " ".join(said),
        "dueDate": _moment(year.ends),
        "status": STATUS.get(one.rating, "scheduled") if one.rating else "scheduled",
    }
    if one.snapshot is not None:
        made["dateModified"] = _moment(one.snapshot.as_at)
    return made


def _buyer(publisher: Publisher) -> dict[str, Any]:
    found = _identifier_of(publisher, "id")
    identifier = {"identifier": {**found, "legalName": publisher.name}} if found else {}
    return {**publisher.reference, "roles": ["buyer", "payer"], **identifier}


def _identifier_of(publisher: Publisher, name: str) -> dict[str, str]:
    scheme, _, number = publisher.organisation.rpartition("-")
    return {"scheme": scheme, name: number} if scheme else {}


def _supplier(row: models.Particulars) -> dict[str, Any]:
    made: dict[str, Any] = {**_reference(row), "roles": ["supplier", "payee"]}
    if scheme := SCHEMES.get(row.registered_with):
        legal = {"scheme": scheme, "id": row.registration, "legalName": row.supplier}
        made["identifier"] = legal
    return made


def _reference(row: models.Particulars) -> dict[str, str]:
    scheme = SCHEMES.get(row.registered_with)
    own = f"supplier-{row.contract.reference}"
    return {"id": f"{scheme}-{row.registration}" if scheme else own, "name": row.supplier}


def _period(row: models.Particulars) -> dict[str, str]:
    made = {"startDate": _moment(row.starts)}
    return made if row.ends is None else {**made, "endDate": _moment(row.ends)}


def _value(row: models.Particulars) -> dict[str, Any]:
    if row.value_is == models.Particulars.Sum.YEARLY:
        return {}
    return {"value": _pounds(row.value_pence)}


def _pounds(pence: int) -> dict[str, Any]:
    """Return an amount as the standard has it: a number of pounds.

    Written from pence and never reckoned with: the text of such a number has its two decimals.
    """
    whole, part = divmod(pence, 100)
    return {"amount": float(money.in_pounds(pence)) if part else whole, "currency": "GBP"}


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _without_fractions(value: Any) -> Any:
    """Return content whose numbers are whole or text, so that it has one digest."""
    match value:
        case float():
            return str(value)
        case dict():
            return {key: _without_fractions(one) for key, one in value.items()}
        case list():
            return [_without_fractions(one) for one in value]
    return value
