"""Issuing letters: the third verb by which a line writes into the kernel."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from borough.kernel import commanding
from borough.kernel.documents import pressing, templates
from borough.kernel.holds import queries as asking


class LeftAlone(commanding.Refusal):
    """Something stands against a letter that presses somebody."""


class CannotBeKept(Exception):
    """The data of a letter is not plain JSON with a title."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to issue.

    Attributes:
        data: all that it says, as JSON, with its ``title``; money in whole pence, no floats.
        thing: what it is about, e.g. ``revenues.account/100001``.
        about: ids of the persons to whom it is addressed.
        source: the row that it is made from, e.g. ``revenues.step/12``; no row has two letters.
        part: the year of the account that it is about; empty for all of it.
    """

    data: Mapping[str, Any]
    thing: str = ""
    about: Sequence[int] = ()
    source: str = ""
    part: str = ""


def issue(
    kind: str,
    *,
    template: str,
    data: Mapping[str, Any],
    thing: str = "",
    about: Iterable[int] = (),
    by: commanding.Actor,
    on: date,
) -> int:
    """Issue one letter; return its document's id. The PDF is made when it is first wanted.

    Args:
        kind: slug of what it is, e.g. ``revenues.bill``.
        template: path from the root of the package, e.g. ``lines/revenues/letters/bill.typ``.
        data: all that it says, as JSON, with its ``title``.
        thing: what it is about, e.g. ``revenues.account/100001``.
        about: ids of the persons to whom it is addressed.
        by: who issues it.
        on: the day that it bears.

    Raises:
        CannotBeKept: the data is not plain JSON with a title.
        pressing.NoSuchKind: the kind is on no card.
        LeftAlone: it presses somebody, and something stands against that.
        templates.UnknownTemplate: there is no such template.
    """
    letter = Letter(data, thing, tuple(about))
    return issue_many(kind, [letter], template=template, by=by, on=on)[0]


def issue_many(
    kind: str, letters: Sequence[Letter], *, template: str, by: commanding.Actor, on: date
) -> list[int]:
    """Issue many letters of one kind at once, all or none; return their ids in order.

    Raises:
        pressing.NoSuchKind, LeftAlone: as for one; leave out first what ``held_back`` names.
        psycopg.errors.UniqueViolation: a row has a letter already (the ``source`` of one of these).
    """
    if not letters:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        _refuse_held(kind, letters, on)
        digest = templates.current(template)
        cursor.execute(
            "select nextval(pg_get_serial_sequence('documents_document', 'id'))"
            " from generate_series(1, %s)",
            [len(letters)],
        )
        ids = [number for (number,) in cursor.fetchall()]
        with cursor.copy(
            "copy documents_document"
            " (id, kind, title, template_id, thing, part, source,"
            ' "on", by, data, data_hash) from stdin'
        ) as copy:
            for number, letter in zip(ids, letters, strict=True):
                words, title = canonical(letter.data), letter.data["title"]
                copy.write_row(
                    (number, kind, title, digest, letter.thing, letter.part, letter.source, on,
                     by.reference, words, hashlib.sha256(words.encode()).hexdigest())
                )  # fmt: skip
        with cursor.copy("copy documents_addressee (person_id, document_id) from stdin") as copy:
            for number, letter in zip(ids, letters, strict=True):
                for person in dict.fromkeys(letter.about):
                    copy.write_row((person, number))
    return ids


def held_back(
    kind: str, letters: Sequence[Letter], on: date
) -> dict[int, tuple[asking.Reason, ...]]:
    """Return what stands against issuing letters of a kind on a day, by their place."""
    debts = [asking.Debt(one.thing, tuple(one.about), one.part) for one in letters]
    return pressing.stood(kind, debts, on)


def canonical(data: Mapping[str, Any]) -> str:
    """Return the data as JSON with its keys in order and nothing to spare: what is hashed.

    Raises:
        CannotBeKept: it holds a float, a NUL or something that JSON has no word for, or no title.
    """
    if not isinstance(data.get("title"), str) or not data["title"].strip():
        raise CannotBeKept("A letter needs a title: give it as data['title'].")
    try:
        words = json.dumps(
            data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
        words.encode()
        # A quick look that is right for nearly all; what it doubts is gone through with care.
        is_plain = "\\u0000" not in words and json.loads(words, parse_float=_refuse) == data
    except (TypeError, ValueError) as error:
        _check(data, "data")
        raise CannotBeKept("The data of a letter must be plain dictionaries and lists.") from error
    if not is_plain:
        _check(data, "data")
    return words


def _refuse_held(kind: str, letters: Sequence[Letter], on: date) -> None:
    for reasons in held_back(kind, letters, on).values():
        raise LeftAlone(f"{reasons[0].words}. The letter was not written.")


def _refuse(number: str) -> None:
    raise ValueError(f"{number} is a float")


def _check(value: Any, where: str) -> None:
    if isinstance(value, Mapping):
        for name, one in value.items():
            _check_words(name, where)
            _check(one, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            _check(one, f"{where}[{index}]")
    elif isinstance(value, str):
        _check_words(value, where)
    elif value is not None and not isinstance(value, bool | int):
        raise CannotBeKept(f"{where} is a {type(value).__name__}: use whole pence or words.")


def _check_words(words: Any, where: str) -> None:
    """Refuse what PostgreSQL cannot keep as JSON: NUL, and halves of a character."""
    if not isinstance(words, str):
        raise CannotBeKept(f"{where} has a key that is not a word.")
    if "\0" in words or any("\ud800" <= one <= "\udfff" for one in words):
        raise CannotBeKept(f"{where} holds a character that cannot be stored.")
