"""What can happen to a feed: that it came and how much it told, never about whom."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind("resident.feed_loaded", "A feed of {source} handed in", concerns="the feed"),
    FactKind(
        "resident.feed_taken_in",
        "A feed of {source} taken in: {rows} rows, {set_aside} set aside, {total_pence:£} owed",
        concerns="the feed",
    ),
    FactKind(
        "resident.source_withdrawn",
        "All that {source} had sent taken back: {debts} debts, {total_pence:£}",
        concerns="the source",
    ),
)
