"""Freezing the information, saying that one has it, and asking for another round."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import capabilities, commands, models, queries
from borough.partnership.sealed import capabilities as sealing

SAME, MORE = "same", "more"


class Freeze(forms.Form):
    """Which counts and assumptions are part of the information, and until when to seal."""

    measures = fields.ChoicesField(
        what="the measures",
        label="Which counts belong to it?",
        choices=queries.titles,
        required=False,
    )
    assumptions = fields.LongTextField(
        what="what is assumed",
        label="What do both assume?",
        help_text="One on each line.",
        required=False,
        max_length=4000,
    )
    closes = fields.DayField(
        what="the last day for sealing",
        label="Until which day may both seal what they think?",
        help_text="That day still counts.",
    )


class Read(forms.Form):
    """Whether a partner has what the other has."""

    holds = fields.ChoiceField(
        what="whether you have the same information",
        label="Have you the same information as the other partner?",
        choices=[
            (SAME, "I have the same information"),
            (MORE, "I hold more that bears on it, which I cannot share"),
        ],
        hints={MORE: "It is shown to both, without saying what it is."},
    )


class Again(forms.Form):
    """Until when to seal once more."""

    closes = fields.DayField(
        what="the last day for sealing", label="Until which day may both seal what they think?"
    )


@page(capabilities.PREPARE_DECISION)
def freeze(visit: Visit, number: int) -> HttpResponse:
    """Freeze the information that both have."""
    case = get_object_or_404(models.Case, pk=number)
    state = queries.state(case)
    before = state.pack.told if state.pack else {"measures": [], "assumptions": []}
    start = {
        "closes": max(case.decide_by, visit.today),
        "measures": [one["measure"] for one in before["measures"]],
        "assumptions": "\n".join(before["assumptions"]),
    }

    def act(measures: list[str], assumptions: str, closes: object) -> None:
        commands.freeze_pack(
            case=case,
            measures=measures,
            assumptions=assumptions.splitlines(),
            closes=closes,  # type: ignore[arg-type]
            by=visit.actor,
            on=visit.today,
        )

    again = (
        "It was frozen before: frozen again, both read it anew and seal anew. What was sealed and "
        "not opened stays sealed for good. "
        if state.pack
        else ""
    )
    deed = doing.Deed(
        title="Freeze the information",
        says=f"{again}The papers of the case and the counts that you choose are bound by one seal: "
        "both decide on exactly this. Add papers first.",
        act=act,
        done="Frozen. Now both read it.",
        back=reverse("partnership:decision", args=[number]),
        places={commands.NotADay: "closes"},
        button="Freeze it",
        over="Both have signed the joint record of this case." if state.is_decided else "",
    )
    return doing.answer(visit, Freeze(doing.asked(visit), initial=start), deed)


@page(sealing.SEAL)
def read(visit: Visit, number: int) -> HttpResponse:
    """Say for a partner that it has the information."""
    pack = get_object_or_404(models.Pack.objects.select_related("case"), pk=number)
    deed = doing.Deed(
        title="Do you have the same information?",
        says=f"{pack.case.title}: version {pack.version} of the information, with "
        f"{len(pack.told['papers'])} papers and {len(pack.told['measures'])} counts. You say it "
        "for the partner for whom you sit.",
        act=lambda holds: commands.acknowledge(
            pack=pack, holds_more=holds == MORE, by=visit.actor, on=visit.today
        ),
        done="Said for your side",
        back=reverse("partnership:decision", args=[pack.case_id]),
    )
    return doing.answer(visit, Read(doing.asked(visit)), deed)


@page(capabilities.PREPARE_DECISION)
def again(visit: Visit, number: int) -> HttpResponse:
    """Ask both for another sealed round on the same information."""
    pack = get_object_or_404(models.Pack.objects.select_related("case"), pk=number)
    deed = doing.Deed(
        title="Ask for another round",
        says="Both seal once more what they think, apart: because the last day went by, or because "
        "they have talked and may think otherwise now. What was opened stays open.",
        act=lambda closes: commands.ask_again(
            pack=pack, closes=closes, by=visit.actor, on=visit.today
        ),
        done="Both are asked again",
        back=reverse("partnership:decision", args=[pack.case_id]),
        places={commands.NotADay: "closes"},
        button="Ask both again",
    )
    form = Again(doing.asked(visit), initial={"closes": visit.today})
    return doing.answer(visit, form, deed)
