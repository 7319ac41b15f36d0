"""How each letter that has not left would leave: by post, by hand, or not yet, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection

from borough.kernel import joining
from borough.kernel.holds import kinds
from borough.kernel.outgoing import emailing, held, paperless
from borough.kernel.people.models import Need


class Way(StrEnum):
    """The ways that a letter goes, and the one in which it stays."""

    POST = "post"
    EMAIL = "email"
    HAND = "hand"
    HELD = "held"


# A letter on paper is no letter for these: somebody does it in the way that was agreed.
BY_HAND = (
    Need.Kind.SAFE_CONTACT,
    Need.Kind.TELEPHONE_FIRST,
    Need.Kind.BRAILLE,
    Need.Kind.EASY_READ,
)
RETURNED = "returned_mail"
BY_EMAIL = "All to whom it is addressed asked for letters by email"
UNPRINTED = "The PDF could not be made. Open the letter to see why"

_WAITING = """
select d.id, d.kind, d.thing, coalesce(p.pages, 0), p.document_id is not null,
       coalesce(d.data -> 'address' ->> -1, '')
from documents_document d
left join documents_print p on p.document_id = d.id
where not exists (select 1 from outgoing_dispatch x where x.document_id = d.id) and d.id <= %s
order by d.id
"""
_NEEDS = """
select a.document_id, n.kind from documents_addressee a
join people_need n on n.person_id = a.person_id
where n.kind = any(%s) and n.starts <= %s and (n.ends is null or n.ends > %s)
  and not exists (select 1 from outgoing_dispatch x where x.document_id = a.document_id)
order by a.document_id, n.kind
"""
_RETURNED = """
select d.id from documents_document d join holds_hold h on h.thing = d.thing and h.thing <> ''
where h.kind = %(kind)s and h.starts <= %(on)s and (h.ends is null or h.ends > %(on)s)
  and not exists (select 1 from outgoing_dispatch x where x.document_id = d.id)
union
select a.document_id from documents_addressee a join holds_hold h on h.person_id = a.person_id
where h.kind = %(kind)s and h.starts <= %(on)s and (h.ends is null or h.ends > %(on)s)
  and not exists (select 1 from outgoing_dispatch x where x.document_id = a.document_id)
"""
_NEWEST = "select coalesce(max(id), 0) from documents_document"


@dataclass(frozen=True, slots=True)
class Route:
    """A letter that has not left, how it would leave, and why when it is not by post.

    Attributes:
        pages: 0 where the PDF is not made, or its pages were not counted.
        order: the last line of its address: the postcode, by which post is sorted.
    """

    document: int
    kind: str
    thing: str
    pages: int
    order: str
    way: Way
    reason: str = ""


def newest_document() -> int:
    """Return the id of the newest letter; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        (number,) = cursor.fetchone()
        return int(number)


def routes(up_to: int, *, on: date, assume_printed: bool = False) -> list[Route]:
    """Return how each letter that has not left would leave on a day, in the order of their ids.

    Args:
        up_to: the id of the last letter that is asked about.
        on: the day.
        assume_printed: before the PDFs are made, when none is known to be impossible.
    """
    by_hand, returned = _needs(on), _returned(on)
    waiting = _rows(_WAITING, [up_to])
    left_alone = held.back([number for number, *_ in waiting], on=on)
    emailed = _by_email([(number, kind) for number, kind, *_ in waiting], on)
    return [
        Route(
            number,
            kind,
            thing,
            pages,
            order,
            *(
                (Way.HELD, left_alone[number])
                if number in left_alone
                else _way(
                    number,
                    by_hand,
                    returned,
                    emailed,
                    is_printed=is_printed or assume_printed,
                )
            ),
        )
        for number, kind, thing, pages, is_printed, order in waiting
    ]


def _way(
    document: int,
    by_hand: dict[int, str],
    returned: set[int],
    emailed: set[int],
    *,
    is_printed: bool,
) -> tuple[Way, str]:
    if document in by_hand:
        return Way.HAND, by_hand[document]
    if document in emailed and is_printed:
        return Way.EMAIL, BY_EMAIL
    if document in returned:
        return Way.HELD, kinds.all_kinds()[RETURNED].says
    if not is_printed:
        return Way.HELD, UNPRINTED
    return Way.POST, ""


def _by_email(waiting: Sequence[tuple[int, str]], on: date) -> set[int]:
    """Return the letters that all of their addressees have attached to an email."""
    kinds_by_email = joining.kinds_by_email()
    ids = [number for number, kind in waiting if kind in kinds_by_email]
    if not ids:
        return set()
    addressed, failed = paperless.addressees(ids), paperless.failures(ids)
    wishes = paperless.of({one for some in addressed.values() for one in some}, on=on)
    return {
        number
        for number, people in addressed.items()
        if failed.get(number, 0) < emailing.MOST_FAILURES
        and all(one in wishes and wishes[one].attach for one in people)
    }


def _needs(on: date) -> dict[int, str]:
    titles = dict(Need.Kind.choices)
    found: dict[int, str] = {}
    for document, kind in _rows(_NEEDS, [list(BY_HAND), on, on]):
        found.setdefault(document, str(titles[kind]))
    return found


def _returned(on: date) -> set[int]:
    return {document for (document,) in _rows(_RETURNED, {"kind": RETURNED, "on": on})}


def _rows(query: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
