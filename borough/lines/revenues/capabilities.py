"""What officers of Revenues may be allowed to do."""

from borough.kernel.joining import Capability

SEE_ACCOUNT = Capability("revenues.see_account", "open a Council Tax account")
OPEN_ACCOUNT = Capability("revenues.open_account", "open and close a Council Tax account")
CHANGE_BAND = Capability("revenues.change_band", "record a change of band from the valuation list")
CHANGE_HOUSEHOLD = Capability("revenues.change_household", "apply and end discounts and disregards")
CHANGE_EXEMPTION = Capability("revenues.change_exemption", "apply and end exemptions")
CHANGE_REDUCTION = Capability("revenues.change_reduction", "apply and end disabled band reductions")
CHANGE_OCCUPATION = Capability(
    "revenues.change_occupation", "record that a dwelling is empty, furnished or lived in"
)
CHANGE_PREMIUM = Capability("revenues.change_premium", "apply and end exceptions to a premium")
RECORD_MOVE = Capability("revenues.record_move", "record who moved out of a home and into it")
UNDO_CHANGE = Capability("revenues.undo_change", "undo a change that was wrong")
TRANSFER_CREDIT = Capability(
    "revenues.transfer_credit", "carry a credit to another account of the same people"
)
SETTLE_DEATH = Capability("revenues.settle_death", "settle what follows for a home from a death")
CHANGE_LIABILITY = Capability(
    "revenues.change_liability", "make the owner of a home liable by its class"
)
SEE_CLOCKS = Capability("revenues.see_clocks", "see what is about to run out")
PREPARE_REVIEW = Capability(
    "revenues.prepare_review", "draw single person discounts to be reviewed"
)
COMMIT_REVIEW = Capability(
    "revenues.commit_review", "ask the residents of a review that somebody else drew"
)
CHANGE_PLAN = Capability("revenues.change_plan", "change instalments and the payment day")
TAKE_PAYMENTS = Capability("revenues.take_payments", "record payments")
SET_UP_DIRECT_DEBIT = Capability(
    "revenues.set_up_direct_debit", "set up, change, stop and cancel a Direct Debit"
)
PREPARE_COLLECTION = Capability(
    "revenues.prepare_collection", "prepare, preview and post a Direct Debit collection"
)
COMMIT_COLLECTION = Capability(
    "revenues.commit_collection",
    "commit a Direct Debit collection that somebody else prepared, and fetch its file",
)
LOAD_ADVICES = Capability(
    "revenues.load_advices", "load and settle what banks send back about Direct Debits"
)
SET_RECEIPTS = Capability(
    "revenues.set_receipts", "set a payment against another year than the rules chose"
)
ASK_REFUND = Capability("revenues.ask_refund", "ask that a credit be paid back")
DECIDE_REFUND = Capability(
    "revenues.decide_refund", "decide on a refund that somebody else asked for"
)
WRITE_OFF = Capability("revenues.write_off", "ask for and decide on small write-offs")
WRITE_OFF_MORE = Capability("revenues.write_off_more", "decide on larger write-offs")
WRITE_OFF_MOST = Capability("revenues.write_off_most", "decide on the largest write-offs")
REBILL = Capability("revenues.rebill", "work out a Council Tax account again")
PREVIEW_BILLING = Capability("revenues.preview_billing", "prepare and preview annual billing")
COMMIT_BILLING = Capability(
    "revenues.commit_billing", "commit annual billing that somebody else prepared"
)
SEND_LETTERS = Capability("revenues.send_letters", "have letters written and posted")
SEE_RETURNS = Capability("revenues.see_returns", "see the taxbase return and billing figures")
PREVIEW_RECOVERY = Capability(
    "revenues.preview_recovery", "prepare and preview reminders, final notices and summonses"
)
COMMIT_RECOVERY = Capability(
    "revenues.commit_recovery", "commit a step of recovery that somebody else prepared"
)
RECORD_COURT = Capability(
    "revenues.record_court", "record what the court decided, and withdraw a summons"
)
WITHDRAW_NOTICE = Capability(
    "revenues.withdraw_notice", "withdraw a notice whose letter was never written"
)
AGREE_ARRANGEMENT = Capability(
    "revenues.agree_arrangement", "agree, change and end an arrangement to pay"
)
WARN_ARRANGEMENT = Capability(
    "revenues.warn_arrangement", "send the letter that an arrangement is not being kept"
)
ORDER_ATTACHMENT = Capability(
    "revenues.order_attachment", "order, change and end an attachment of earnings"
)
PREPARE_PLACING = Capability(
    "revenues.prepare_placing", "prepare the placing of debts with an enforcement agent"
)
COMMIT_PLACING = Capability(
    "revenues.commit_placing", "place debts with an enforcement agent that somebody else prepared"
)
CALL_BACK = Capability("revenues.call_back", "call a debt back from an enforcement agent")
LOAD_RETURNS = Capability("revenues.load_returns", "load files from enforcement agents")
GRANT_RELIEF = Capability(
    "revenues.grant_relief",
    "grant discretionary relief under section 13A(1)(c)",
    reserved_to_council=(
        "SI 1996/1880 as amended by SI 2013/502 lists what a contractor may be authorised to do: "
        "for reductions, telling of a decision (article 13A) and paying (13B). Deciding a relief "
        "is not in the parts that were read; not verified against the whole Order"
    ),
)

ALL = (
    SEE_ACCOUNT,
    OPEN_ACCOUNT,
    CHANGE_BAND,
    CHANGE_HOUSEHOLD,
    CHANGE_EXEMPTION,
    CHANGE_REDUCTION,
    CHANGE_OCCUPATION,
    CHANGE_PREMIUM,
    RECORD_MOVE,
    UNDO_CHANGE,
    TRANSFER_CREDIT,
    SETTLE_DEATH,
    CHANGE_LIABILITY,
    SEE_CLOCKS,
    PREPARE_REVIEW,
    COMMIT_REVIEW,
    CHANGE_PLAN,
    TAKE_PAYMENTS,
    SET_RECEIPTS,
    ASK_REFUND,
    DECIDE_REFUND,
    WRITE_OFF,
    WRITE_OFF_MORE,
    WRITE_OFF_MOST,
    SET_UP_DIRECT_DEBIT,
    PREPARE_COLLECTION,
    COMMIT_COLLECTION,
    LOAD_ADVICES,
    REBILL,
    PREVIEW_BILLING,
    COMMIT_BILLING,
    SEND_LETTERS,
    SEE_RETURNS,
    PREVIEW_RECOVERY,
    COMMIT_RECOVERY,
    RECORD_COURT,
    WITHDRAW_NOTICE,
    AGREE_ARRANGEMENT,
    WARN_ARRANGEMENT,
    ORDER_ATTACHMENT,
    PREPARE_PLACING,
    COMMIT_PLACING,
    CALL_BACK,
    LOAD_RETURNS,
    GRANT_RELIEF,
)
