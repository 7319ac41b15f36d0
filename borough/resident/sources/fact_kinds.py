"""What can happen to a feed: that it came and how much it told, never about whom."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind("resident.feed_loaded", "A feed of {source} handed in", concerns="the feed"),
    FactKind("resident.feed_discarded", "A feed of {source} let go of", concerns="the feed"),
    FactKind(
        "resident.feed_taken_in",
        "A feed of {source} taken in: {rows} rows, {set_aside} set aside, {total_pence:£} owed",
        concerns="the feed",
    ),
    FactKind(
        "resident.feeds_withdrawn",
        "What {source} had sent taken back: {feeds} feeds, {debts} debts moved",
        concerns="the source",
    ),
    FactKind(
        "resident.debt_no_longer_reported",
        "A debt is no longer reported by {source}: it was {pence:£}",
        concerns="the debt",
    ),
)
