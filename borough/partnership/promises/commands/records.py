"""Recording what was spent or done for a promise; both partners sign each record."""

from datetime import date

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.partnership.promises import capabilities, locking, models

Kind = models.Promise.Evidence


class TakesNoRecords(commanding.Refusal):
    """The promise is judged by what is counted elsewhere."""


class CountedAlready(commanding.Refusal):
    """The paper was recorded for this promise before."""


class NotADay(commanding.Refusal):
    """It lies before the promise, or is to come."""


class Nothing(commanding.Refusal):
    """An amount of nothing, or nothing that shows it."""


@commanding.command(capabilities.RECORD_EVIDENCE)
def record(
    *,
    promise: models.Promise,
    done_on: date,
    amount: int,
    reference: str,
    what: str,
    by: commanding.Actor,
    on: date,
) -> models.Record:
    """Record what was spent or done for a promise; it counts once both partners have signed it.

    Args:
        promise: that is judged by records.
        done_on: the day.
        amount: pence, or hundredths of a number; below nothing takes back what was too much.
        reference: of the invoice or paper that shows it; counts once for a promise.
        what: what it was, without names of people.
        by: who records it.
        on: today.

    Raises:
        TakesNoRecords, CountedAlready, NotADay, Nothing: it cannot be recorded so.
    """
    if promise.evidence not in (Kind.MONEY, Kind.COUNT):
        raise TakesNoRecords("This promise is judged by what is counted elsewhere.")
    if not promise.starts <= done_on <= on:
        raise NotADay("The day must be within the promise, and today or before.")
    if not (amount and reference.strip() and what.strip()):
        raise Nothing("Say how much, what it was, and which paper shows it.")
    if abs(amount) > models.MOST:
        raise Nothing("The amount has too many noughts. Check it.")
    locking.one_at_a_time()
    if promise.records.filter(reference__iexact=reference.strip()).exists():
        raise CountedAlready("That paper was recorded for this promise before. It counts once.")
    made = models.Record.objects.create(
        promise=promise,
        on=done_on,
        amount=amount,
        reference=reference.strip(),
        what=what.strip(),
        by=by.reference,
        recorded_on=on,
    )
    facts.record(
        "partnership.evidence_recorded",
        thing=made.thing,
        by=by,
        on=on,
        promise=promise.pk,
        done=done_on,
        amount=amount,
    )
    return made
