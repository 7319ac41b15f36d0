"""What can happen with budgets, joint plans and the fund: ids, never what somebody earns."""

from borough.kernel.joining import FactKind

PLAN_LETTER = "resident.plan_agreed"
# Each kind of letter with the act of recovery that it is: this one presses nobody.
LETTERS = {PLAN_LETTER: ""}

KINDS = (
    FactKind(
        "resident.guidelines_loaded",
        "{lines} guidelines of what households spend loaded",
        concerns="nobody: it is the council’s own file",
    ),
    FactKind(
        "resident.plan_payment_split",
        "{pence:£} for the plan for all debts shared among {debts} debts as agreed",
        concerns="the person who pays",
    ),
    FactKind(
        "resident.plan_payment_undone",
        "{pence:£} for the plan for all debts taken back by the bank: every share undone",
        concerns="the person who pays",
    ),
    FactKind(
        "resident.remittance_asked",
        "{pence:£} held for others made ready to be passed on",
        concerns="nobody: it is the whole of what is held for one holder",
    ),
    FactKind(
        "resident.remittance_granted",
        "{pence:£} held for others passed on",
        concerns="nobody: it is the whole of what is held for one holder",
    ),
    FactKind(
        "resident.remittance_came_back",
        "{pence:£} passed on to others came back from the bank, and is held again",
        concerns="nobody: it is the whole of what is held for one holder",
    ),
    FactKind(
        "resident.statement_recorded",
        "A financial statement recorded ({form} form)",
        concerns="the person whose household it is",
        sensitive=True,
    ),
    FactKind(
        "resident.plan_agreed",
        "One plan for all debts agreed: {monthly_pence:£} a month over {debts} debts",
        concerns="the person who pays",
    ),
    FactKind(
        "resident.plan_ended",
        "The plan for all debts ended: {why}",
        concerns="the person who pays",
    ),
    # Heard by the service that keeps the debt: its own share, and nothing of any other's.
    FactKind(
        "resident.share_agreed",
        "{monthly_pence:£} a month agreed for this debt in one plan",
        concerns="the person who pays",
    ),
    FactKind(
        "resident.share_of_others_agreed",
        "{monthly_pence:£} a month agreed for a debt to somebody else: its holder is to be told",
        concerns="the person who pays",
    ),
)
