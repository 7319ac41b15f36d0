from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "kernel.period_closed",
        "{period} of the book {book} was closed ({state})",
        concerns="the ledger",
        keep_years=12,
    ),
    FactKind(
        "kernel.period_reopened",
        "{period} of the book {book} was opened again",
        concerns="the ledger",
        keep_years=12,
    ),
)
