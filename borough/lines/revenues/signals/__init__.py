"""Early worries that Council Tax's own records show; what each weighs is the rules' business.

Nothing here is read to collect: a sighting leads to an offer of help, or holds an action back.
"""

from borough.kernel.joining import Signal
from borough.lines.revenues.signals import behind, debits, instalments, told
from borough.rules.support.inputs import Input

ALL = (
    Signal(
        "revenues.instalment_missed",
        "A Council Tax instalment missed after months of steady payment",
        code="S1",
        reads=Input.INSTALMENTS,
        look=instalments.missed,
    ),
    Signal(
        "revenues.debit_stopped",
        "A Direct Debit for Council Tax that came back or was ended",
        code="S1",
        reads=Input.DIRECT_DEBITS,
        look=debits.stopped,
        after=("revenues.payment_returned", "revenues.direct_debit_ended"),
    ),
    Signal(
        "revenues.behind",
        "Council Tax that is overdue",
        code="S2",
        reads=Input.OWN_BALANCES,
        look=behind.behind,
    ),
    Signal(
        "revenues.reduction_fell",
        "Council Tax Reduction that ended or fell",
        code="S4",
        reads=Input.AWARDS,
        look=told.reductions_fell,
    ),
    Signal(
        "revenues.reduction_left_behind",
        "Council Tax Reduction at the home before, and none at this one",
        code="S5",
        reads=Input.COUNCIL_TAX_ACCOUNT,
        look=told.left_behind,
        after=("revenues.account_opened",),
    ),
    Signal(
        "revenues.arrangement_not_kept",
        "An arrangement to pay Council Tax that could not be kept",
        code="S7",
        reads=Input.ARRANGEMENTS,
        look=told.arrangements_not_kept,
        after=("revenues.arrangement_ended",),
    ),
    Signal(
        "revenues.one_adult_left",
        "One adult left in the home",
        code="S10",
        reads=Input.CHANGES_NOTIFIED,
        look=told.one_adult_left,
        after=("revenues.household_declared", "revenues.discount_applied"),
    ),
    Signal(
        "revenues.agent_found",
        "An enforcement agent found somebody vulnerable, or without goods",
        code="S11",
        reads=Input.AGENT_RETURNS,
        look=told.agents_found,
        after=("revenues.remedy_ended",),
    ),
)
