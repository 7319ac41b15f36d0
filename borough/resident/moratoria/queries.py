"""What is known of moratoria: one with its debts and its clock, those that run, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from borough.kernel.holds import moratoria as asking
from borough.resident.moratoria import clock, models
from borough.resident.sources import models as told
from borough.resident.sources import queries as sources


@dataclass(frozen=True, slots=True)
class Running:
    """A notice, its clock, and how many debts of how much it holds."""

    notice: models.Notice
    clock: clock.Clock
    inside: int
    pence: int


def clock_of(notice: models.Notice, *, on: date) -> clock.Clock:
    """Return the clock of a notice on a day."""
    ending = models.Ending.objects.filter(notice=notice).first()
    return clock.of(notice, list(notice.events.order_by("pk")), ending, on=on)


def without_end() -> list[models.Notice]:
    """Return the notices whose end is not recorded, the oldest first."""
    return list(models.Notice.objects.filter(ending=None).order_by("starts", "pk"))


def running(on: date) -> list[Running]:
    """Return the notices whose end is not recorded, those that end soonest first."""
    rows = models.Notice.objects.filter(ending=None).prefetch_related("debts", "events")
    found = [
        Running(
            one,
            clock.of(one, sorted(one.events.all(), key=lambda event: event.pk), None, on=on),
            sum(debt.is_inside for debt in one.debts.all()),
            sum(debt.pence for debt in one.debts.all() if debt.is_inside),
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: (one.clock.ends or date.max, one.notice.pk))


def of_person(person_id: int) -> list[models.Notice]:
    """Return every notice of somebody, newest first."""
    return list(models.Notice.objects.filter(person=person_id).order_by("-starts", "-pk"))


def still_held(notice: models.Notice) -> list[models.NoticeDebt]:
    """Return the debts of a notice that are inside and were not released."""
    rows = notice.debts.filter(is_inside=True, release=None).select_related("hold")
    return list(rows.order_by("pk"))


def not_told(notice: models.Notice) -> list[models.NoticeDebt]:
    """Return the debts that our search found and that the adviser was not told of yet."""
    rows = notice.debts.filter(is_inside=True, origin=models.NoticeDebt.Origin.FOUND)
    return list(rows.exclude(events__kind=models.Event.Kind.ADVISER_TOLD).order_by("pk"))


def holders_not_told(notice: models.Notice) -> list[models.NoticeDebt]:
    """Return the debts to others whose holder was not told yet."""
    rows = notice.debts.filter(is_inside=True).exclude(holder="")
    return list(rows.exclude(events__kind=models.Event.Kind.HOLDER_TOLD).order_by("pk"))


def by_feed() -> QuerySet[told.Notice]:
    """Return the notices of moratoria that came by a feed and wait for a decision, oldest first."""
    kinds = [told.Notice.Kind.STANDARD, told.Notice.Kind.MENTAL_HEALTH]
    return sources.waiting_notices().filter(kind__in=kinds)


def kind_of(by_feed: told.Notice) -> str:
    """Return the kind of moratorium that a notice of a feed tells of."""
    crisis = by_feed.kind == told.Notice.Kind.MENTAL_HEALTH
    return models.Notice.Kind.CRISIS if crisis else models.Notice.Kind.STANDARD


def earlier_within(person_id: int, starts: date) -> models.Notice | None:
    """Return a breathing space of the same person within the months that the law gives, or None."""
    months = int(clock.figures(starts)["again_after_months"])
    back = starts.year * 12 + starts.month - 1 - months
    month = date(back // 12, back % 12 + 1, 1)
    since = month.replace(day=min(starts.day, 28))
    rows = models.Notice.objects.filter(
        person=person_id, kind=models.Notice.Kind.STANDARD, starts__gt=since, starts__lt=starts
    )
    return rows.order_by("-starts").first()


def further(
    notice: models.Notice, *, also_recorded_as: Sequence[int] = (), on: date
) -> list[asking.Covered]:
    """Return the debts of a notice's person that any service knows today, and the notice not."""
    known = set(notice.debts.values_list("thing", "part"))
    people = [notice.person_id, *also_recorded_as]
    found = asking.covered(people, notice.kind, notice.starts, on)
    return [one for one in found if (one.thing, one.part) not in known]
