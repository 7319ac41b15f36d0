from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "partnership.measure_counted",
        "{measure} was counted for {year}, as at {as_at:day}",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.measure_restated",
        "{measure} of {year}, as at {as_at:day}, was counted again and came out otherwise",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.measure_disputed",
        "{measure} of {year} is disputed by the {party}",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.dispute_settled",
        "The dispute of {measure} of {year} was settled",
        concerns="nobody",
        keep_years=12,
    ),
    FactKind(
        "partnership.target_proposed",
        "A target for {measure} was proposed from {starts:day}",
        concerns="nobody",
        keep_years=12,
    ),
)
