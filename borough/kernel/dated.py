"""Half-open dated rows: ``[starts, ends)``, where no ``ends`` means *still so*.

The constraint that no two open rows overlap needs no extension: a single ``int8range`` stands for
equality, which GiST can index beside a ``daterange``.
"""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


def ends_after_start(name: str) -> models.CheckConstraint:
    """Refuse a row that ends on or before the day on which it starts."""
    return models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name=name)


def never_overlaps(*owners: str, name: str) -> ExclusionConstraint:
    """Refuse two rows of the same owner (whole-number columns) that share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *(
                (
                    Func(F(owner), F(owner), Value("[]"), function="int8range"),
                    RangeOperators.EQUAL,
                )
                for owner in owners
            ),
            (
                Func(F("starts"), F("ends"), Value("[)"), function="daterange"),
                RangeOperators.OVERLAPS,
            ),
        ],
    )


def holds_on(day: date) -> Q:
    """Select the rows that hold on ``day``."""
    return Q(starts__lte=day) & (Q(ends=None) | Q(ends__gt=day))


def touches(starts: date, ends: date | None) -> Q:
    """Select the rows that share a day with ``[starts, ends)``."""
    begins_before = Q() if ends is None else Q(starts__lt=ends)
    return begins_before & (Q(ends=None) | Q(ends__gt=starts))


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
