"""Disabled band reductions and discretionary relief."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel.pages import fields
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.commands import reductions
from borough.lines.revenues.pages import changing, households, subjects

KINDS = models.Reduction.Kind


class DisabledReduction(changing.ChangeForm):
    starts = fields.DayField(
        what="the day from which the home qualifies",
        label="From which day does the home qualify?",
        help_text=households.FIRST_DAY,
    )
    ends = fields.DayField(
        what="the day from which it no longer qualifies",
        label="From which day does it no longer qualify?",
        help_text=households.CAN_STILL_COME,
        required=False,
    )


class Relief(changing.ChangeForm):
    year_pence = fields.MoneyField(
        what="the relief for a whole year",
        label="How much relief for a whole year?",
        help_text="It is taken by the day, and never more than the charge.",
        least_pence=1,
    )
    starts = fields.DayField(
        what="the first day of the relief",
        label="From which day?",
        help_text=households.FIRST_DAY,
    )
    ends = fields.DayField(
        what="the day from which there is no relief",
        label="From which day is it over?",
        help_text=households.CAN_STILL_COME,
        required=False,
    )


@personal(capabilities.CHANGE_REDUCTION, subject=subjects.of_account)
def disabled_reduction(visit: Visit, reference: str) -> HttpResponse:
    """Charge the home as one band lower."""
    account = subjects.account(reference)
    change = changing.Change(
        title="Apply a disabled band reduction",
        says="The home is charged as if it were one band lower. A home in band A is charged five "
        "ninths of band D.",
        act=lambda starts, ends: reductions.apply_disabled_reduction(
            account=account, starts=starts, ends=ends, by=visit.actor, on=visit.today
        ),
        done="Disabled band reduction applied",
        back=reverse("revenues:account", args=[reference]),
        accounts=[reference],
        places={reductions.AlreadyReduced: "starts", refusals.NotADay: "starts"},
        law="Council Tax (Reductions for Disabilities) Regulations 1992, SI 1992/554",
    )
    form = DisabledReduction(changing.asked(visit), today=visit.today)
    return changing.make(visit, form, change)


def _of_reduction(number: int) -> Subject:
    return subjects.of_account(_disabled(number).account.reference)


@personal(capabilities.CHANGE_REDUCTION, subject=_of_reduction)
def disabled_reduction_end(visit: Visit, number: int) -> HttpResponse:
    """End a disabled band reduction."""
    one = _disabled(number)
    change = changing.Change(
        title="End the disabled band reduction",
        says="From that day the home is charged in its own band again.",
        act=lambda ends: reductions.end_disabled_reduction(
            reduction=one, ends=ends, by=visit.actor, on=visit.today
        ),
        done="Disabled band reduction ended",
        back=reverse("revenues:account", args=[one.account.reference]),
        accounts=[one.account.reference],
        places={refusals.NotADay: "ends"},
    )
    return changing.make(visit, households.ending(one, visit), change)


def _of_award(number: int) -> Subject:
    return subjects.of_account(_award(number, KINDS.SCHEME).account.reference)


@personal(capabilities.CHANGE_REDUCTION, subject=_of_award)
def award_end(visit: Visit, number: int) -> HttpResponse:
    """End Council Tax Reduction."""
    return _end(visit, _award(number, KINDS.SCHEME), reductions.end_award)


def _of_relief(number: int) -> Subject:
    return subjects.of_account(_award(number, KINDS.RELIEF).account.reference)


@personal(capabilities.GRANT_RELIEF, subject=_of_relief)
def relief_end(visit: Visit, number: int) -> HttpResponse:
    """End a discretionary relief."""
    return _end(visit, _award(number, KINDS.RELIEF), reductions.end_relief)


def _end(visit: Visit, one: models.Reduction, end: Callable[..., int]) -> HttpResponse:
    change = changing.Change(
        title=f"End: {one.get_kind_display()}",
        says="From that day the charge is without it. A new claim must be made if it is to go on.",
        act=lambda ends: end(reduction=one, ends=ends, by=visit.actor, on=visit.today),
        done="Award ended",
        back=reverse("revenues:account", args=[one.account.reference]),
        accounts=[one.account.reference],
        places={refusals.NotADay: "ends"},
    )
    return changing.make(visit, households.ending(one, visit), change)


@personal(capabilities.GRANT_RELIEF, subject=subjects.of_account)
def relief(visit: Visit, reference: str) -> HttpResponse:
    """Grant discretionary relief."""
    account = subjects.account(reference)
    change = changing.Change(
        title="Grant discretionary relief",
        says="The charge is reduced under section 13A(1)(c) of the Local Government Finance Act "
        "1992, by decision on this case.",
        act=lambda year_pence, starts, ends: reductions.grant_relief(
            account=account,
            year_pence=year_pence,
            starts=starts,
            ends=ends,
            by=visit.actor,
            on=visit.today,
        ),
        done="Relief granted",
        back=reverse("revenues:account", args=[reference]),
        accounts=[reference],
        places={
            reductions.NotAnAmount: "year_pence",
            reductions.AlreadyReduced: "starts",
            refusals.NotADay: "starts",
        },
        law=f"Reserved to the council: {capabilities.GRANT_RELIEF.reserved_to_council}",
    )
    return changing.make(visit, Relief(changing.asked(visit), today=visit.today), change)


def _disabled(number: int) -> models.DisabledReduction:
    rows = models.DisabledReduction.objects.select_related("account__dwelling")
    return get_object_or_404(rows, pk=number)


def _award(number: int, kind: int) -> models.Reduction:
    rows = models.Reduction.objects.select_related("account__dwelling")
    return get_object_or_404(rows, pk=number, kind=kind)
