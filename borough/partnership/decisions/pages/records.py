"""Talking about what both think, and the joint record that both sign."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import (
    capabilities,
    models,
    publishing,
    queries,
    recording,
    steps,
)
from borough.partnership.sealed import capabilities as sealing
from borough.partnership.seats import capabilities as seats
from borough.partnership.seats.queries import Signed

LONGEST = 4_000


class Note(forms.Form):
    """What one partner says to the other."""

    words = fields.LongTextField(
        what="what you say", label="What do you say to the other partner?", max_length=LONGEST
    )


class Record(forms.Form):
    """The joint record, in the frame of cabinet minutes."""

    option = fields.ChoiceField(what="an option", label="Which option is it?", choices=[])
    decision = fields.LongTextField(
        what="the decision made", label="Decision made", rows=3, max_length=LONGEST
    )
    reasons = fields.LongTextField(
        what="the reasons", label="Reasons for the decision", max_length=LONGEST
    )
    rejected = fields.LongTextField(
        what="the alternatives",
        label="Alternative options considered and rejected",
        max_length=LONGEST,
    )
    dissent = fields.LongTextField(
        what="who dissents",
        label="Does anybody dissent, and why?",
        rows=2,
        required=False,
        max_length=LONGEST,
    )
    conditions = fields.LongTextField(
        what="the conditions", label="On which conditions?", rows=2, required=False,
        max_length=LONGEST,
    )  # fmt: skip
    taken_by = fields.ChoiceField(
        what="who takes the decision",
        label="Whose decision is it?",
        choices=models.Record.TakenBy.choices,
        hints={
            models.Record.TakenBy.PARTNERS: "No regulation asks for a record; it is kept, and "
            "published as its case says."
        },
    )
    interests = fields.LongTextField(
        what="the interests",
        label="Which conflicts of interest did members declare?",
        help_text="With the name of each member, as the law asks. Leave it empty if nobody did.",
        rows=2,
        required=False,
        max_length=LONGEST,
    )
    dispensation = fields.LongTextField(
        what="the dispensation",
        label="Was a dispensation granted?",
        help_text="By the head of paid service, and to whom. Leave it empty if none was.",
        rows=2,
        required=False,
        max_length=LONGEST,
    )
    review_on = fields.DayField(what="the day", label="On which day do both look at it again?")

    def __init__(self, case: models.Case, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        numbered = [(str(number), words) for number, words in enumerate(case.options)]
        forms.offer(self, "option", numbered)


class Withhold(forms.Form):
    """Why nothing of a case may be published."""

    why = fields.LongTextField(
        what="why",
        label="Why may nothing of it be published?",
        help_text="Which information is exempt or confidential, and by which law.",
        rows=3,
        max_length=LONGEST,
    )


@page(capabilities.PREPARE_DECISION)
def withhold(visit: Visit, number: int) -> HttpResponse:
    """Publish nothing of a case, whatever was said when it was opened."""
    case = get_object_or_404(models.Case, pk=number)
    deed = doing.Deed(
        title="Publish nothing of this case",
        says="Whatever was said when it was opened, nothing of it is shown to the public from now "
        "on, and what was shown is taken away. This cannot be undone. Why is kept with the case.",
        act=lambda why: recording.withhold(case=case, why=why, by=visit.actor, on=visit.today),
        done="Nothing of it is published",
        back=reverse("partnership:decision", args=[number]),
        button="Publish nothing of it",
        over="" if publishing.may_be_shown(case) else "Nothing of this case is published.",
    )
    return doing.answer(visit, Withhold(doing.asked(visit)), deed)


@page(sealing.SEAL)
def note(visit: Visit, number: int) -> HttpResponse:
    """Say something to the other partner."""
    case = get_object_or_404(models.Case, pk=number)
    deed = doing.Deed(
        title="Talk about it",
        says="Both partners read it, with your name. It stays, as all else of the case does.",
        act=lambda words: recording.leave_note(
            case=case, words=words, by=visit.actor, on=visit.today
        ),
        done="Said",
        back=reverse("partnership:comparison", args=[number]),
        button="Say it",
    )
    return doing.answer(visit, Note(doing.asked(visit)), deed)


@page(capabilities.PREPARE_DECISION)
def record(visit: Visit, number: int) -> HttpResponse:
    """Write the joint record; begun from the one before, if there is one."""
    case = get_object_or_404(models.Case, pk=number)
    state = queries.state(case)
    start = {name: getattr(state.record, name) for name in Record.base_fields if state.record}

    def act(option: str, **told: Any) -> None:
        recording.propose_record(
            case=case,
            words=recording.Words(option=int(option), **told),
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title="Write the joint record",
        says="It binds once both partners have signed it. A changed word is another record, and "
        f"unsigned. {publishing.warning(case)}",
        act=act,
        done="Written. Now both sign it.",
        back=reverse("partnership:decision", args=[number]),
        places={
            recording.NotADay: "review_on",
            recording.NoSuchOption: "option",
            recording.NoInterest: "interests",
        },
        button="Put it to both",
        over="Both have signed the joint record of this case." if state.is_decided else "",
    )
    return doing.answer(visit, Record(case, doing.asked(visit), initial=start), deed)


@page(seats.SIGN)
def sign(visit: Visit, number: int) -> HttpResponse:
    """Sign the joint record for the partner for whom the officer sits."""
    found = get_object_or_404(models.Record.objects.select_related("case", "pack"), pk=number)
    state = queries.state(found.case)
    deed = doing.Deed(
        title="The joint record",
        says="Read it whole before you sign it for the partner for whom you sit. "
        f"{publishing.warning(found.case)}",
        act=lambda: recording.sign_record(record=found, by=visit.actor, on=visit.today),
        done="Signed for your side",
        back=reverse("partnership:decision", args=[found.case_id]),
        button="Sign it",
    )
    party = steps.party_of(visit)
    step = queries.next_step(state, party, visit.today)
    is_newest = state.record == found
    also = {
        "rows": _rows(found),
        "signatures": signatures(state.signed)
        if is_newest
        else "Not any more: there is a newer record",
        "may_sign": bool(party) and is_newest and step is queries.Step.SIGN,
        "step": step.value if party else "You sit for no partner today, so you cannot sign",
    }
    form = forms.Form(doing.asked(visit))
    return doing.answer(visit, form, deed, template="decisions/record.html", also=also)


def _rows(found: models.Record) -> list[components.Row]:
    return [
        components.Row("Case", found.case.title),
        components.Row("Option", found.case.options[found.option]),
        components.Row("Decision made", found.decision),
        components.Row("Reasons for the decision", found.reasons),
        components.Row("Alternative options considered and rejected", found.rejected),
        components.Row("Whose decision it is", found.get_taken_by_display() or "Not asked"),
        *(
            components.Row(what, publishing.declared(words))
            for what, words in (
                ("Conflicts of interest declared", found.interests),
                ("Dispensation granted", found.dispensation),
            )
        ),
        components.Row("Dissent", found.dissent or "None"),
        components.Row("Conditions", found.conditions or "None"),
        components.Row("Both look at it again on", found.review_on),
    ]


def signatures(signed: Signed | None) -> cells.Lines | str:
    """Return who has signed, for which partner and when."""
    if signed is None:
        return "Nobody yet"
    each = (("council", signed.council), ("partner", signed.partner))
    lines = tuple(
        f"For the {party}: {one.officer.name}, {one.on:%-d %B %Y}" for party, one in each if one
    )
    return cells.Lines(lines) if lines else "Nobody yet"
