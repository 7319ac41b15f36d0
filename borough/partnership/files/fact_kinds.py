from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.file_taken",
        "A file of {kind} was taken in: {rows} rows, {set_aside} set aside",
        concerns="nobody: its rows are records of their own",
        keep_years=12,
    ),
)
