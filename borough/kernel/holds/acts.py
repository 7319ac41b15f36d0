"""What may be done about a debt, and so may be held. Collecting as agreed is not among them."""

REMINDER = "reminder"
FINAL_NOTICE = "final_notice"
SUMMONS = "summons"
LIABILITY_ORDER = "liability_order"
ATTACHMENT = "attachment"
AGENT = "agent"

TITLES = {
    REMINDER: "send a reminder",
    FINAL_NOTICE: "send a final notice",
    SUMMONS: "summon to court",
    LIABILITY_ORDER: "ask for a liability order",
    ATTACHMENT: "attach earnings or benefits",
    AGENT: "send to an enforcement agent",
}
ALL = tuple(TITLES)
