"""The book of a review: its chain, what was chosen, what was opened, and what does not agree."""

import json
from typing import Any

from borough.partnership.next_year import models
from borough.partnership.sealed import books, proving
from borough.partnership.seats import signing
from borough.partnership.seats.models import Signature


def book(review: models.Review) -> dict[str, Any]:
    """Return a review as plain data; what is still sealed is not in it."""
    return books.book(review.thing, [one.content for one in review.choices.order_by("pk")])


def faults(review: models.Review) -> list[str]:
    """Return what is wrong with a review, in plain words; empty when not one byte was changed."""
    told = book(review)
    if found := proving.faults(told):
        return found
    differs = list(books.differing(proving.events(told), _tables(review)))
    return [*differs, *_of_choices(review)]


def _tables(review: models.Review) -> dict[str, books.Rows]:
    choices = {one.thing: one.pk for one in review.choices.all()}
    signatures = Signature.objects.filter(thing__in=choices)
    groups = review.groups.all()
    return books.rounds_of(review.thing) | {
        "partnership.review_opened": books.Rows(
            "the year", {(review.pk, review.year)}, ("review", "year")
        ),
        "partnership.proposals_joined": books.Rows(
            "the groups",
            {(one.pk, one.members.count()) for one in groups},
            ("group", "count"),
        ),
        "partnership.proposals_parted": books.Rows(
            "the groups that were taken apart",
            {(one.pk,) for one in groups if one.ends is not None},
            ("group",),
        ),
        "partnership.choice_proposed": books.Rows(
            "what was put to both",
            {(one.pk, len(one.groups), one.digest) for one in review.choices.all()},
            ("choice", "count", "content"),
        ),
        "partnership.choice_signed": books.Rows(
            "the signatures",
            {(choices[one.thing], one.party, one.digest) for one in signatures},
            ("choice", "party", "signed"),
        ),
    }


def _of_choices(review: models.Review) -> list[str]:
    """Return which choices do not read as what was signed of them."""
    return [
        f"choice {one.pk}: not what its digest says"
        for one in review.choices.order_by("pk")
        if signing.digest(json.loads(one.content)) != one.digest
    ]
