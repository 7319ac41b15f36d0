"""The columns of a batch, and what makes two requests the same request."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

NONE = -1
"""In a column of ids: there is none. No id is negative."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a journal: pence with sign, + debit, - credit."""

    account: str
    pence: int
    sub_account: int | None = None


@dataclass(frozen=True, slots=True)
class Journals:
    """Columns of n journals.

    Attributes:
        key: str (n,), what each is for, unique under its source.
        on: the day, one for all or datetime64[D] (n,).
        narrative: one for all or str (n,).
        reverses: journal ids that are reversed, int64 (n,), ``NONE`` for none; or None.
    """

    key: Sequence[str]
    on: date | NDArray[np.datetime64]
    narrative: str | Sequence[str]
    reverses: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class Postings:
    """Columns of m postings, in any order.

    Attributes:
        journal: int64 (m,), row number of the journal, 0 to n - 1.
        account: int64 (m,), ids of accounts (``queries.account_ids()``).
        sub_account: int64 (m,), ids of sub-accounts; ``NONE`` on accounts that are not control.
        pence: int64 (m,), + debit, - credit.
    """

    journal: NDArray[np.int64]
    account: NDArray[np.int64]
    sub_account: NDArray[np.int64]
    pence: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draft:
    """A batch with every column spelt out; postings sorted by journal, in the order given.

    Attributes:
        first: int64 (n + 1,), where each journal's postings begin; the last entry is m.
        line: int16 (m,), from 1 within each journal.
        asked: sha256 of what each journal asks for, (n,).
    """

    key: NDArray[np.object_]
    on: NDArray[np.datetime64]
    narrative: NDArray[np.object_]
    reverses: NDArray[np.int64]
    journal: NDArray[np.int64]
    account: NDArray[np.int64]
    sub_account: NDArray[np.int64]
    pence: NDArray[np.int64]
    first: NDArray[np.int64]
    line: NDArray[np.int64]
    asked: list[bytes]

    @property
    def debit_pence(self) -> int:
        """The sum of all debits."""
        return int(self.pence[self.pence > 0].sum())

    def only(self, keep: NDArray[np.bool_]) -> "Draft":
        """Return the journals for which ``keep``, bool (n,), is true, with their postings."""
        if keep.all():
            return self
        posted = keep[self.journal]
        journal = (np.cumsum(keep) - 1)[self.journal[posted]]
        return replace(
            self,
            key=self.key[keep],
            on=self.on[keep],
            narrative=self.narrative[keep],
            reverses=self.reverses[keep],
            journal=journal,
            account=self.account[posted],
            sub_account=self.sub_account[posted],
            pence=self.pence[posted],
            first=_first(journal, int(keep.sum())),
            line=self.line[posted],
            asked=[digest for digest, kept in zip(self.asked, keep, strict=True) if kept],
        )


def draft(journals: Journals, postings: Postings) -> Draft:
    """Spell out the columns, sort the postings by journal and hash what each journal asks for."""
    n = len(journals.key)
    journal = np.asarray(postings.journal, np.int64)
    sort = slice(None)
    if np.any(journal[1:] < journal[:-1]):
        sort = np.argsort(journal, kind="stable")  # type: ignore[assignment]
    journal = journal[sort]
    first = _first(journal, n)
    none = np.full(n, NONE, np.int64)
    on = np.broadcast_to(np.asarray(journals.on, "datetime64[D]"), (n,))
    narrative = np.broadcast_to(np.asarray(journals.narrative, object), (n,))
    reverses = none if journals.reverses is None else journals.reverses
    account, sub_account = postings.account[sort], postings.sub_account[sort]
    pence = postings.pence[sort]
    return Draft(
        key=np.asarray(journals.key, object),
        on=on,
        narrative=narrative,
        reverses=reverses,
        journal=journal,
        account=account,
        sub_account=sub_account,
        pence=pence,
        first=first,
        line=np.arange(len(journal)) - first[journal] + 1,
        asked=hashes(on, narrative, reverses, account, sub_account, pence, first),
    )


def hashes(
    on: NDArray[np.datetime64],
    narrative: Sequence[str] | NDArray[np.object_],
    reverses: NDArray[np.int64],
    account: NDArray[np.int64],
    sub_account: NDArray[np.int64],
    pence: NDArray[np.int64],
    first: NDArray[np.int64],
) -> list[bytes]:
    """Return the sha256 of what each journal asks for, (n,).

    Day (since 1970), journal reversed, then account, sub-account and pence of each line in order,
    all as little-endian 64-bit numbers (-1 for none), then the narrative in UTF-8. The period is
    left out: asking again after a period was closed is still the same request.
    """
    heads = np.column_stack([on.astype(np.int64), reverses]).astype("<i8").tobytes()
    lines = np.column_stack([account, sub_account, pence]).astype("<i8").tobytes()
    bounds = (first * 24).tolist()
    sha256 = hashlib.sha256
    return [
        sha256(
            heads[16 * i : 16 * i + 16] + lines[bounds[i] : bounds[i + 1]] + text.encode()
        ).digest()
        for i, text in enumerate(narrative)
    ]


def of_batch(asked: Sequence[bytes], period: NDArray[np.int64]) -> bytes:
    """Return the hash of a batch: of its journals' hashes and period ids, in order of journal."""
    periods = period.astype("<i8").tobytes()
    whole = hashlib.sha256()
    for i, digest in enumerate(asked):
        whole.update(digest + periods[8 * i : 8 * i + 8])
    return whole.digest()


def _first(journal: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    return np.searchsorted(journal, np.arange(n + 1)).astype(np.int64)
