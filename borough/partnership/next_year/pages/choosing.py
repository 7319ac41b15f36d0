"""Putting proposals together, choosing no more than seven, and signing what is chosen."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, page
from borough.partnership.decisions.pages import records
from borough.partnership.next_year import (
    capabilities,
    choosing,
    models,
    proposals,
    queries,
    wording,
)
from borough.partnership.next_year.pages import reviews
from borough.partnership.seats import queries as seating


class Group(forms.Form):
    """Which proposals come to the same, and what they come to."""

    title = fields.TextField(
        what="what they come to", label="What do they come to, in a line?", max_length=120
    )
    keys = fields.ChoicesField(
        what="at least one proposal", label="Which proposals are it?", choices=()
    )


class Choice(forms.Form):
    """Which groups are chosen."""

    groups = fields.ChoicesField(
        what="at least one",
        label=f"Which are chosen? No more than {models.MOST_CHOSEN}.",
        choices=(),
    )


@page(capabilities.PREPARE_NEXT_YEAR)
def group(visit: Visit, year: str) -> HttpResponse:
    """Put proposals together that come to the same."""
    found = get_object_or_404(models.Review, year=year)
    loose = queries.state(found, visit.today).loose
    form = Group(doing.asked(visit))
    forms.offer(form, "keys", [(one.key, _line(one)) for one in loose])
    deed = doing.Deed(
        title="Put proposals together",
        says="Choose those that come to the same; one alone may stand for itself. A group of more "
        "than one side is a sign that they agree.",
        act=lambda title, keys: choosing.put_together(
            review=found, title=title, keys=keys, by=visit.actor, on=visit.today
        ),
        done="Put together",
        back=reverse("partnership:next_year", args=[year]),
        places={choosing.NothingToJoin: "keys"},
        button="Put them together",
        over="" if loose else "Every proposal is in a group, or all are still sealed.",
    )
    also = {"by_measure": reverse("partnership:next_year_by_measure", args=[year])}
    return doing.answer(visit, form, deed, template="next_year/group.html", also=also)


@page(capabilities.PREPARE_NEXT_YEAR)
def by_measure(visit: Visit, year: str) -> HttpResponse:
    """Put all that are in no group together by their measure."""
    found = get_object_or_404(models.Review, year=year)
    loose = queries.state(found, visit.today).loose
    deed = doing.Deed(
        title="Put together by measure",
        says=f"{len(loose)} proposals are in no group. Those that should move the same measure "
        "are put together; any group can be taken apart again.",
        act=lambda: choosing.put_together_by_measure(review=found, by=visit.actor, on=visit.today),
        done="Put together",
        back=reverse("partnership:next_year", args=[year]),
        button="Put them together",
        over="" if loose else "Every proposal is in a group, or all are still sealed.",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.PREPARE_NEXT_YEAR)
def take_apart(visit: Visit, number: int) -> HttpResponse:
    """Take a group apart."""
    found = get_object_or_404(models.Group.objects.select_related("review"), pk=number)
    deed = doing.Deed(
        title="Take a group apart",
        says=f"“{found.title}” is a group no more. Its proposals can be put together otherwise.",
        act=lambda: choosing.take_apart(group=found, by=visit.actor, on=visit.today),
        done="Taken apart",
        back=reverse("partnership:next_year", args=[found.review.year]),
        button="Take it apart",
        over="This group was taken apart already." if found.ends else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.PREPARE_NEXT_YEAR)
def choose(visit: Visit, year: str) -> HttpResponse:
    """Put up to seven groups to both partners."""
    found = get_object_or_404(models.Review, year=year)
    state = queries.state(found, visit.today)
    before = [str(one) for one in state.choice.groups] if state.choice else []
    form = Choice(doing.asked(visit), initial={"groups": before})
    forms.offer(
        form,
        "groups",
        [
            (str(one.group.pk), f"{one.group.title} ({wording.sides(one.sides)})")
            for one in state.groups
        ],
    )
    deed = doing.Deed(
        title="Choose for next year",
        says="What more than one side proposed stands first. The choice binds once both partners "
        "have signed it; another choice takes its place, and is unsigned.",
        act=lambda groups: choosing.propose_choice(
            review=found, groups=[int(one) for one in groups], by=visit.actor, on=visit.today
        ),
        done="Put to both partners. Now both sign it.",
        back=reverse("partnership:next_year", args=[year]),
        places={choosing.TooMany: "groups", choosing.TakenApart: "groups"},
        button="Put it to both",
        over="" if state.groups else "Put proposals together first.",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.SEE_NEXT_YEAR)
def choice(visit: Visit, number: int) -> HttpResponse:
    """Read what is chosen, and sign it for the partner for whom the officer sits."""
    found = get_object_or_404(models.Choice.objects.select_related("review"), pk=number)
    state = queries.state(found.review, visit.today)
    signed = seating.signed(found.thing, found.digest)
    chosen = [one for one in state.groups if one.group.pk in found.groups]
    deed = doing.Deed(
        title=f"What we will do better or differently in {found.review.year}",
        says="Read it whole before you sign it for the partner for whom you sit. Once both have "
        "signed, each of these is handed over to be carried out, and the public note appears.",
        act=lambda: choosing.sign(choice=found, by=visit.actor, on=visit.today),
        done="Signed for your side",
        back=reverse("partnership:next_year", args=[found.review.year]),
        button="Sign it",
    )
    also: dict[str, Any] = {
        "chosen": [(one.group.title, reviews.rows_of(one)) for one in chosen],
        "signatures": records.signatures(signed),
        "is_newest": state.choice == found and len(chosen) == len(found.groups),
        "cannot": _cannot_sign(signed, visit),
        "is_chosen": signed.both,
    }
    form = forms.Form(doing.asked(visit))
    return doing.answer(visit, form, deed, template="next_year/choice.html", also=also)


def _cannot_sign(signed: seating.Signed, visit: Visit) -> str:
    """Return why this officer has nothing to sign; "" where they have."""
    seat = seating.seat_of(visit.actor, visit.today)
    if seat is None:
        return "You sit for no partner today, so you cannot sign."
    by = {"council": signed.council, "partner": signed.partner}
    return f"It is signed for the {seat.party} already." if by[seat.party] else ""


def _line(one: queries.Proposed) -> str:
    name = wording.measure(one.proposal.forecast.measure)
    return f"{one.proposal.title} ({proposals.SIDES[one.side]}; {name})"
