"""The rows of a batch, column by column, and their COPY."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from borough.kernel import copying
from borough.kernel.ledger import models, payload


def copy(batch: int, source: str, draft: payload.Draft, periods: NDArray[np.int64]) -> None:
    """Write the journals and postings of a batch as drafts; ``periods`` is int64 (n,)."""
    ids = (batch << models.BATCH_BITS) + np.arange(1, len(draft.key) + 1)
    copying.copy("ledger_journal", journal_columns(ids, batch, source, draft, periods))
    copying.copy("ledger_posting", posting_columns(ids, draft))


def journal_columns(
    ids: NDArray[np.int64],
    batch: int,
    source: str,
    draft: payload.Draft,
    periods: NDArray[np.int64],
) -> pa.Table:
    """Return the rows of ``ledger_journal``, n of them."""
    n = len(draft.key)
    return pa.table(
        {
            "id": ids,
            "batch_id": np.broadcast_to(np.int64(batch), (n,)),
            "period_id": periods,
            "reverses_id": _or_null(draft.reverses),
            "on": draft.on,
            "source": pa.repeat(source, n),
            "key": pa.array(draft.key, pa.string()),
            "narrative": pa.array(draft.narrative, pa.string()),
            "payload_hash": pa.array(["\\x" + digest.hex() for digest in draft.asked]),
        }
    )


def posting_columns(ids: NDArray[np.int64], draft: payload.Draft) -> pa.Table:
    """Return the rows of ``ledger_posting``, m of them."""
    return pa.table(
        {
            "journal_id": ids[draft.journal],
            "line": draft.line,
            "account_id": draft.account,
            "sub_account_id": _or_null(draft.sub_account),
            "pence": draft.pence,
        }
    )


def _or_null(ids: NDArray[np.int64]) -> Any:
    return pa.array(ids, mask=ids == payload.NONE)
