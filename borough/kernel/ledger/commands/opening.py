"""Opening sub-accounts, one or a hundred thousand, and holding one still."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from django.db import connection, transaction
from numpy.typing import NDArray

from borough.kernel import arrays, copying, joining
from borough.kernel.ledger import models, refusals


def open_sub_accounts(
    *,
    kind: str,
    references: Sequence[str],
    part: str = "",
    holders: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> NDArray[np.int64]:
    """Open the sub-accounts that are not there yet, and return the ids of all.

    Args:
        kind: slug of an account kind, e.g. ``revenues.council_tax``.
        references: str (n,), what a resident quotes; a repeat gives the same id twice.
        part: what the reference is divided by, e.g. ``2025-26``.
        holders: row numbers (0 to n - 1) and person ids, each int64 (h,); several may hold one.

    Returns:
        int64 (n,), in the order of ``references``.

    Raises:
        refusals.UnknownKind: no line declares the kind, or its control account is not laid.
    """
    control = _control(kind)
    asked = list(references)
    with refusals.in_words(), transaction.atomic():
        opened = _open(kind, asked, part, control)
        known = opened | _there(kind, [one for one in asked if one not in opened], part)
        ids = np.fromiter((known[reference] for reference in asked), np.int64, len(asked))
        if holders is not None:
            rows, persons = holders
            new = np.fromiter((one in opened for one in asked), np.bool_, len(asked))[rows]
            _hold(ids[rows], np.asarray(persons, np.int64), new)
    return ids


def _open(kind: str, references: Sequence[str], part: str, control: int) -> dict[str, int]:
    """Open those that are not there yet; return the ids of these by reference."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into ledger_subaccount (kind, reference, part, account_id)"
            " select %s, reference, %s, %s from json_array_elements_text(%s::json) reference"
            " on conflict do nothing returning reference, id",
            [kind, part, control, arrays.of_texts(references)],
        )
        return dict(cursor.fetchall())


def _there(kind: str, references: Sequence[str], part: str) -> dict[str, int]:
    if not references:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select reference, id from ledger_subaccount where kind = %s and part = %s"
            " and reference = any(array(select json_array_elements_text(%s::json)))",
            [kind, part, arrays.of_texts(references)],
        )
        return dict(cursor.fetchall())


def _hold(
    sub_accounts: NDArray[np.int64], persons: NDArray[np.int64], new: NDArray[np.bool_]
) -> None:
    """Name the holders, (h,) each. Of a ``new`` sub-account nobody else can have named any."""
    if new.any():
        who, what = arrays.pairs(persons[new], sub_accounts[new])
        copying.copy("ledger_holding", pa.table({"sub_account_id": what, "person_id": who}))
    if not new.all():
        pairs = [arrays.of_ids(one[~new]) for one in (sub_accounts, persons)]
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into ledger_holding (sub_account_id, person_id)"
                " select * from unnest(%s::bigint[], %s::bigint[]) on conflict do nothing",
                pairs,
            )


def lock_sub_account(sub_account_id: int) -> None:
    """Hold a sub-account until the transaction ends: read its balance after this, then post.

    Two refunds against one credit then follow one another, and the second sees the first.

    Raises:
        refusals.UnknownSubAccount: there is none with this id.
    """
    with connection.cursor() as cursor:
        cursor.execute("select ledger_hold_sub_account(%s)", [sub_account_id])
        if not cursor.fetchone()[0]:
            raise refusals.UnknownSubAccount(f"There is no sub-account {sub_account_id}.")


def _control(kind: str) -> int:
    declared = joining.account_kinds().get(kind)
    laid = models.Account.objects.filter(control_for=kind).values_list("pk", flat=True).first()
    if declared is None or laid is None:
        raise refusals.UnknownKind(
            f"No service keeps accounts of the kind {kind}, or its control account is not in the "
            "chart of accounts."
        )
    return laid
