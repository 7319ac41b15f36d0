"""How the letters that go out stand: counts that agree, and what has not left and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from borough.kernel.documents.models import Document
from borough.kernel.outgoing import models, routing
from borough.kernel.runs.models import Run

POST = "kernel.post_batch"


@dataclass(frozen=True, slots=True)
class Counts:
    """How a day's post came out; ``letters`` had not left when it was made.

    Attributes:
        posted: of the rows of the batch, on ``pages`` pages.
        emailed: that the mail server took; ``unsent`` those that it did not take yet.
        hand, held: that stay, each with its reason, in ``reasons`` as (way, reason, count).
    """

    letters: int
    posted: int
    pages: int
    emailed: int
    unsent: int
    hand: int
    held: int
    reasons: tuple[tuple[str, str, int], ...]

    @property
    def reconciles(self) -> bool:
        """Tell whether every letter was posted, sent by email, or stays for a reason."""
        told = sum(count for *_, count in self.reasons)
        others = self.emailed + self.unsent + self.hand + self.held
        return self.letters == self.posted + others and told == others


@dataclass(frozen=True, slots=True)
class Standing:
    """All letters that were ever issued: how they left, and how many have not."""

    issued: int
    posted: int
    emailed: int
    hand: int

    @property
    def waiting(self) -> int:
        """How many have not left."""
        return self.issued - self.posted - self.emailed - self.hand


def newest() -> Run | None:
    """Return the newest run that made a day's post, if there was one."""
    return Run.objects.filter(kind=POST).order_by("-pk").first()


def counts(run: Run) -> Counts:
    """Return how a run came out; what was posted is counted from the rows, not from its record."""
    letters, result = run.parts.values_list("rows", "result").get(number=0)
    ways = result["ways"]
    sent = models.Dispatch.objects.filter(batch=run.pk)
    by_post = sent.filter(means=models.Dispatch.Means.POST)
    emailed = sent.filter(means=models.Dispatch.Means.EMAIL).count()
    return Counts(
        letters=letters,
        posted=by_post.count(),
        pages=by_post.aggregate(pages=Sum("pages"))["pages"] or 0,
        emailed=emailed,
        unsent=ways.get(routing.Way.EMAIL.value, 0) - emailed,
        hand=ways.get(routing.Way.HAND.value, 0),
        held=ways.get(routing.Way.HELD.value, 0),
        reasons=tuple((way, reason, count) for way, reason, count in result["reasons"]),
    )


def standing() -> Standing:
    """Return how all letters that were ever issued stand."""
    means = models.Dispatch.Means
    rows = models.Dispatch.objects
    return Standing(
        issued=Document.objects.count(),
        posted=rows.filter(means=means.POST).count(),
        emailed=rows.filter(means=means.EMAIL).count(),
        hand=rows.filter(means=means.HAND).count(),
    )


def left(documents: Iterable[int]) -> dict[int, models.Dispatch]:
    """Return how each of these letters left, by its id; those that have not are left out."""
    rows = models.Dispatch.objects.filter(pk__in=list(documents))
    return {one.pk: one for one in rows}


def waiting(on: date) -> list[routing.Route]:
    """Return the letters that have not left, and how each would leave on a day."""
    return routing.routes(routing.newest_document(), on=on, assume_printed=True)
