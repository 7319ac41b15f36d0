"""What may be done about a debt, and so may be held. Collecting as agreed is not among them."""

REMINDER = "reminder"
FINAL_NOTICE = "final_notice"
SUMMONS = "summons"
LIABILITY_ORDER = "liability_order"
ATTACHMENT = "attachment"
AGENT = "agent"
CHASE = "chase"
COLLECT_AGAIN = "collect_again"

TITLES = {
    REMINDER: "send a reminder",
    FINAL_NOTICE: "send a final notice",
    SUMMONS: "summon to court",
    LIABILITY_ORDER: "ask for a liability order",
    ATTACHMENT: "attach earnings or benefits",
    AGENT: "send to an enforcement agent",
    CHASE: "write about an arrangement that runs late",
    COLLECT_AGAIN: "collect a second time what came back",
}
ALL = tuple(TITLES)

# Who is not to be reminded is not to be asked in other words either: what forbids a reminder
# forbids these, also where the hold was placed before they were acts of their own.
GOES_WITH = {CHASE: REMINDER, COLLECT_AGAIN: REMINDER}
