"""Recording what a household has and needs in a month."""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person
from borough.resident.plans import capabilities, models
from borough.rules.support import surplus


class CannotStand(commanding.Refusal):
    """A figure cannot stand in a statement; the sentence says what to put right."""


@commanding.command(capabilities.RECORD_STATEMENT)
def record_statement(
    *,
    person: Person,
    form: surplus.Form,
    figures: Sequence[surplus.Figure],
    by: commanding.Actor,
    on: date,
) -> models.Statement:
    """Record a statement; the one before it stays as it was.

    Args:
        person: whose household it is.
        form: how much was asked.
        figures: one a heading; ``pence`` None where it was asked and is not known.
        by: who records it.
        on: the day on which it was taken.

    Raises:
        CannotStand: an unknown heading, a heading twice, a negative amount, or a day to come.
    """
    _check(figures, form, on)
    statement = models.Statement.objects.create(
        person=person, form=form, taken_on=on, by=by.reference
    )
    models.Figure.objects.bulk_create(
        models.Figure(
            statement=statement,
            heading=one.heading,
            pence=one.pence,
            every=one.every,
            source=one.source,
            observed=one.observed,
        )
        for one in figures
    )
    facts.record(
        "resident.statement_recorded",
        about=[person.pk],
        thing=statement.thing,
        by=by,
        on=on,
        form=form.value,
    )
    return statement


def _check(figures: Sequence[surplus.Figure], form: surplus.Form, on: date) -> None:
    headings = surplus.headings(on)
    given = [one.heading for one in figures]
    twice = next((one for one in given if given.count(one) > 1), "")
    if twice:
        raise CannotStand(f"“{twice}” is answered twice. Add the two up, and give them once.")
    if not figures:
        raise CannotStand("Nothing was answered. Give at least what is known.")
    try:
        surplus.work_out(figures, form=form, headings=headings, on=on)
    except surplus.BadStatement as fault:
        raise CannotStand(str(fault)) from fault
