"""Opening sub-accounts, one or a hundred thousand, and holding one still."""

from collections.abc import Sequence

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from borough.kernel import arrays, joining
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
    texts = arrays.of_texts(asked)
    with refusals.in_words(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into ledger_subaccount (kind, reference, part, account_id)"
            " select %s, reference, %s, %s from json_array_elements_text(%s::json) reference"
            " on conflict do nothing",
            [kind, part, control, texts],
        )
        cursor.execute(
            "select reference, id from ledger_subaccount"
            " where kind = %s and part = %s"
            " and reference = any(array(select json_array_elements_text(%s::json)))",
            [kind, part, texts],
        )
        found = dict(cursor.fetchall())
        ids = np.fromiter((found[reference] for reference in asked), np.int64, len(asked))
        if holders is not None:
            rows, persons = holders
            cursor.execute(
                "insert into ledger_holding (sub_account_id, person_id)"
                " select * from unnest(%s::bigint[], %s::bigint[]) on conflict do nothing",
                [arrays.of_ids(ids[rows]), arrays.of_ids(np.asarray(persons))],
            )
    return ids


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
