"""What an enforcement agent may recover, and how proceeds are shared when they are not enough.

Taking Control of Goods (Fees) Regulations 2014 (SI 2014/1), for powers other than High Court writs.
"""

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from borough.rules import engine, money
from borough.rules.engine import rule
from borough.rules.money import Count, Flag, Pence, Unit

LAW = "SI 2014/1 "


@rule(LAW + "reg.7", "{percentage_fee_tenths} tenths of a per cent of what is above the threshold")
def percentage_fee(
    sum_to_be_recovered: Pence, percentage_fee_above: int, percentage_fee_tenths: int
) -> Pence:
    """Return the percentage fee of one stage, (n,), pence, to the nearest penny."""
    above = np.maximum(sum_to_be_recovered - percentage_fee_above, 0)
    fee: Pence = money.pence(above * percentage_fee_tenths, 1000)
    return fee


@rule(LAW + "reg.5(1)(a) and Schedule", "Compliance stage: the agent has the instruction")
def compliance(stage: Count, compliance_fee: int) -> Pence:
    """Return the fee of the compliance stage, (n,), pence."""
    return np.where(stage >= 1, compliance_fee, 0)


@rule(LAW + "reg.5(1)(b) and Schedule", "Enforcement stage: the agent attends", when="enforcement")
def enforcement(stage: Count, spared: Flag, enforcement_fee: int, percentage_fee: Pence) -> Pence:
    """Return the fee of the enforcement stage, (n,), pence.

    Nothing where a vulnerable debtor had no adequate opportunity to get help first (reg.12).
    """
    return np.where((stage >= 2) & ~spared, enforcement_fee + percentage_fee, 0)


@rule(LAW + "reg.5(1)(c) and Schedule", "Sale or disposal stage", when="sale")
def sale(stage: Count, sale_fee: int, percentage_fee: Pence) -> Pence:
    """Return the fee of the sale or disposal stage, (n,), pence."""
    return np.where(stage >= 3, sale_fee + percentage_fee, 0)


@rule(LAW + "reg.4", "Fees that the agent may recover")
def fees(compliance: Pence, enforcement: Pence, sale: Pence) -> Pence:
    """Return all fees up to the stage that was reached, (n,), pence."""
    return compliance + enforcement + sale


SCHEME = engine.Scheme(
    "Fees of an enforcement agent",
    facts=(
        engine.Fact("sum_to_be_recovered", Unit.PENCE, "What is to be recovered?", low=0),
        engine.Fact("stage", Unit.COUNT, "Which stage was reached?", low=0, high=3),
        engine.Fact("spared", Unit.FLAG, "Had a vulnerable debtor no chance to get help?"),
    ),
    parameters={
        "compliance_fee": Unit.PENCE,
        "enforcement_fee": Unit.PENCE,
        "sale_fee": Unit.PENCE,
        "percentage_fee_tenths": Unit.COUNT,
        "percentage_fee_above": Unit.PENCE,
    },
    rules=[sys.modules[__name__]],
    not_modelled=(
        "Disbursements: storage, locksmiths, court fees (reg.8), what an auction costs (reg.9).",
        "Several instructions against one debtor, whose fixed fees are due once (reg.11).",
        "A sum equivalent to VAT: a council is registered, so none is recovered (reg.18).",
    ),
)


def for_council(
    proceeds_pence: NDArray[np.int64],
    sum_to_be_recovered: NDArray[np.int64],
    *,
    compliance_pence: NDArray[np.int64],
    other_fees_pence: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return what of the proceeds so far belongs to the council, int64 (n,) pence (reg.13).

    The compliance fee comes first; the rest is shared in proportion to the sum to be recovered and
    the other fees. The council's share is rounded half up, and is never more than what it is owed.

    Args:
        proceeds_pence: all that was recovered so far.
        sum_to_be_recovered: as it was when the agent was instructed.
        compliance_pence: the fee of the compliance stage.
        other_fees_pence: fees of later stages and disbursements.
    """
    rest = np.maximum(proceeds_pence - compliance_pence, 0)
    owed = sum_to_be_recovered + other_fees_pence
    share = money.pence(rest * sum_to_be_recovered, np.maximum(owed, 1))
    return np.minimum(np.where(rest >= owed, sum_to_be_recovered, share), sum_to_be_recovered)


def worked_out(
    sums: NDArray[np.int64],
    stages: NDArray[np.int64],
    figures: Mapping[str, Any],
    *,
    spared: NDArray[np.bool_] | None = None,
) -> engine.Columns:
    """Return every fee by name, (n,) each, for what is to be recovered and the stage reached."""
    columns = {
        "sum_to_be_recovered": sums,
        "stage": stages,
        "spared": np.zeros(len(sums), np.bool_) if spared is None else spared,
    }
    return SCHEME.run(columns, figures)
