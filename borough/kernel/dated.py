"""Half-open dated rows: ``[starts, ends)``, where no ``ends`` means *still so*.

The constraint that no two rows of an owner share a day needs no extension: owner and days are the
two sides of a box, and GiST can refuse boxes that overlap. Ids and days are exact as doubles.
"""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

# A row that ends on the day on which it starts holds on no day.
HAS_DAYS = Q(ends=None) | Q(ends__gt=F("starts"))


def ends_after_start(name: str) -> models.CheckConstraint:
    """Refuse a row that ends on or before the day on which it starts."""
    return models.CheckConstraint(condition=HAS_DAYS, name=name)


def never_overlaps(*owners: str, name: str, only: Q | None = None) -> ExclusionConstraint:
    """Refuse two rows of the same owner (whole-number columns) that share a day.

    Args:
        owners: the columns that name the owner.
        name: of the constraint.
        only: which rows; by default all.
    """
    *others, owner = owners
    same = [
        (Func(F(one), F(one), Value("[]"), function="int8range"), RangeOperators.EQUAL)
        for one in others
    ]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (_box(owner), RangeOperators.OVERLAPS)],
        condition=only,
    )


def _box(owner: str) -> Func:
    """Return owner x days as a box. Its edges belong to it, so it ends on the last day included."""
    first = Func(F("starts"), template="(%(expressions)s - date '2000-01-01')")
    # Far, not infinite: infinite boxes make a tree that takes minutes where this takes seconds.
    last = Func(F("ends"), template="coalesce(%(expressions)s - date '2000-01-02', 1000000)")
    corners = [Func(F(owner), day, function="point") for day in (first, last)]
    return Func(*corners, function="box")


def holds_on(day: date) -> Q:
    """Select the rows that hold on ``day``."""
    return Q(starts__lte=day) & (Q(ends=None) | Q(ends__gt=day))


def touches(starts: date, ends: date | None) -> Q:
    """Select the rows that share a day with ``[starts, ends)``."""
    begins_before = Q() if ends is None else Q(starts__lt=ends)
    return HAS_DAYS & begins_before & (Q(ends=None) | Q(ends__gt=starts))


def write_over(rows: models.QuerySet, starts: date, ends: date | None, **values: object) -> None:  # type: ignore[type-arg]
    """Make ``values`` so on ``[starts, ends)``, and leave every other day as it was.

    Args:
        rows: the rows of one owner, filtered by that owner's columns; new rows take them too.
        starts: the first day.
        ends: the first day on which the rows that were there before hold again; None for ever.
        values: what is so; with none, the days are cleared.
    """
    kept = {field.attname for field in rows.model._meta.concrete_fields} - {"id", "starts", "ends"}
    for row in rows.filter(touches(starts, ends)).order_by("starts"):
        was = {name: getattr(row, name) for name in kept}
        begins, stops = row.starts, row.ends
        row.delete()
        if begins < starts:
            rows.model._default_manager.create(**was, starts=begins, ends=starts)
        if ends is not None and (stops is None or stops > ends):
            rows.model._default_manager.create(**was, starts=ends, ends=stops)
    if values:
        rows.create(**values, starts=starts, ends=ends)
