"""The one-way valve: what another service knows may help or hold back, and never press.

A rule that decides what follows for a resident is a plain function. Its argument names are what it
reads, and it has no other way to read anything. Each name on the closed list of inputs belongs to
a service. A rule whose effect is to escalate, and which reads what is not its own service's, does
not load; nor does one that reads it through another rule, calls itself by a gentler name than what
it does, or hides what it reads.

This keeps honest authors honest, and shows a reader what to look at. It is no sandbox: whoever may
change this file may change the valve.
"""

import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from borough.rules import engine, money, parameters
from borough.rules.engine import Columns
from borough.rules.support import hiding


class OneWayValve(engine.UnlawfulScheme):
    """A rule would press somebody as no rule may; found when it is loaded."""


class Service(StrEnum):
    """Whose knowledge it is."""

    REVENUES = "revenues"
    RENTS = "rents"
    BENEFITS = "benefits"
    PARKING = "parking"
    CARE_CHARGES = "care charges"
    SUPPORT = "support"
    """What only the joined view knows, or what was told to get help."""


class Effect(StrEnum):
    """What a rule does to a resident."""

    SUPPORT = "support"
    HOLD = "hold"
    NEUTRAL = "neutral"
    ESCALATE = "escalate"


class Actor(StrEnum):
    """Who has to act before anything happens."""

    NOBODY = "nobody: it holds by itself"
    CASEWORKER = "a support caseworker"
    SPECIALIST = "a specialist in vulnerability"
    ADVISER = "a debt adviser"
    OFFICER = "the officer who proposes the step"
    AUTHORISED_OFFICER = "the officer authorised to write off"


class Action(Enum):
    """Everything that a rule may ask for, with what it does to a resident: a closed list."""

    SHOW_NOTHING_JOINED = ("Show nothing of other services", Effect.HOLD)
    STOP_ACTIONS = ("Stop every action on the debts listed", Effect.HOLD)
    CONTACT_SAFELY = ("Use the safe way of contact alone", Effect.HOLD)
    NAME_NOBODY_ELSE = ("Send no letter that names others", Effect.HOLD)
    HOLD_ENFORCEMENT = ("Hold all enforcement", Effect.HOLD)
    LEAVE_DEBT_OUT = ("Leave the debt out of the plan while it is open", Effect.HOLD)
    HOLD_UNTIL_REVIEW = ("Hold, with a day to look again", Effect.HOLD)
    WITHDRAW_AGENTS = ("Withdraw enforcement agents", Effect.HOLD)
    ADD_NO_COSTS = ("Add no further costs", Effect.HOLD)
    WAIT_FOR_OFFICER = ("Wait until an officer has read the facts listed", Effect.HOLD)
    REFER_TO_SPECIALIST = ("Refer to a specialist", Effect.SUPPORT)
    CHECK_ENTITLEMENTS = ("Check what the household may be entitled to", Effect.SUPPORT)
    ASK_FOR_STATEMENT = ("Ask for a short statement of income and spending", Effect.SUPPORT)
    CONSIDER_REDUCTION = ("Consider reducing the Council Tax itself", Effect.SUPPORT)
    OFFER_CRISIS_FUND = ("Offer the Crisis and Resilience Fund", Effect.SUPPORT)
    OFFER_ADVICE = ("Offer free debt advice", Effect.SUPPORT)
    TEST_WRITE_OFF = ("Test whether collecting it costs more than it brings", Effect.SUPPORT)
    PROPOSE_PLAN = ("Propose one plan for all debts", Effect.SUPPORT)
    ASK_ADVISER = ("Ask an adviser to look at the plan", Effect.SUPPORT)
    PROPOSE_PART_WRITE_OFF = ("Propose writing off a part", Effect.SUPPORT)
    TELL_RESIDENT = ("Tell the resident, who may answer and contest", Effect.SUPPORT)
    CLOSE_SUPPORT = ("Close the offer of support, and record why", Effect.NEUTRAL)
    LEAVE_OUTSIDE = ("Leave the debt to its own procedure", Effect.NEUTRAL)
    REMIND = ("Send the next notice", Effect.ESCALATE)
    ADD_COSTS = ("Add costs", Effect.ESCALATE)
    APPLY_TO_COURT = ("Apply to the court", Effect.ESCALATE)
    ATTACH_INCOME = ("Attach earnings or benefit", Effect.ESCALATE)
    INSTRUCT_AGENTS = ("Instruct enforcement agents", Effect.ESCALATE)

    def __init__(self, words: str, effect: Effect) -> None:
        self.words = words
        self.effect = effect


@dataclass(frozen=True)
class Known:
    """An input on the closed list: what it is, and whose."""

    fact: engine.Fact
    service: Service


@dataclass(frozen=True)
class Decision:
    """A rule and what it may do; made by :func:`decision`."""

    code: str
    service: Service
    effect: Effect
    actor: Actor
    actions: tuple[Action, ...]
    rule: engine.Rule


def decision(
    code: str,
    *,
    service: Service,
    effect: Effect,
    actor: Actor,
    actions: Sequence[Action],
    law: str,
    says: str,
) -> Callable[[engine.F], engine.F]:
    """Mark a function of columns, which says where the rule applies, as a rule that decides.

    Args:
        code: by which it is known, such as "R7".
        service: whose rule it is.
        effect: what it does to a resident at the worst.
        actor: who has to act.
        actions: what it asks for.
        law: the legal basis.
        says: the reason, with `{names}` of what it reads.

    Raises:
        hiding.Hidden: when it can read anything besides its arguments.
        OneWayValve: when it does worse than it says, or presses anybody without a person or as a
            rule of the support view.
        engine.UnlawfulScheme: when law, reason or docstring is missing.
    """

    def mark(function: engine.F) -> engine.F:
        hiding.refuse(function)
        worse = [one.words for one in actions if one.effect is Effect.ESCALATE]
        if worse and effect is not Effect.ESCALATE:
            raise OneWayValve(
                f"The rule “{function.__name__}” says that its effect is {effect}, "
                f"but it does this: {worse[0].lower()}."
            )
        if effect is Effect.ESCALATE and actor is Actor.NOBODY:
            raise OneWayValve(f"The rule “{function.__name__}” would press somebody by itself.")
        if effect is Effect.ESCALATE and service is Service.SUPPORT:
            raise OneWayValve(
                f"The rule “{function.__name__}” would press somebody in the name of support."
            )
        if not says.strip():
            raise engine.UnlawfulScheme(f"The rule “{function.__name__}” gives no reason.")
        marked = engine.rule(law, says, when=function.__name__)(function)
        made: engine.Rule = marked.__rule__  # type: ignore[attr-defined]
        marked.__decision__ = Decision(  # type: ignore[attr-defined]
            code, service, effect, actor, tuple(actions), made
        )
        return marked

    return mark


@dataclass(frozen=True)
class Outcome:
    """What one rule says of one case.

    Attributes:
        says: the reason, as the resident may read it.
        law: the legal basis.
        actor: who has to act.
        read: the inputs behind it, by name.
        unverified: the figures behind it that nobody has confirmed.
    """

    code: str
    effect: Effect
    says: str
    law: str
    actor: Actor
    actions: tuple[Action, ...]
    read: tuple[str, ...]
    unverified: tuple[str, ...]


class Rulebook:
    """Rules in their order, loaded through the valve.

    Args:
        title: what it is called.
        known: the closed list of inputs.
        parameters: the unit of each figure read, by name.
        rules: functions marked by :func:`decision`, or modules of them, in order.
        gate: the name of the rule that silences the others where it applies, but for those that
            hold: doubt gives nobody a view, and takes nobody's protection away.
        not_modelled: what it leaves out, a sentence each.

    Raises:
        OneWayValve: when a rule escalates on another service's knowledge, also through others.
        engine.UnlawfulScheme: as :class:`engine.Scheme`.
    """

    def __init__(
        self,
        title: str,
        *,
        known: Iterable[Known],
        parameters: Mapping[str, money.Unit],
        rules: Iterable[types.ModuleType | Callable[..., Any]],
        gate: str,
        not_modelled: Sequence[str],
    ) -> None:
        known = tuple(known)
        found = [one for source in rules for one in _functions(source)]
        self.decisions = {one.rule.name: one for one in map(_decision, found)}
        self.service_of = {one.fact.name: one.service for one in known}
        self.scheme = engine.Scheme(
            title,
            facts=[one.fact for one in known],
            parameters=parameters,
            rules=found,
            not_modelled=not_modelled,
        )
        self.gate = gate
        if gate not in self.decisions:
            raise engine.UnlawfulScheme(f"{title}: there is no rule “{gate}”.")
        for one in self.decisions.values():
            self._through_the_valve(one)

    def reads(self, name: str) -> tuple[str, ...]:
        """Return every input behind a rule, also through the rules that it reads."""
        read = dict.fromkeys(self.scheme.rules[name].reads)
        for other in [one for one in read if one in self.scheme.rules]:
            read |= dict.fromkeys(self.reads(other))
        return tuple(one for one in read if one in self.service_of)

    def _through_the_valve(self, one: Decision) -> None:
        if one.effect is not Effect.ESCALATE:
            return
        for name in self.reads(one.rule.name):
            if self.service_of[name] is not one.service:
                raise OneWayValve(
                    f"The rule “{one.rule.name}” of {one.service} would press somebody on "
                    f"“{name}”, which only {self.service_of[name]} knows. What another service "
                    "knows may help or hold back, and never press."
                )

    def run(self, columns: Columns, figures: parameters.InForce) -> Columns:
        """Return where each rule applies, a flag column (n,) by the rule's name.

        Raises:
            engine.BadFacts: when an input is out of its range.
            KeyError: when an input is missing altogether.
        """
        ran = self.scheme.run(columns, figures)
        stopped = ran[self.gate]
        return {
            name: ran[name] if self._stands(one) else ran[name] & ~stopped
            for name, one in self.decisions.items()
        }

    def _stands(self, one: Decision) -> bool:
        return one.rule.name == self.gate or one.effect is Effect.HOLD

    def outcomes(self, columns: Columns, figures: parameters.InForce) -> list[list[Outcome]]:
        """Return what the rules say of each row, in the order of the rules.

        Raises:
            engine.BadFacts, KeyError: as :meth:`run`.
        """
        applies = self.run(columns, figures)
        told: list[list[Outcome]] = [[] for _ in applies[self.gate]]
        lines = {(one.row, one.name): one for one in self.scheme.explain(columns, figures)}
        for name, one in self.decisions.items():
            for row in applies[name].nonzero()[0].tolist():
                line = lines[row, name]
                told[row].append(
                    Outcome(
                        one.code,
                        one.effect,
                        line.says,
                        line.law,
                        one.actor,
                        one.actions,
                        self.reads(name),
                        line.unverified,
                    )
                )
        return told


def _functions(source: types.ModuleType | Callable[..., Any]) -> list[Callable[..., Any]]:
    if not isinstance(source, types.ModuleType):
        return [source]
    return [
        member
        for member in vars(source).values()
        if hasattr(member, "__rule__") and member.__module__ == source.__name__
    ]


def _decision(function: Callable[..., Any]) -> Decision:
    made: Decision | None = getattr(function, "__decision__", None)
    if made is None:
        raise engine.UnlawfulScheme(f"“{function.__name__}” is not marked as a decision.")
    return made
