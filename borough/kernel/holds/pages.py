"""Holds that somebody must look at again, and the look itself: it stays, or it ends."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing, records
from borough.kernel.holds import capabilities, commands, kinds, models, queries
from borough.kernel.ledger.models import Holding
from borough.kernel.pages import fields, forms, tables, wording
from borough.kernel.visits import Subject, Visit, page, personal

KEEP, END = "keep", "end"
COLUMNS = (
    tables.text("title", "Why it is left alone", link="href"),
    tables.text("thing", "What"),
    tables.text("period", "When"),
    tables.day("review_by", "Look again by"),
)


class Review(forms.Form):
    """Whether a hold stays, and by when somebody looks again."""

    what = fields.ChoiceField(
        what="whether it stays",
        label="Does it stay?",
        choices=[(KEEP, "It stays, and somebody looks again"), (END, "It ends today")],
    )
    review_by = fields.DayField(
        what="the day of the next look",
        label="By which day does somebody look again?",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the next day where it stays."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("what") == KEEP and not given.get("review_by"):
            self.add_error("review_by", "Enter the day of the next look")
        return given


def of_hold(number: int, **_: object) -> Subject:
    """Return whom a hold leaves alone."""
    one = get_object_or_404(models.Hold, pk=number)
    if one.person_id:
        return Subject((one.person_id,), f"kernel.person/{one.person_id}", f"hold {one.pk}")
    return Subject(_people(one), one.thing, f"hold {one.pk}")


@page(capabilities.SEE_HOLDS)
def to_review(visit: Visit) -> HttpResponse:
    """List the holds that wait for a look, longest waiting first."""
    known = kinds.all_kinds()
    rows = [
        {
            "title": known[one.kind].title if one.kind in known else one.kind,
            "href": reverse("hold", args=[one.pk]),
            "thing": one.thing.partition("/")[2] or "A person",
            "period": wording.period(one.starts, one.ends),
            "review_by": one.review_by,
        }
        for one in queries.to_review(visit.today)
    ]
    table = tables.Table("To look at again", COLUMNS, rows, empty="No hold waits for a look.")
    return render(visit, "holds/to_review.html", {"table": table})


@personal(capabilities.PLACE_HOLD, subject=of_hold)
def hold(visit: Visit, number: int) -> HttpResponse:
    """Look at a hold again: it stays, or it ends."""
    one = get_object_or_404(models.Hold, pk=number)
    about = _people(one)

    def act(what: str, review_by: Any) -> None:
        if what == END:
            commands.lift_hold(hold=one, about=about, by=visit.actor, on=visit.today)
        else:
            commands.review_hold(
                hold=one, review_by=review_by, about=about, by=visit.actor, on=visit.today
            )

    kind = kinds.all_kinds()[one.kind]
    deed = doing.Deed(
        title=f"Look again: {kind.title}",
        says=f"{kind.says}. It holds {wording.period(one.starts, one.ends)}. While it does, nobody "
        "is pressed.",
        act=act,
        done="Recorded",
        back=_back(one),
        places={commands.NotADay: "review_by", commands.AlreadyLifted: "what"},
    )
    return doing.answer(visit, Review(doing.asked(visit)), deed)


def _back(one: models.Hold) -> str:
    thing = one.thing or f"{records.PERSON}/{one.person_id}"
    return records.page_of(thing) or reverse("holds")


def _people(one: models.Hold) -> tuple[int, ...]:
    """Return everybody who owes what is left alone, as the ledger names them."""
    if one.person_id:
        return (one.person_id,)
    slug, _, reference = one.thing.partition("/")
    line = slug.partition(".")[0]
    rows = Holding.objects.filter(
        sub_account__reference=reference, sub_account__kind__startswith=f"{line}."
    )
    return tuple(rows.order_by("person_id").values_list("person_id", flat=True).distinct())
