"""What follows for a resident on a day: the rules R0 to R13, asked from what is recorded.

Under a purpose that does not show what was joined, nothing of it is read: a rule that rests on it
is not asked, and only what the services keep themselves is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from borough.kernel import dated, joining, offers, records
from borough.kernel.facts import queries as facts
from borough.kernel.holds import kinds
from borough.kernel.people import apart
from borough.resident import queries as pictures
from borough.resident.deciding import fact_kinds, stays
from borough.resident.identity.models import Link
from borough.resident.plans import models as plans
from borough.resident.plans.queries import debts, keeping, proposals
from borough.resident.plans.queries import plans as agreed
from borough.resident.signals import models as signals
from borough.resident.signals import queries as worries
from borough.rules import arrangements
from borough.rules.support import deciding
from borough.rules.support.valve import Action, Outcome

MOST = 50
DISPUTE = "dispute"
NEEDS_CARE = frozenset(
    {"vulnerable", "mental_health_crisis"}
)  # an officer, or a professional, saw it
VULNERABLE = "S11"
CERTAIN = frozenset({Link.Method.CERTAIN.value, Link.Method.DECIDED.value})
DECLINED = signals.SupportCase.Outcome.DECLINED
NOT_REACHED = signals.CaseContact.Outcome.NOT_REACHED
# What every purpose may know: what the services keep, what is left alone, that somebody helps.
OPEN_TO_ALL = frozenset(
    {
        "identity_certain",
        "moratorium_debts",
        "danger_marker",
        "entitlements_unchecked",
        "disputed_debts",
        "adverse_step",
        "step_confirmed",
    }
)
# Where nothing of it is read. No rule that rests on one of these is told.
UNREAD: Mapping[str, Any] = {
    "agent_says_vulnerable": False,
    "capacity_concern": False,
    "surplus_pence": None,
    "statement_age_days": None,
    "months_to_clear": None,
    "plan_kept_months": 0,
    "contact_refused": False,
    "contact_attempts": 0,
    "support_points": 0,
    "outside_debts": 0,
}
NOT_SEEN = ("Which debts come from fraud (R12): no service says so. The officer leaves them out.",)
# What somebody has to do; everything else holds by itself, or is a way of doing it.
TO_DO = frozenset(
    {
        Action.SHOW_NOTHING_JOINED,
        Action.REFER_TO_SPECIALIST,
        Action.CHECK_ENTITLEMENTS,
        Action.ASK_FOR_STATEMENT,
        Action.CONSIDER_REDUCTION,
        Action.PROPOSE_PLAN,
        Action.ASK_ADVISER,
        Action.CLOSE_SUPPORT,
        Action.WAIT_FOR_OFFICER,
    }
)


@dataclass(frozen=True, slots=True)
class Helped:
    """What opens for help alone: worries, contacts, what can be spared and what was agreed."""

    worries: worries.Worries
    refused: bool
    ways_tried: int
    proposal: proposals.Proposal
    plan: plans.Plan | None
    keeping: keeping.Keeping | None


@dataclass(frozen=True, slots=True)
class ToDo:
    """What to do next: the rule that asks for it, and which of its actions."""

    outcome: Outcome
    action: Action


@dataclass(frozen=True, slots=True)
class Following:
    """What the rules say of somebody on a day.

    Attributes:
        outcomes: in the order of the rules.
        read: what they read, by name; only what the purpose opens.
        next: the one thing to do next; None where nothing is.
        helped: what opens for help; None where the purpose does not open it.
        case: the open support case, of which every purpose may know that there is one.
        unasked: the help that may be due and was not asked about lately.
    """

    outcomes: tuple[Outcome, ...]
    read: Mapping[str, Any]
    next: ToDo | None
    helped: Helped | None
    case: signals.SupportCase | None
    unasked: tuple[offers.Offer, ...]


def following(picture: pictures.Picture, *, purpose: joining.Purpose, on: date) -> Following:
    """Return what follows for the resident of a picture, as far as the purpose opens them."""
    case = worries.case_of(picture.id)
    help_of = _helped(picture, purpose, on)
    unasked = _unasked(picture, purpose, on)
    read = dict(UNREAD) | _of_services(picture, unasked, is_helped=case is not None, on=on)
    told = OPEN_TO_ALL
    if help_of is not None:
        read |= _of_help(picture, help_of, on)
        told = frozenset(read)
    outcomes = tuple(
        one for one in deciding.decide(read, deciding.figures(on)) if told.issuperset(one.read)
    )
    return Following(
        outcomes=outcomes,
        read={name: value for name, value in read.items() if name in told},
        next=_first(outcomes, picture, help_of),
        helped=help_of,
        case=case,
        unasked=unasked,
    )


def threatened(picture: pictures.Picture) -> dict[str, str]:
    """Return the debts with a step to come that would harm: what they are called, by thing."""
    return {
        records.thing_of(held.kind, held.reference): f"{held.title} {held.reference}"
        for held in picture.held
        if any(part.how and part.how.threat for part in held.parts)
    }


def _helped(picture: pictures.Picture, purpose: joining.Purpose, on: date) -> Helped | None:
    """Return what opens for help; None where the purpose does not open it."""
    found = worries.for_person(picture.id, purpose=purpose, on=on)
    if found is None or picture.is_organisation:
        return None
    refused, ways_tried = _contact(picture.id)
    plan = agreed.running(picture.id, on)
    return Helped(
        worries=found,
        refused=refused,
        ways_tried=ways_tried,
        proposal=proposals.propose(
            picture.id,
            purpose=purpose,
            known=debts.Known(picture.owed, picture.stands, picture.elsewhere),
            on=on,
        ),
        plan=plan,
        keeping=keeping.of_plan(plan, on) if plan else None,
    )


def _contact(person_id: int) -> tuple[bool, int]:
    """Return whether the newest case met a refusal or nobody at all, and in how many ways."""
    newest = signals.SupportCase.objects.filter(person=person_id).order_by("-opened_on", "-pk")
    case = newest.first()
    if case is None:
        return False, 0
    tried = list(case.contacts.values_list("how", "outcome"))
    nobody = bool(tried) and {outcome for _, outcome in tried} == {NOT_REACHED}
    return nobody or case.outcome == DECLINED, len({how for how, _ in tried})


def _unasked(
    picture: pictures.Picture, purpose: joining.Purpose, on: date
) -> tuple[offers.Offer, ...]:
    """Return the help that was not asked about within the life of a statement."""
    if not purpose.shows_joined or not picture.offers:
        return picture.offers
    lasts = int(deciding.figures(on)["statement_lasts_days"])
    entries = facts.timeline_of_people([picture.id], limit=MOST, only=[fact_kinds.HELP_ASKED])
    asked = {one.detail["scheme"] for one in entries if one.on > on - timedelta(lasts)}
    return tuple(one for one in picture.offers if one.scheme not in asked)


def _of_services(
    picture: pictures.Picture,
    unasked: tuple[offers.Offer, ...],
    *,
    is_helped: bool,
    on: date,
) -> dict[str, Any]:
    """Return what the services keep themselves, what is left alone, and who waits for whom."""
    holds = [one for one in picture.left_alone if one.starts <= on]
    steps = set(threatened(picture)) if is_helped else set()
    return {
        "identity_certain": True,  # what no person and no identifier joined is in no picture
        "moratorium_debts": len({one.what for one in holds if one.kind in kinds.MORATORIA}),
        "danger_marker": any(one.kind in apart.KINDS for one in picture.needs),
        "entitlements_unchecked": len(unasked),
        "disputed_debts": len({one.what for one in holds if one.kind == DISPUTE}),
        "adverse_step": bool(steps),
        "step_confirmed": steps <= stays.confirmed(steps, on),
    }


def _of_help(picture: pictures.Picture, known: Helped, on: date) -> dict[str, Any]:
    """Return what only the joined view knows, or what was told to get help."""
    budget, plan = known.proposal.budget, known.proposal.plan
    held = {one.kind for one in picture.left_alone if one.starts <= on}
    return {
        "identity_certain": _is_certain(picture.id, on),
        "agent_says_vulnerable": any(one.code == VULNERABLE for one in known.worries.reasons),
        "capacity_concern": not held.isdisjoint(NEEDS_CARE),
        "surplus_pence": budget.surplus_pence if budget else None,
        "statement_age_days": budget.sum.age_days if budget else None,
        "months_to_clear": plan.months_to_clear if plan else None,
        "plan_kept_months": _months_kept(known),
        "contact_refused": known.refused,
        "contact_attempts": known.ways_tried,
        "support_points": known.worries.points,
    }


def _is_certain(person_id: int, on: date) -> bool:
    """Tell whether every record joined to somebody is so by an identifier or by a person."""
    rows = Link.objects.filter(dated.holds_on(on), person=person_id)
    return set(rows.values_list("method", flat=True)) <= CERTAIN


def _months_kept(known: Helped) -> int:
    """Return for how many months the plan was kept: those that fell due, while none is missing."""
    how = known.keeping
    if known.plan is None or how is None or how.state > arrangements.State.KEPT:
        return 0
    return how.asked_pence // known.plan.monthly_pence


def _first(
    outcomes: tuple[Outcome, ...], picture: pictures.Picture, known: Helped | None
) -> ToDo | None:
    """Return the first thing that somebody has to do and that is not done."""
    done = set()
    if known and known.plan:
        done |= {Action.PROPOSE_PLAN, Action.ASK_ADVISER}
    if known and not any(not one.held_because for one in known.proposal.debts.values()):
        done |= {Action.ASK_FOR_STATEMENT, Action.PROPOSE_PLAN}  # nothing can be asked for
    if any(not one.thing for one in picture.left_alone):
        done |= {Action.REFER_TO_SPECIALIST}
    return next(
        (ToDo(one, action) for one in outcomes for action in one.actions if action in TO_DO - done),
        None,
    )
