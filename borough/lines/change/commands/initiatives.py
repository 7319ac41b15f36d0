"""Beginning initiatives, naming the two who own each, and moving them on."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.officers import queries as officers
from borough.kernel.officers.models import Officer
from borough.lines.change import capabilities, limits, locking, models
from borough.lines.change.models import Stage
from borough.lines.change.queries import initiatives as queries

NEXT = {
    Stage.SHAPING: (Stage.AGREED, Stage.STOPPED),
    Stage.AGREED: (Stage.UNDER_WAY, Stage.STOPPED),
    Stage.UNDER_WAY: (Stage.DONE, Stage.STOPPED),
}
"""Where an initiative can go from a stage; what is done or stopped stays so."""


class SameOfficer(commanding.Refusal):
    """One officer would own it for both."""


class MayNotOwn(commanding.Refusal):
    """The officer's roles do not let them own an initiative."""


class TooSoon(commanding.Refusal):
    """The day is over, or the pair before has only begun."""


class NotNext(commanding.Refusal):
    """It cannot go there from where it is."""


class Full(commanding.Refusal):
    """As many are at that stage as may be."""


class NotAgreed(commanding.Refusal):
    """No business case was decided for doing something."""


class MilestonesOpen(commanding.Refusal):
    """What was to be reached is not."""


@commanding.command(capabilities.LEAD_INITIATIVE)
def begin(
    *,
    title: str,
    purpose: str,
    beyond_contract: bool,
    for_council: Officer,
    for_partner: Officer,
    by: commanding.Actor,
    on: date,
) -> models.Initiative:
    """Begin to shape an initiative, with an owner for each partner.

    Raises:
        SameOfficer: one officer would own it for both.
        MayNotOwn: an owner's roles do not let them.
        Full: as many are being shaped as may be.
    """
    locking.one_at_a_time()
    _check_owners(for_council, for_partner, on)
    _refuse_too_many(Stage.SHAPING, on)
    made = models.Initiative.objects.create(
        title=title,
        purpose=purpose,
        beyond_contract=beyond_contract,
        by=by.reference,
        on=on,
    )
    models.OwnerPair.objects.create(
        initiative=made, for_council=for_council, for_partner=for_partner, starts=on
    )
    made.moves.create(stage=Stage.SHAPING, by=by.reference, on=on)
    facts.record(
        "change.initiative_begun",
        thing=made.thing,
        by=by,
        on=on,
        initiative=made.pk,
        for_council=for_council.reference,
        for_partner=for_partner.reference,
    )
    return made


@commanding.command(capabilities.LEAD_INITIATIVE)
def name_owners(
    *,
    initiative: models.Initiative,
    for_council: Officer,
    for_partner: Officer,
    starts: date,
    by: commanding.Actor,
    on: date,
) -> models.OwnerPair:
    """Give an initiative to two other officers from a day; who owned it before stays on record.

    Raises:
        SameOfficer: one officer would own it for both.
        MayNotOwn: an owner's roles do not let them.
        TooSoon: the day is over, or the pair before began on it or later.
    """
    locking.one_at_a_time()
    _check_owners(for_council, for_partner, on)
    before = initiative.owners.get(ends=None)
    if starts < on or starts <= before.starts:
        raise TooSoon(
            "The day must be today or later, and after the day on which the owners before began."
        )
    before.ends = starts
    before.save(update_fields=["ends"])
    made = models.OwnerPair.objects.create(
        initiative=initiative, for_council=for_council, for_partner=for_partner, starts=starts
    )
    facts.record(
        "change.owners_named",
        thing=initiative.thing,
        by=by,
        on=on,
        initiative=initiative.pk,
        for_council=for_council.reference,
        for_partner=for_partner.reference,
        starts=starts,
    )
    return made


@commanding.command(capabilities.LEAD_INITIATIVE)
def move(
    *, initiative: models.Initiative, to: Stage, by: commanding.Actor, on: date
) -> models.Move:
    """Move an initiative on, or stop it.

    Raises:
        NotNext: it cannot go there from where it is.
        Full: as many are there as may be.
        NotAgreed: no business case of it was decided for more than doing nothing.
        MilestonesOpen: it is not done while a milestone is not met.
    """
    locking.one_at_a_time()
    now = queries.stage_of(initiative)
    if to not in NEXT.get(now, ()):
        raise NotNext(f"It is {now.label.lower()} now, and cannot go there from it.")
    if to == Stage.DONE and initiative.milestones.filter(met=None).exists():
        raise MilestonesOpen("Say of each milestone that it was met before you say it is done.")
    if to == Stage.AGREED and not queries.is_agreed(initiative):
        raise NotAgreed("Its business case must be decided first, for more than doing nothing.")
    _refuse_too_many(to, on)
    made = initiative.moves.create(stage=to, by=by.reference, on=on)
    facts.record(
        "change.initiative_moved",
        thing=initiative.thing,
        by=by,
        on=on,
        initiative=initiative.pk,
        stage=to.label,
    )
    return made


def _check_owners(for_council: Officer, for_partner: Officer, on: date) -> None:
    if for_council.pk == for_partner.pk:
        raise SameOfficer("Choose two officers: one for each partner.")
    may = {one.pk for one in officers.who_may(capabilities.OWN_INITIATIVE, on=on)}
    for one in (for_council, for_partner):
        if one.pk not in may:
            raise MayNotOwn(f"The roles of {one.name} do not let them own an initiative.")


def _refuse_too_many(to: Stage, on: date) -> None:
    kind = limits.AT_ONCE.get(to)
    if kind is None:
        return
    most, there = limits.most(kind, on), queries.count_at(to)
    if there >= most:
        raise Full(
            f"{to.label}: {there} of at most {most} already. Finish or stop one of them first."
        )
