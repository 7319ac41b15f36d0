"""What a change does to the dated rows is kept, row by row, so that a wrong one can be undone.

The rows of the homes and people concerned are read before and after; what differs is the change.
So no command has to say what it touched, and none can forget a row.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db import models as orm

from borough.kernel import commanding, joining
from borough.kernel.people.models import CorrespondenceAddress, Residence
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import models

Row = dict[str, Any]
Rows = dict[tuple[str, int], Row]

BY_ACCOUNT: dict[str, type[orm.Model]] = {
    "liability": models.Liability,
    "household": models.Household,
    "disregard": models.Disregard,
    "annexe": models.AnnexeDiscount,
    "disabled": models.DisabledReduction,
    "reduction": models.Reduction,
    "plan": models.Plan,
}
BY_DWELLING: dict[str, type[orm.Model]] = {
    "account": models.Account,
    "band": models.Band,
    "occupation": models.Occupation,
    "exemption": models.Exemption,
    "exception": models.PremiumException,
    "owner_liable": models.OwnerLiable,
}
BY_PERSON: dict[str, type[orm.Model]] = {
    "residence": Residence,
    "correspondence": CorrespondenceAddress,
}
KINDS = {**BY_DWELLING, **BY_ACCOUNT, **BY_PERSON}
# Where somebody's letters go is kept with the person alone; here it suffices that it came or went.
WITHOUT = {"correspondence": {"lines", "postcode"}}


@dataclass
class Keeping:
    """What the change is told while it is made: transfers posted with it, and what came of it."""

    journals: list[int] = field(default_factory=list)
    change: models.Change | None = None


@contextmanager
def kept(
    what: str,
    capability: joining.Capability,
    homes: Iterable[Dwelling],
    *,
    people: Sequence[int] = (),
    undoes: models.Change | None = None,
    by: commanding.Actor,
    on: date,
) -> Iterator[Keeping]:
    """Keep what is changed inside: one change, or none where every row stayed as it was.

    The homes are held meanwhile, so that two officers follow one another.

    Args:
        what: the slug of the fact that the change leaves.
        capability: what an officer must hold to make it, and to undo it.
        homes: whose rows may change.
        people: whose homes and addresses for letters may change.
        undoes: the change that is undone, if any.
        by: who acts.
        on: the day of the change.
    """
    held = _hold(homes)
    before = _read(held, people)
    keeping = Keeping()
    yield keeping
    rows = _difference(before, _read(held, people))
    if rows or keeping.journals or undoes:
        keeping.change = models.Change.objects.create(
            what=what,
            capability=capability.slug,
            things=_things(held, rows),
            rows=rows,
            journals=keeping.journals,
            undoes=undoes,
            by=by.reference,
            on=on,
        )


def row_of(kind: str, row: orm.Model) -> Row:
    """Return a row as it is kept: its columns as JSON values."""
    without = WITHOUT.get(kind, set())
    values = {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if one.attname not in without
    }
    kept_row: Row = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return kept_row


def kinds_held(account: models.Account, since: date) -> list[str]:
    """Return which kinds of rows of an account hold on ``since`` or later, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"account": account.pk, "since": since})
        return [kind for (kind,) in cursor.fetchall()]


_HELD = "\nunion all\n".join(
    f"select '{kind}' where exists (select from {model._meta.db_table} where account_id ="  # noqa: S608  our own text
    " %(account)s and (ends is null or ends > greatest(starts, %(since)s)))"
    for kind, model in BY_ACCOUNT.items()
)


def _hold(homes: Iterable[Dwelling]) -> list[Dwelling]:
    ids = {home.pk for home in homes}
    rows = Dwelling.objects.select_for_update(no_key=True).filter(pk__in=ids)
    return list(rows.order_by("pk"))


def _read(homes: Sequence[Dwelling], people: Sequence[int]) -> Rows:
    """Return every row of these homes and people, in one question to the database."""
    asked = {"homes": [home.pk for home in homes], "people": list(people)}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, asked)
        rows = sorted(cursor.fetchall(), key=lambda row: (_PLACES[row[0]], row[1]))
    return {(kind, number): json.loads(row) for kind, number, row in rows}


def _rows_of(kind: str, model: type[orm.Model], where: str) -> str:
    without = "".join(f" - '{name}'" for name in sorted(WITHOUT.get(kind, ())))
    table = model._meta.db_table
    row = f"(to_jsonb(r){without})::text"
    return f"select '{kind}', r.id, {row} from {table} r where {where}"  # noqa: S608  our own text


_PLACES = {kind: place for place, kind in enumerate(KINDS)}
_HOMES, _PEOPLE = "r.dwelling_id = any(%(homes)s)", "r.person_id = any(%(people)s)"
_ACCOUNTS = "select id from revenues_account where dwelling_id = any(%(homes)s)"
_ROWS = "\nunion all\n".join(
    (
        *(_rows_of(*one, _HOMES) for one in BY_DWELLING.items()),
        *(_rows_of(*one, f"r.account_id in ({_ACCOUNTS})") for one in BY_ACCOUNT.items()),
        _rows_of("residence", Residence, f"{_HOMES} or {_PEOPLE}"),
        _rows_of("correspondence", CorrespondenceAddress, _PEOPLE),
    )
)


def _difference(before: Rows, after: Rows) -> list[Row]:
    return [
        {"kind": kind, "id": number, "before": was, "after": now}
        for kind, number in dict.fromkeys([*before, *after])
        if (was := before.get((kind, number))) != (now := after.get((kind, number)))
    ]


def _things(homes: Sequence[Dwelling], rows: Sequence[Row]) -> list[str]:
    """Return the homes, and the accounts of which a row changed, as facts name them."""
    numbers = {
        value["id"] if one["kind"] == "account" else value["account_id"]
        for one in rows
        for value in (one["before"], one["after"])
        if value and (one["kind"] == "account" or one["kind"] in BY_ACCOUNT)
    }
    accounts = models.Account.objects.filter(pk__in=numbers).order_by("pk")
    return [thing_of(home) for home in homes] + [one.thing for one in accounts]


def thing_of(home: Dwelling) -> str:
    """Return what facts about a home are filed under."""
    return f"revenues.dwelling/{home.uprn}"
