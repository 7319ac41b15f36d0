"""Sealing what a side proposes: as many forms as it has proposals, at most five."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.officers.models import Officer
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import positions
from borough.partnership.measures import definitions
from borough.partnership.next_year import commands, models, proposals, queries, wording
from borough.partnership.sealed import capabilities as sealing
from borough.partnership.sealed import mandates

PARTS = ("low", "median", "high")


class Proposals(forms.Form):
    """What one side proposes."""

    def __init__(
        self, review: models.Review, count: int, visit: Visit, *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.review, self.count, self.today = review, count, visit.today
        self.measures = definitions.measures()
        rows = Officer.objects.filter(is_active=True).order_by("name", "pk")
        officers = [(str(one.pk), one.name) for one in rows]
        for number in range(1, count + 1):
            self.fields.update(_fields(number, officers))

    def clean(self) -> dict[str, Any] | None:
        """Read each proposal, and judge them together by the rules of proposals."""
        super().clean()
        read = [self._read(number) for number in range(1, self.count + 1)]
        if self.errors:
            return self.cleaned_data
        proposed = [one for one in read if one is not None]
        for fault in commands.faults(self.review, proposed, self.today):
            self.add_error(None, fault)
        return {"proposed": proposed}

    def _read(self, number: int) -> proposals.Proposal | None:
        told = {name: self.cleaned_data.get(f"{name}_{number}") for name in _NAMES}
        bounds = [self._value(f"{part}_{number}", told["measure"]) for part in PARTS]
        if any(told[name] in (None, "") for name in _NAMES) or None in bounds:
            return None
        low, median, high = (int(one or 0) for one in bounds)
        return proposals.Proposal(
            kind=str(told["kind"]),
            title=str(told["title"]),
            **{name: str(told[name]) for name in proposals.WORDS},
            forecast=positions.Forecast(str(told["measure"]), low, median, high, told["due"]),  # type: ignore[arg-type]
            cost_pence=int(told["cost_pence"] or 0),
            for_council=int(told["for_council"] or 0),
            for_partner=int(told["for_partner"] or 0),
        )

    def _value(self, name: str, slug: str | None) -> int | None:
        text = self.cleaned_data.get(name, "")
        if not text or slug is None or slug not in self.measures:
            return None
        try:
            return positions.hundredths(text, self.measures[slug].unit)
        except ValueError:
            self.add_error(name, "Write it as a number, like 97.5")
            return None


@page(sealing.SEAL)
def propose(visit: Visit, year: str) -> HttpResponse:
    """Seal what the side proposes for which the officer speaks."""
    found = get_object_or_404(models.Review, year=year)
    count = _count(visit)
    over, side = _over(found, visit)
    deed = doing.Deed(
        title="Seal what your side proposes",
        says=f"You seal for {wording.side(side)}, without asking the others. It is kept encrypted "
        "until all sides have sealed: then all are opened at the same moment, and none can be "
        "changed any more."
        if side
        else "",
        act=lambda proposed: commands.propose(
            review=found, proposed=proposed, by=visit.actor, on=visit.today
        ),
        done="Sealed for your side",
        back=reverse("partnership:next_year", args=[year]),
        button="Seal them" if count else "Seal that we propose nothing",
        over=over,
    )
    also = {
        "count": count,
        "counts": range(proposals.MOST_PROPOSALS + 1),
        "year": year,
    }
    form = Proposals(found, count, visit, doing.asked(visit))
    return doing.answer(visit, form, deed, template="next_year/propose.html", also=also)


def _count(visit: Visit) -> int:
    """Return how many proposals the page asks for; what a form was drawn with is in its address."""
    asked = visit.GET.get("proposals", "1")
    return int(asked) if asked in {str(one) for one in range(proposals.MOST_PROPOSALS + 1)} else 1


def _over(review: models.Review, visit: Visit) -> tuple[str, str]:
    """Return why there is nothing to seal for this officer now, or "", and for whom they speak."""
    state = queries.state(review, visit.today)
    speaker = mandates.speaker(review.thing, visit.actor, visit.today)
    if speaker is None:
        return "You speak for no side of this today, so you cannot seal for one.", ""
    if state.round is None:
        return "The sides have not been asked yet.", speaker.side
    if speaker.side not in state.round.round.sides:
        return f"{proposals.SIDES[speaker.side]} was not asked this time.", speaker.side
    if speaker.side in state.round.sealed:
        return "Your side has sealed what it proposes.", speaker.side
    return "The last day has gone by." if state.round.is_over(visit.today) else "", speaker.side


_NAMES = (
    "kind",
    "title",
    *proposals.WORDS,
    "measure",
    *PARTS,
    "due",
    "cost_pence",
    "for_council",
    "for_partner",
)


def _fields(number: int, officers: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields of one proposal."""
    named = f"Proposal {number}: "
    titles = [(slug, one.title) for slug, one in definitions.measures().items()]
    words = {"max_length": proposals.LONGEST, "rows": 2}
    made = {
        "title": fields.TextField(
            what="what it is", label=f"{named}what, in a line?", max_length=proposals.LONGEST_TITLE
        ),
        "kind": fields.ChoiceField(
            what="better or differently",
            label=f"{named}is it better or different?",
            choices=list(proposals.KINDS.items()),
        ),
        "what": fields.LongTextField(
            what="what will be done", label=f"{named}what will we do?", **words
        ),
        "for_whom": fields.LongTextField(what="for whom", label=f"{named}for whom?", **words),
        "stop": fields.LongTextField(
            what="what we will stop",
            label=f"{named}what will we stop, to have time for it?",
            **words,
        ),
        "measure": fields.SelectField(
            what="a measure", label=f"{named}which measure should it move?", choices=titles
        ),
        "low": _number(f"{named}lowest value", "Only 1 time in 10 would it be lower."),
        "median": _number(f"{named}what do you expect it to come to?", ""),
        "high": _number(f"{named}highest value", "Only 1 time in 10 would it be higher."),
        "due": fields.DayField(
            what="the day",
            label=f"{named}on which day is it looked at?",
            help_text="What is due by next August is scored on the first page of the next review.",
        ),
        "cost_pence": fields.MoneyField(what="the cost", label=f"{named}what does it cost in all?"),
        "for_council": fields.SelectField(
            what="an owner", label=f"{named}who owns it for the council?", choices=officers
        ),
        "for_partner": fields.SelectField(
            what="an owner", label=f"{named}who owns it for the partner?", choices=officers
        ),
    }
    return {f"{name}_{number}": one for name, one in made.items()}


def _number(label: str, hint: str) -> fields.TextField:
    help_text = hint or "In its own unit: per cent, pounds, days or a count."
    return fields.TextField(what="a value", label=label, help_text=help_text, max_length=16)
