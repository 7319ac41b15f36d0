"""What is recorded on the way from a worry to a plan, and before any step against somebody."""

from borough.kernel.joining import FactKind

HELP_ASKED = "resident.help_asked"
FACTS_READ = "resident.facts_read"

KINDS = (
    FactKind(
        HELP_ASKED,
        "Help that may be due was asked about: {words}",
        concerns="the person who may be entitled",
    ),
    FactKind(
        FACTS_READ,
        "An officer read what is recorded before a further step about this debt, good until "
        "{until}. If something is wrong, tell us",
        concerns="the person who owes it",
    ),
)
