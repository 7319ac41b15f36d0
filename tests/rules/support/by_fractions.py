"""A joint plan written down a second time, as one would with fractions and no care for speed.

It shares no code with the rules: debts are plain tuples (id, tier, balance, floor, held).
"""

import math
from fractions import Fraction


def plan(surplus, debts):
    """Return outcome, payable, months and pence by debt."""
    owed = {d[0]: d[2] for d in debts if not d[4]}
    nothing = {d[0]: 0 for d in debts}
    payable = sum(owed.values())
    if not payable:
        return "nothing_payable", 0, None, nothing
    if surplus <= 0:
        return "no_plan", payable, None, nothing
    given, left = dict(nothing), surplus
    for tier in range(1, 1 + max(d[1] for d in debts)):
        floors = {d[0]: min(d[2], d[3]) for d in debts if d[1] == tier and not d[4]}
        shares = pour(left, floors, floors)
        for name, share in shares.items():
            given[name] += share
            left -= share
    room = {name: balance - given[name] for name, balance in owed.items()}
    for name, share in pour(left, owed, room).items():
        given[name] += share
    months = math.ceil(Fraction(payable, surplus))
    looked_at = "plan" if months <= 24 else "adviser_review"
    return (looked_at if months <= 36 else "partial_write_off_proposal", payable, months, given)


def pour(total, weights, caps):
    """Fill vessels by weight until each is full, then cut to pennies by largest fraction.

    The level is found by trying it: the vessels are full in the order of cap over weight, so the
    k that fill first are full and the others share the rest.
    """
    names = [name for name in weights if weights[name] > 0 and caps[name] > 0]
    total = min(total, sum(caps[name] for name in names))
    if not total:
        return {}
    names.sort(key=lambda name: Fraction(caps[name], weights[name]))
    for full in range(len(names) + 1):
        first, others = names[:full], names[full:]
        rest = total - sum(caps[name] for name in first)
        level = Fraction(rest, sum(weights[name] for name in others)) if others else 0
        if rest >= 0 and all(level * weights[name] <= caps[name] for name in others):
            break
    exact = {name: Fraction(caps[name]) for name in first}
    exact |= {name: level * weights[name] for name in others}
    whole = {name: share.numerator // share.denominator for name, share in exact.items()}
    order = sorted(exact)
    order.sort(key=lambda name: exact[name] - whole[name], reverse=True)  # stable: ties by id
    for name in order[: total - sum(whole.values())]:
        whole[name] += 1
    return whole
