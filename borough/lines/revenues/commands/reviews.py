"""Reviews of single person discounts: one officer draws, another commits, nobody is cut off.

A review ends nothing by itself. Whoever does not answer is asked a second time, and only an
officer can decide after that; letting the discount stand is one of the answers.
"""

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing, households
from borough.lines.revenues.queries import reviews

PREVIEW, ASKING = "revenues.review_preview", "revenues.review"
MOST = 5_000


class NothingToReview(commanding.Refusal):
    """Nobody would be asked."""


class SamePerson(commanding.Refusal):
    """Whoever drew the sample may not commit it."""


class AlreadyAnswered(commanding.Refusal):
    """The review has its answer."""


class AskAgainFirst(commanding.Refusal):
    """There is no second letter yet, or the days that it gave are not over."""


class NobodyToAsk(commanding.Refusal):
    """Everybody has answered, has been asked twice, or still has time to answer."""


@commanding.command(capabilities.PREPARE_REVIEW)
def prepare_review(*, sizes: Mapping[str, int], seed: int, by: commanding.Actor, on: date) -> Run:
    """Draw a sample of discounts to be reviewed; it changes nothing.

    Args:
        sizes: how many of each stratum; fewer are drawn where there are fewer.
        seed: the same seed over the same records draws the same.
        by: who draws.
        on: today.

    Raises:
        NothingToReview: no size is more than nought, or nobody has such a discount.
    """
    found = reviews.discounts(on)
    picked = reviews.drawn(found, {name: min(size, MOST) for name, size in sizes.items()}, seed)
    if not picked:
        raise NothingToReview("Nobody would be asked. Give a number for at least one group.")
    run = runs.ask(
        PREVIEW,
        f"{PREVIEW}/{uuid4().hex}",
        asked={"sizes": dict(sizes), "seed": seed},
        parts=1,
        by=by,
        on=on,
    )
    result = {"picked": picked, "left_out": found.left_out}
    runs.carry_out(run, lambda _: (len(picked), result))
    runs.end(run)
    return run


@commanding.command(capabilities.COMMIT_REVIEW)
def commit_review(*, preview: Run, by: commanding.Actor, on: date) -> Run:
    """Ask those whom a colleague drew: a review and a first letter each, all or none.

    Who cannot be asked any more (the discount has ended, somebody has died, another review of
    theirs is open) is not asked, and the run says how many were.

    Raises:
        SamePerson: the same officer drew the sample.
        NothingToReview: it is no preview of a review, or nobody in it can be asked any more.
        runs.AlreadyAsked: it was committed before.
    """
    picked = reviews.picked(preview) if preview.kind == PREVIEW else []
    if not picked:
        raise NothingToReview("This is no sample of discounts to be reviewed.")
    if preview.by == by.reference:
        raise SamePerson("You drew this sample. Ask a colleague to look at it and commit it.")
    run = runs.ask(
        ASKING, f"{ASKING}/{preview.pk}", asked={"preview": preview.pk}, parts=1, by=by, on=on
    )
    still = _still(picked, on)
    if not still:
        raise NothingToReview("Nobody in this sample can be asked any more. Draw another.")
    made = models.Review.objects.bulk_create(
        models.Review(run=run, account_id=account, why=why, on=on) for account, why in still
    )
    _ask(made, number=1, by=by, on=on)
    runs.carry_out(run, lambda _: (len(made), {"not_asked": len(picked) - len(still)}))
    runs.end(run)
    return run


@commanding.command(capabilities.COMMIT_REVIEW)
def ask_again(*, run: Run, by: commanding.Actor, on: date) -> int:
    """Ask everybody of a run who has not answered in time once more; return how many.

    Raises:
        NobodyToAsk: nobody can be asked a second time today.
    """
    waiting = list(reviews.unanswered(run.pk, on))
    if not waiting:
        raise NobodyToAsk("Nobody is to be asked a second time today.")
    _ask(waiting, number=2, by=by, on=on)
    return len(waiting)


@commanding.command(capabilities.CHANGE_HOUSEHOLD)
def answer_review(
    *,
    review: models.Review,
    kind: str,
    adults: int | None = None,
    since: date | None = None,
    by: commanding.Actor,
    on: date,
) -> int:
    """Record how a review ended; return what that changes in the charges, pence.

    Args:
        review: of which account.
        kind: one of ``ReviewAnswer.Kind``.
        adults: how many adults live there, when more than one.
        since: the first day on which more live there, or from which there is no discount.
        by: who records it.
        on: today.

    Raises:
        AlreadyAnswered: it has its answer.
        AskAgainFirst: nobody answered, but the days of a second letter are not over.
        changing.NotADay: more adults, or no discount, but no first day.
        changing.NotDiscounted: there is no such discount on that day any more.
    """
    kinds = models.ReviewAnswer.Kind
    if models.ReviewAnswer.objects.filter(review=review).exists():
        raise AlreadyAnswered("This review has its answer already.")
    if kind in (kinds.ENDED, kinds.KEPT):
        _refuse_unasked(review, on)
    if kind in (kinds.MORE_ADULTS, kinds.ENDED) and since is None:
        raise changing.NotADay("Enter the day from which the discount ends.")
    models.ReviewAnswer.objects.create(review=review, kind=kind, on=on, by=by.reference)
    change = 0
    if kind == kinds.MORE_ADULTS and since is not None:
        change = households.end_single_person_discount(
            account=review.account, ends=since, adults=max(adults or 2, 2), by=by, on=on
        )
    if kind == kinds.ENDED and since is not None:
        change = _end_unanswered(review.account, since, by=by, on=on)
    changing.record(
        "revenues.review_answered", review.account, on=on, by=by, answer=kinds(kind).label
    )
    return change


def _still(picked: list[tuple[int, str]], on: date) -> list[tuple[int, str]]:
    """Return who in a sample can be asked as things are; nobody else asks them meanwhile."""
    ids = [account for account, _ in picked]
    list(models.Account.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    can = {one for ids in reviews.discounts(on).strata.values() for one in ids.tolist()}
    return [(account, why) for account, why in picked if account in can]


def _refuse_unasked(review: models.Review, on: date) -> None:
    if not reviews.days_over([review], 2, on):
        raise AskAgainFirst(
            "Nothing is decided before two letters have gone, and the days to answer the second "
            "are over."
        )


def _end_unanswered(account: models.Account, since: date, *, by: commanding.Actor, on: date) -> int:
    """End the discount: how many adults live there is not known from ``since`` on."""
    changing.refuse_days(account, since)
    changing.refuse_undiscounted(account, since)
    what = "revenues.discount_ended"
    with changing.kept(what, capabilities.CHANGE_HOUSEHOLD, account, by=by, on=on):
        dated.write_over(account.households.all(), since, None)
    change = changing.bill_again(account, on=on, by=by, because="no answer to a review")
    changing.record(what, account, on=on, by=by, ends=since, change_pence=change)
    return change


def _ask(asked: list[models.Review], *, number: int, by: commanding.Actor, on: date) -> None:
    """Ask for a letter about each review, with one fact an account."""
    models.ReviewLetter.objects.bulk_create(
        models.ReviewLetter(review=one, number=number, on=on) for one in asked
    )
    accounts = models.Account.objects.in_bulk([one.account_id for one in asked])
    liable: dict[int, list[int]] = {}
    rows = models.Liability.objects.filter(dated.holds_on(on), account__in=accounts)
    for account, person in rows.values_list("account_id", "person_id"):
        liable.setdefault(account, []).append(person)
    facts.record_many(
        "revenues.review_asked",
        [
            facts.Happening(
                about=liable.get(one.account_id, ()),
                thing=accounts[one.account_id].thing,
                detail={"account": accounts[one.account_id].reference, "number": number},
            )
            for one in asked
        ],
        by=by,
        on=on,
    )
