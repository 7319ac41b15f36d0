"""What follows for a resident who struggles: fourteen rules in a fixed order, R0 to R13.

::

    decide(case, figures(on))        # -> what follows, each with reason, basis and who must act

Every rule lets help come in or holds an action back; none presses anybody (`valve`). A case is of
one resident; what is not known is None, and never nought.
"""

import datetime
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from borough.rules import engine, parameters
from borough.rules.engine import Fact
from borough.rules.money import Count, Flag, Pence, Unit
from borough.rules.support.valve import (
    Action,
    Actor,
    Effect,
    Known,
    Outcome,
    Rulebook,
    Service,
    decision,
)

NOT_KNOWN = -(2**62)
POLICY = "The council's policy for residents who struggle"


@decision(
    "R0",
    service=Service.SUPPORT,
    effect=Effect.HOLD,
    actor=Actor.CASEWORKER,
    actions=[Action.SHOW_NOTHING_JOINED],
    law="UK GDPR Art.5(1)(d) and (f)",
    says="It is not certain that these records are of one person, so nothing joined is shown",
)
def identity_in_doubt(identity_certain: Flag) -> Flag:
    """Return where the records are not joined by a shared identifier or a person, (n,)."""
    return ~identity_certain


@decision(
    "R1",
    service=Service.SUPPORT,
    effect=Effect.HOLD,
    actor=Actor.NOBODY,
    actions=[Action.STOP_ACTIONS],
    law="SI 2020/1311 reg.7",
    says="Debts in a breathing space: {moratorium_debts}. Nothing is done on them",
)
def in_breathing_space(moratorium_debts: Count) -> Flag:
    """Return where a moratorium covers a debt, (n,)."""
    return moratorium_debts > 0


@decision(
    "R2",
    service=Service.SUPPORT,
    effect=Effect.HOLD,
    actor=Actor.CASEWORKER,
    actions=[Action.CONTACT_SAFELY, Action.NAME_NOBODY_ELSE],
    law="UK GDPR Art.5(1)(f)",
    says="Contact may be dangerous: only the safe way is used, and no letter names others",
)
def in_danger(danger_marker: Flag) -> Flag:
    """Return where there is a marker of danger or of economic abuse, (n,)."""
    return danger_marker


@decision(
    "R3",
    service=Service.SUPPORT,
    effect=Effect.HOLD,
    actor=Actor.SPECIALIST,
    actions=[Action.HOLD_ENFORCEMENT, Action.REFER_TO_SPECIALIST],
    law="Taking Control of Goods: National Standards (Ministry of Justice, 2014) para.70",
    says="All enforcement is held for {specialist_hold_days} days while a specialist looks",
)
def needs_specialist(
    agent_says_vulnerable: Flag, capacity_concern: Flag, specialist_hold_days: int
) -> Flag:
    """Return where agents found somebody vulnerable, or capacity is in question, (n,)."""
    return (agent_says_vulnerable | capacity_concern) & (specialist_hold_days > 0)


@decision(
    "R4",
    service=Service.SUPPORT,
    effect=Effect.SUPPORT,
    actor=Actor.CASEWORKER,
    actions=[Action.CHECK_ENTITLEMENTS],
    law="Local Government Finance Act 1992 ss.11, 13 and 13A, and each scheme's own law",
    says="Kinds of help still to be checked before any plan: {entitlements_unchecked}",
)
def entitlements_first(entitlements_unchecked: Count) -> Flag:
    """Return where help that may be due has not been checked, (n,)."""
    return entitlements_unchecked > 0


@decision(
    "R5",
    service=Service.SUPPORT,
    effect=Effect.HOLD,
    actor=Actor.CASEWORKER,
    actions=[Action.LEAVE_DEBT_OUT],
    law=f"Local Government Finance Act 1992 s.16 for Council Tax; {POLICY}",
    says="Debts disputed or under appeal: {disputed_debts}. They stay out of any plan",
)
def in_dispute(disputed_debts: Count) -> Flag:
    """Return where a debt is disputed, (n,)."""
    return disputed_debts > 0


@decision(
    "R6",
    service=Service.SUPPORT,
    effect=Effect.SUPPORT,
    actor=Actor.CASEWORKER,
    actions=[Action.ASK_FOR_STATEMENT],
    law=POLICY,
    says=(
        "What the household can spare is not known, or older than {statement_lasts_days} days: "
        "the short form comes first"
    ),
)
def statement_needed(
    surplus_pence: Pence, statement_age_days: Count, statement_lasts_days: int
) -> Flag:
    """Return where there is no complete statement young enough, (n,)."""
    unknown = (surplus_pence == NOT_KNOWN) | (statement_age_days == NOT_KNOWN)
    needed: Flag = unknown | (statement_age_days > statement_lasts_days)
    return needed


@decision(
    "R7",
    service=Service.SUPPORT,
    effect=Effect.SUPPORT,
    actor=Actor.CASEWORKER,
    actions=[
        Action.CONSIDER_REDUCTION,
        Action.OFFER_CRISIS_FUND,
        Action.OFFER_ADVICE,
        Action.HOLD_UNTIL_REVIEW,
        Action.TEST_WRITE_OFF,
    ],
    law="Local Government Finance Act 1992 s.13A(1)(c); Crisis and Resilience Fund guidance",
    says="No money is left after what the household needs, so no plan is asked for",
)
def nothing_to_spare(surplus_pence: Pence, statement_needed: Flag) -> Flag:
    """Return where the surplus is known to be nought or less, (n,)."""
    return (surplus_pence <= 0) & ~statement_needed


@decision(
    "R8",
    service=Service.SUPPORT,
    effect=Effect.SUPPORT,
    actor=Actor.CASEWORKER,
    actions=[Action.PROPOSE_PLAN],
    law=POLICY,
    says="{surplus_pence} a month can be shared among all debts in one plan",
)
def can_plan(surplus_pence: Pence, statement_needed: Flag, entitlements_first: Flag) -> Flag:
    """Return where something can be spared and the help that may be due was checked, (n,)."""
    return (surplus_pence > 0) & ~statement_needed & ~entitlements_first


@decision(
    "R9",
    service=Service.SUPPORT,
    effect=Effect.SUPPORT,
    actor=Actor.ADVISER,
    actions=[Action.ASK_ADVISER],
    law=POLICY,
    says="The plan would take {months_to_clear} months, more than {plan_adviser_months}",
)
def long_plan(
    can_plan: Flag, months_to_clear: Count, plan_adviser_months: int, plan_write_off_months: int
) -> Flag:
    """Return where an adviser should look at a plan, (n,)."""
    long = (months_to_clear > plan_adviser_months) & (months_to_clear <= plan_write_off_months)
    return can_plan & long


@decision(
    "R9",
    service=Service.SUPPORT,
    effect=Effect.SUPPORT,
    actor=Actor.AUTHORISED_OFFICER,
    actions=[Action.ASK_ADVISER, Action.PROPOSE_PART_WRITE_OFF],
    law="The council's financial procedure rules",
    says="The plan would take {months_to_clear} months, more than {plan_write_off_months}",
)
def endless_plan(can_plan: Flag, months_to_clear: Count, plan_write_off_months: int) -> Flag:
    """Return where a plan takes so long that a part had better be written off, (n,)."""
    return can_plan & (months_to_clear > plan_write_off_months)


@decision(
    "R10",
    service=Service.SUPPORT,
    effect=Effect.HOLD,
    actor=Actor.NOBODY,
    actions=[Action.WITHDRAW_AGENTS, Action.ADD_NO_COSTS],
    law=POLICY,
    says="Months for which the plan was kept: {plan_kept_months}. No agents and no further costs",
)
def plan_sustained(plan_kept_months: Count, sustained_after_months: int) -> Flag:
    """Return where a plan has been kept long enough, (n,)."""
    return plan_kept_months >= sustained_after_months


@decision(
    "R11",
    service=Service.SUPPORT,
    effect=Effect.NEUTRAL,
    actor=Actor.CASEWORKER,
    actions=[Action.CLOSE_SUPPORT],
    law="Each service's own law",
    says=(
        "Contact was refused after {contact_attempts} varied attempts and nothing points to "
        "need: each service goes on as if there had been no offer"
    ),
)
def contact_refused_for_good(
    contact_refused: Flag,
    contact_attempts: Count,
    contact_attempts_least: int,
    support_points: Count,
    in_danger: Flag,
    needs_specialist: Flag,
) -> Flag:
    """Return where the offer ends, (n,).

    It presses nobody: what the services then do rests on what each of them knew before, and what
    others know can only keep the offer open.
    """
    tried = contact_refused & (contact_attempts >= contact_attempts_least)
    over: Flag = tried & (support_points == 0) & ~in_danger & ~needs_specialist
    return over


@decision(
    "R12",
    service=Service.SUPPORT,
    effect=Effect.NEUTRAL,
    actor=Actor.CASEWORKER,
    actions=[Action.LEAVE_OUTSIDE],
    law=f"{POLICY}, as SI 2020/1311 reg.5(4)(c) and (d) leave both out of a breathing space",
    says="Debts for fraud, or fines of a court: {outside_debts}. They keep their own procedure",
)
def outside(outside_debts: Count) -> Flag:
    """Return where a debt has a procedure of its own, (n,).

    No law orders it for a plan: it is the council's choice, after the two kinds of debt that are no
    part of a breathing space, what was incurred by fraud (c) and a fine that a court imposed for an
    offence (d). A parking penalty is owed to the council and is neither.
    """
    return outside_debts > 0


@decision(
    "R13",
    service=Service.SUPPORT,
    effect=Effect.HOLD,
    actor=Actor.OFFICER,
    actions=[Action.WAIT_FOR_OFFICER, Action.TELL_RESIDENT],
    law="UK GDPR Arts.22A to 22D, from 5 February 2026; Art.22 before",
    says="The step proposed waits until an officer has read the facts and tells the resident",
)
def unconfirmed_step(adverse_step: Flag, step_confirmed: Flag) -> Flag:
    """Return where a step against somebody is proposed and not confirmed by a person, (n,)."""
    return adverse_step & ~step_confirmed


def _known(name: str, service: Service, unit: Unit, asks: str, **more: Any) -> Known:
    return Known(Fact(name, unit, asks, **more), service)


def _count(name: str, service: Service, asks: str, **more: Any) -> Known:
    return _known(name, service, Unit.COUNT, asks, low=0, **more)


def _flag(name: str, service: Service, asks: str) -> Known:
    return _known(name, service, Unit.FLAG, asks)


KNOWN = (
    _flag("identity_certain", Service.SUPPORT, "Are the records joined by more than a score?"),
    _count("moratorium_debts", Service.SUPPORT, "How many debts are in a breathing space?"),
    _flag("danger_marker", Service.SUPPORT, "Is there a marker of danger or economic abuse?"),
    _flag("agent_says_vulnerable", Service.REVENUES, "Did agents find somebody vulnerable?"),
    _flag("capacity_concern", Service.SUPPORT, "Is mental capacity in question?"),
    _count("entitlements_unchecked", Service.BENEFITS, "How many kinds of help are unchecked?"),
    _count("disputed_debts", Service.SUPPORT, "How many debts are disputed?"),
    _known(
        "surplus_pence",
        Service.SUPPORT,
        Unit.PENCE,
        "What can the household spare in a month?",
        missing=NOT_KNOWN,
    ),
    _count("statement_age_days", Service.SUPPORT, "How old is the statement?", missing=NOT_KNOWN),
    _count("months_to_clear", Service.SUPPORT, "How long would it take?", missing=NOT_KNOWN),
    _count("plan_kept_months", Service.SUPPORT, "For how many months has a plan been kept?"),
    _flag("contact_refused", Service.SUPPORT, "Was contact refused?"),
    _count("contact_attempts", Service.SUPPORT, "How many varied attempts were made?"),
    _count("support_points", Service.SUPPORT, "How many points do early worries come to?"),
    _count("outside_debts", Service.SUPPORT, "How many debts are for fraud, or fines of a court?"),
    _flag("adverse_step", Service.REVENUES, "Is a step against the resident proposed?"),
    _flag("step_confirmed", Service.REVENUES, "Did an officer confirm reading the facts?"),
)
"""Everything that a rule may read, and whose it is. What is joined belongs to support."""

FIGURES = (
    "specialist_hold_days",
    "statement_lasts_days",
    "sustained_after_months",
    "contact_attempts_least",
    "plan_adviser_months",
    "plan_write_off_months",
)
NOT_MODELLED = (
    "Which debts a moratorium covers: the breathing space room says so, debt by debt.",
    "Whether debts are within their time limits.",
    "Who may see the outcome: that is decided by purpose where the view opens.",
)
RULES = Rulebook(
    "What follows for a resident",
    known=KNOWN,
    parameters=dict.fromkeys(FIGURES, Unit.COUNT),
    rules=[sys.modules[__name__]],
    gate="identity_in_doubt",
    not_modelled=NOT_MODELLED,
)


def figures(
    on: datetime.date, overlay: Mapping[str, parameters.Parameter] | None = None
) -> parameters.InForce:
    """Return the figures of the rules in force on the day."""
    sheet = parameters.load_file("support/deciding.yaml") | parameters.load_file(
        "support/plan.yaml"
    )
    return parameters.InForce(parameters.overlaid(sheet, overlay or {}), on)


def decide(case: Mapping[str, Any], figures: parameters.InForce) -> list[Outcome]:
    """Return what follows for one resident, in the order of the rules.

    Args:
        case: a value for every input of `KNOWN`; None where something is not known. What is
            joined is of records that a shared identifier or a person has joined, and of no others.
        figures: as :func:`figures` gives them.

    Raises:
        ValueError: when an input is absent, out of its range, of another kind, not on the list,
            or None where the rules need to know.
    """
    strangers = sorted({*case} - {*RULES.scheme.facts})
    if strangers:
        raise ValueError(f"No rule may read {', '.join(strangers)}.")
    columns = {name: _column(fact, case) for name, fact in RULES.scheme.facts.items()}
    return RULES.outcomes(columns, figures)[0]


def _column(fact: engine.Fact, case: Mapping[str, Any]) -> Any:
    """Return one input as a column of one row."""
    value = case.get(fact.name)
    if value is None and fact.name in case and fact.missing is not None:
        value = fact.missing
    kind = bool if fact.unit is Unit.FLAG else int
    if value is None or type(value) is not kind:
        raise ValueError(f"{fact.name} is not given as {kind.__name__}. {fact.asks}")
    return np.array([value], np.bool_ if kind is bool else np.int64)
