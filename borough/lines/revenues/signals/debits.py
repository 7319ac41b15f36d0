"""A Direct Debit that came back unpaid, or that the payer or the bank ended."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from borough.kernel import arrays, joining
from borough.lines.revenues import models
from borough.lines.revenues.signals import liable
from borough.rules.support import signals

CODE = "S1"
THEN, ENDED = models.Advice.Then, models.Instruction.Ended
# What was our own mistake, or is disputed, says nothing of somebody's money.
UNPAID = [THEN.REPRESENT.value, THEN.CANCEL.value, THEN.ASK.value]

_CAME_BACK = """
from revenues_advice v join revenues_collectionitem c on c.id = v.item_id
join revenues_instruction i on i.id = c.instruction_id
where v.on > %(on)s::date - %(days)s and v.on <= %(on)s and v.then = any(%(then)s)
  and i.account_id = any(%(accounts)s::bigint[])
"""
_ENDED = """
from revenues_instruction i
where i.ends > %(on)s::date - %(days)s and i.ends <= %(on)s and i.why_ended = any(%(why)s)
  and i.account_id = any(%(accounts)s::bigint[])
  and not exists (select from revenues_instruction n where n.account_id = i.account_id
                  and daterange(n.starts, n.ends) @> %(on)s::date)
"""


def stopped(people: NDArray[np.int64], on: date) -> joining.Seen:
    """See whose Direct Debit came back unpaid, or was ended and not replaced."""
    who = liable.liable(people, on)
    asked = {
        "on": on,
        "days": signals.law(on).signals[CODE].days,
        "accounts": arrays.of_ids(who.accounts),
        "then": UNPAID,
        "why": [ENDED.PAYER.value, ENDED.BANK.value],
    }
    back = arrays.read(["i.account_id", "v.on - date '1970-01-01'", "v.id"], _CAME_BACK, asked)
    ended = arrays.read(["i.account_id", "i.ends - date '1970-01-01'", "i.id"], _ENDED, asked)
    things = [f"revenues.advice/{one}" for one in back[2].tolist()]
    things += [f"revenues.instruction/{one}" for one in ended[2].tolist()]
    account, day = (np.concatenate([back[n], ended[n]]) for n in (0, 1))
    return who.seen(account, liable.days(day), things)
