"""What can happen with the hardship fund: ids and amounts, never what somebody goes without."""

from borough.kernel.joining import FactKind

DECIDED_LETTER = "resident.fund_decided"
# Each kind of letter with the act of recovery that it is: this one presses nobody.
LETTERS = {DECIDED_LETTER: ""}

WHO = "the person who asked"
KINDS = (
    FactKind("resident.fund_asked", "Help asked for from the hardship fund", concerns=WHO),
    FactKind(
        "resident.fund_tested",
        "The need and the urgency of an application looked at",
        concerns=WHO,
        sensitive=True,
    ),
    FactKind(
        "resident.fund_proposed",
        "{pence:£} from the hardship fund proposed to a second officer",
        concerns=WHO,
        sensitive=True,
    ),
    FactKind("resident.fund_granted", "{pence:£} given from the hardship fund", concerns=WHO),
    FactKind("resident.fund_refused", "An application to the hardship fund refused", concerns=WHO),
    FactKind(
        "resident.fund_review_asked",
        "Another officer asked to look at a decision on the hardship fund again",
        concerns=WHO,
    ),
    FactKind(
        "resident.fund_withdrawn", "An application to the hardship fund withdrawn", concerns=WHO
    ),
    FactKind(
        "resident.fund_reversed",
        "{pence:£} from the hardship fund taken back before it went",
        concerns=WHO,
    ),
    FactKind(
        "resident.fund_came_back",
        "{pence:£} from the hardship fund came back from the bank",
        concerns=WHO,
    ),
    FactKind(
        "resident.fund_paid_again",
        "{pence:£} from the hardship fund paid again, to another account",
        concerns=WHO,
    ),
    FactKind(
        "resident.fund_budget_loaded",
        "What the hardship fund may spend loaded: {pence:£} in all",
        concerns="nobody: it is the council’s money",
    ),
)
