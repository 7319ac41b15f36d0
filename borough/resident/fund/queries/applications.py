"""How applications stand: asked of their rows, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Prefetch, Q, QuerySet

from borough.kernel import joining
from borough.resident.fund import figures, models

LONG = 200


class State(StrEnum):
    """How an application stands, in the words of the office."""

    WAITING = "Waits for a decision"
    PROPOSED = "Waits for a second officer"
    REVIEW = "To be looked at again"
    TO_BE_PAID = "Given, goes with the next payments"
    SENT = "Paid"
    CAME_BACK = "Came back from the bank"
    REVERSED = "Reversed before it went"
    REFUSED = "Refused"
    WITHDRAWN = "Withdrawn"


OPEN = frozenset({State.WAITING, State.PROPOSED, State.REVIEW})
_RETURNED = {
    models.Returned.Why.REVERSED: State.REVERSED,
    models.Returned.Why.CAME_BACK: State.CAME_BACK,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """An application with all that was done about it.

    Attributes:
        due: by when it is to be decided on.
        finding: what was last found of need and urgency; None where nobody has looked.
        review: what was asked to be looked at again and is not yet; None else.
        proposed: what waits for a second officer; None else.
        decisions: the first decision, then those on review.
        paying: the last payment of the last decision; None where nothing was given.
    """

    application: models.Application
    state: State
    due: datetime
    finding: models.Finding | None
    review: models.Review | None
    proposed: models.Proposed | None
    decisions: tuple[models.Decision, ...]
    paying: models.Paying | None

    @property
    def is_open(self) -> bool:
        """Whether a decision is awaited."""
        return self.state in OPEN

    @property
    def given_pence(self) -> int:
        """What was given by all decisions and is not back with the fund."""
        return sum(
            one.pence
            for one in self.decisions
            if (last := _last_paying(one)) and not hasattr(last, "returned")
        )


def for_person(person_id: int, *, purpose: joining.Purpose, on: date) -> list[Standing]:
    """Return what somebody asked of the fund, the newest first; nothing but for helping."""
    if not purpose.shows_joined:
        return []
    rows = _rows().filter(person=person_id, on__lte=on).order_by("-pk")
    return [standing(one) for one in rows]


def of_people(person_ids: Iterable[int]) -> list[Standing]:
    """Return how every application of some people stands, the oldest first."""
    return [standing(one) for one in _rows().filter(person__in=person_ids).order_by("pk")]


def of_application(number: int) -> Standing | None:
    """Return how one application stands; None where there is none."""
    found = _rows().filter(pk=number).first()
    return standing(found) if found else None


def waiting() -> list[Standing]:
    """Return every application that awaits a decision, what is due first at the top."""
    undecided = Q(decisions=None, withdrawal=None)
    again = Q(decisions__review__isnull=False, decisions__review__decision_on_it=None)
    found = [standing(one) for one in _rows().filter(undecided | again).distinct()]
    return sorted(found, key=lambda one: (one.due, one.application.pk))


def came_back() -> list[Standing]:
    """Return the awards of which the bank sent the last payment back, and that wait to be paid."""
    rows = _rows().filter(decisions__payings__returned__why=models.Returned.Why.CAME_BACK)
    found = [standing(one) for one in rows.distinct().order_by("pk")]
    return [one for one in found if one.state is State.CAME_BACK]


def received(starts: date, ends: date) -> list[Standing]:
    """Return the applications that were received on ``[starts, ends)``."""
    rows = _rows().filter(on__gte=starts, on__lt=ends).order_by("pk")
    return [standing(one) for one in rows]


def recently_decided(most: int = LONG) -> list[Standing]:
    """Return the applications last decided on, the newest decision first."""
    rows = models.Decision.objects.order_by("-pk").values_list("application", flat=True)[:most]
    order = list(dict.fromkeys(rows))
    found = {one.pk: standing(one) for one in _rows().filter(pk__in=order)}
    return [found[number] for number in order if not found[number].is_open]


def standing(application: models.Application) -> Standing:
    """Return how an application stands, from its rows."""
    decisions = tuple(sorted(application.decisions.all(), key=lambda one: one.pk))
    review = _open_review(decisions)
    proposals = [
        one
        for one in application.proposals.all()
        if one.after_id == (review.pk if review else None)
    ]
    awaits = review is not None or not decisions
    proposed = max(proposals, key=lambda one: one.pk, default=None) if awaits else None
    paying = _last_paying(decisions[-1]) if decisions else None
    return Standing(
        application=application,
        state=_state(application, decisions, review, proposed, paying),
        due=figures.due(application.strand, application.received_at, application.on),
        finding=max(application.findings.all(), key=lambda one: one.pk, default=None),
        review=review,
        proposed=proposed,
        decisions=decisions,
        paying=paying,
    )


def _state(
    application: models.Application,
    decisions: tuple[models.Decision, ...],
    review: models.Review | None,
    proposed: models.Proposed | None,
    paying: models.Paying | None,
) -> State:
    if hasattr(application, "withdrawal"):
        return State.WITHDRAWN
    if proposed is not None:
        return State.PROPOSED
    if review is not None:
        return State.REVIEW
    if not decisions:
        return State.WAITING
    return _paid(paying) if paying is not None else State.REFUSED


def _paid(paying: models.Paying) -> State:
    if hasattr(paying, "returned"):
        return _RETURNED[models.Returned.Why(paying.returned.why)]
    return State.SENT if hasattr(paying.payment, "sent") else State.TO_BE_PAID


def _open_review(decisions: Iterable[models.Decision]) -> models.Review | None:
    for one in decisions:
        review: models.Review | None = getattr(one, "review", None)
        if review is not None and not hasattr(review, "decision_on_it"):
            return review
    return None


def _last_paying(decision: models.Decision) -> models.Paying | None:
    return max(decision.payings.all(), key=lambda one: one.nth, default=None)


def _rows() -> QuerySet[models.Application]:
    payings = models.Paying.objects.select_related(
        "payment__details", "payment__sent__file", "returned"
    )
    decisions = models.Decision.objects.select_related("review__decision_on_it").prefetch_related(
        Prefetch("payings", payings)
    )
    return models.Application.objects.select_related(
        "person", "payee", "withdrawal"
    ).prefetch_related("findings", "proposals__details", Prefetch("decisions", decisions))
