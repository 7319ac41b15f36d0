from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.contract_entered",
        "Contract {contract} was entered",
        concerns="the contract",
        keep_years=12,
    ),
    FactKind(
        "partnership.taken_away",
        "All that the partnership holds was taken away: {files} files, {content}",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.contract_amended",
        "Contract {contract} was amended from {starts:day}: amendment {amendment}",
        concerns="the contract",
        keep_years=12,
    ),
)
