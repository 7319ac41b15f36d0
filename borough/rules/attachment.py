"""Deductions under an attachment of earnings: one function for those who order and those who pay.

Sources: Council Tax (Administration and Enforcement) Regulations 1992 (SI 1992/613) reg.38 and
Sch.4; Social Security (Overpayments and Recovery) Regulations 2013 (SI 2013/384) Sch.2.
"""

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from borough.rules import engine, money
from borough.rules.engine import rule
from borough.rules.money import Code, Pence, Percent, Unit

LAW = "SI 1992/613 Sch.4; SI 2013/384 Sch.2"
KINDS = ("CTAEO-ENG", "DEA-standard", "DEA-higher")
FREQUENCIES = ("weekly", "monthly", "daily")
Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By kind of order and frequency: the upper edges in pence, the per cents, and what is above."""


@rule(LAW)
def last_edge(order_type: Code, frequency: Code, attachment_tables: Tables) -> Pence:
    """Return the highest edge of each row's table, (n,), pence."""
    edges = np.zeros(len(order_type), np.int64)
    for kind, frequent, table in _tables(attachment_tables):
        edges[(order_type == kind) & (frequency == frequent)] = table["upto"][-1]
    return edges


@rule(LAW, "Deduct {percent} per cent", when="percent")
def percent(
    order_type: Code, frequency: Code, attachable_net_earnings: Pence, attachment_tables: Tables
) -> Percent:
    """Return the per cent of the earnings up to the last edge, or of all, (n,)."""
    rate = np.zeros(len(order_type), np.int64)
    for kind, frequent, table in _tables(attachment_tables):
        rows = (order_type == kind) & (frequency == frequent)
        above = table["above"].get("all", table["above"].get("last"))
        rates = np.array([*table["percent"], above], np.int64)
        rate[rows] = rates[np.searchsorted(table["upto"], attachable_net_earnings[rows])]
    return rate


@rule(LAW, "and {percent_of_the_rest} per cent of what is above {last_edge}", when="rest")
def percent_of_the_rest(
    order_type: Code, frequency: Code, rest: Pence, attachment_tables: Tables
) -> Percent:
    """Return the per cent of the earnings above the last edge, (n,)."""
    rate = np.zeros(len(rest), np.int64)
    for kind, frequent, table in _tables(attachment_tables):
        rows = (order_type == kind) & (frequency == frequent) & (rest > 0)
        rate[rows] = table["above"].get("rest", table["above"].get("all"))
    return rate


@rule(LAW)
def rest(attachable_net_earnings: Pence, last_edge: Pence) -> Pence:
    """Return the earnings above the last edge of the table, (n,), pence."""
    above: Pence = np.maximum(attachable_net_earnings - last_edge, 0)
    return above


@rule(LAW, "To deduct from these earnings")
def deduction(
    attachable_net_earnings: Pence,
    rest: Pence,
    percent: Percent,
    percent_of_the_rest: Percent,
    attachment_half_penny: str,
) -> Pence:
    """Return what the employer deducts, (n,), pence, to the nearest penny."""
    exact = (attachable_net_earnings - rest) * percent + rest * percent_of_the_rest
    mode = money.HALF_UP if attachment_half_penny == "up" else money.HALF_DOWN
    return money.pence(exact, 100, mode)


def _tables(tables: Tables) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [(kind, often, table) for kind, by in tables.items() for often, table in by.items()]


SCHEME = engine.Scheme(
    "Attachment of earnings",
    facts=(
        engine.Fact("order_type", Unit.CODE, "Which kind of order?", choices=KINDS),
        engine.Fact("frequency", Unit.CODE, "How often paid?", choices=FREQUENCIES),
        engine.Fact(
            "attachable_net_earnings", Unit.PENCE, "Earnings after tax, NI and pension", low=0
        ),
    ),
    parameters={"attachment_tables": Unit.PERCENT, "attachment_half_penny": Unit.CODE},
    rules=[sys.modules[__name__]],
    not_modelled=(
        "Orders made before 1 April 2007, and the Welsh table.",
        "Several days at the daily rate: give one day's earnings and multiply the deduction.",
        "A second order on what the first leaves, the £1 fee, and protected earnings of a DEA.",
    ),
)
