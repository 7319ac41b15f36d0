"""Sealing what a partner thinks, handing it in, and reading both side by side."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.facts import commands as facts
from borough.kernel.pages import cells, charts, components, fields, forms, tables
from borough.kernel.visits import Visit, page
from borough.partnership.decisions import (
    by_hand,
    capabilities,
    commands,
    comparing,
    models,
    outcomes,
    positions,
    queries,
    steps,
)
from borough.partnership.decisions.pages import sealing_forms, showing
from borough.partnership.sealed import capabilities as sealed
from borough.partnership.sealed import sealing
from borough.partnership.sealed.models import Round
from borough.partnership.seats import signing

SIDES = (
    tables.text("what", "Asked"),
    tables.text("council", "The council"),
    tables.text("partner", "The partner"),
)
FORECASTS = (
    tables.text("of", "Forecast of"),
    tables.text("party", "By the"),
    tables.text("expects", "Expects"),
    tables.day("due", "On"),
    tables.text("came", "Came to"),
    tables.text("score", "Missed by (less is better)"),
)


class Seal(forms.Form):
    """The seal of what a partner keeps itself."""

    digest = fields.TextField(
        what="the seal",
        label="What is the seal?",
        help_text="64 characters. They tell nothing of what was sealed.",
        max_length=64,
    )


class HandIn(forms.Form):
    """The file that was kept as it was sealed."""

    file = fields.UploadField(
        what="the sealed file",
        label="Which file did you keep?",
        extensions=frozenset({"json"}),
        most_megabytes=1,
    )


class NotOurs(commanding.Refusal):
    """The file holds no position of this round."""


@page(sealed.SEAL)
def position(visit: Visit, number: int) -> HttpResponse:
    """Seal what the partner thinks for whom the officer sits."""
    pack = get_object_or_404(models.Pack.objects.select_related("case"), pk=number)
    if pack.case.mode == Round.Mode.SPLIT:
        return _enter(visit, pack)
    deed = doing.Deed(
        title="Seal what you think",
        says="Say it for the partner for whom you sit, without asking the other. It is kept "
        "encrypted. Once both have sealed, both are opened at the same moment, and neither can be "
        "changed any more.",
        act=lambda position: commands.take_position(
            pack=pack, position=position, by=visit.actor, on=visit.today
        ),
        done="Sealed for your side",
        back=reverse("partnership:decision", args=[pack.case_id]),
        button="Seal it",
        over=_over(visit, pack, queries.Step.SEAL),
    )
    form = sealing_forms.Position(pack.case, queries.asked(pack), doing.asked(visit))
    return doing.answer(visit, form, deed)


@page(sealed.SEAL)
def hand_in(visit: Visit, number: int) -> HttpResponse:
    """Hand in the position that the partner kept itself."""
    pack = get_object_or_404(models.Pack.objects.select_related("case"), pk=number)

    def act(file: Any) -> None:
        try:
            kept = sealing.from_file(file.read())
            commands.hand_in(pack=pack, kept=kept, by=visit.actor, on=visit.today)
        except (sealing.NotSealed, positions.BadPosition) as fault:
            raise NotOurs(str(fault)) from fault

    deed = doing.Deed(
        title="Hand in what you sealed",
        says="Choose the file that you kept. It is checked against your seal, and kept encrypted "
        "until the other partner has handed in its own: then both are opened. A file that is lost "
        "cannot be made again: after the last day for sealing, ask both for another round.",
        act=act,
        done="Handed in for your side",
        back=reverse("partnership:decision", args=[pack.case_id]),
        button="Hand it in",
        over=_over(visit, pack, queries.Step.HAND_IN),  # sent too soon, its host could read it
    )
    return doing.answer(visit, HandIn(doing.asked(visit), visit.FILES or None), deed)


@page(sealed.SEAL)
def blank(visit: Visit, number: int) -> HttpResponse:
    """Hand out the form of a position, to be filled in and sealed on the officer's own machine."""
    pack = get_object_or_404(models.Pack.objects.select_related("case"), pk=number)
    party, state = steps.party_of(visit), queries.state(pack.case)
    if not party or state.round is None or state.pack != pack:
        return redirect("partnership:decision", pack.case_id)
    place = queries.place(pack, state.round.round, party)
    content = by_hand.blank(place, pack.case.options, queries.units(), on=state.round.round.on)
    response = HttpResponse(content, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="case-{pack.case_id}-position.yaml"'
    return response


@page(capabilities.SEE_DECISIONS)
def comparison(visit: Visit, number: int) -> HttpResponse:
    """Show both positions side by side, once both are open; who reads them is recorded."""
    case = get_object_or_404(models.Case, pk=number)
    state, opened = queries.state(case), queries.opened([case])
    if not opened:
        return redirect("partnership:decision", number)
    facts.record(
        "partnership.positions_read", thing=case.thing, by=visit.actor, on=visit.today, case=number
    )
    shown = opened[-1]
    notes = case.notes.select_related("officer").order_by("pk")
    return render(
        visit,
        "decisions/comparison.html",
        {
            "case": case,
            "verdict": comparing.verdict(shown.positions),
            "is_old": shown.pack != state.pack,
            "sides": _side_by_side(case, shown.positions),
            "chart": _sure(case, shown.positions),
            "forecasts": _forecasts(shown.positions),
            "earlier": [_moved(one) for one in reversed(opened[:-1])],
            "notes": [
                components.Event(f"The {one.party}", one.on, by=one.officer.name, detail=one.words)
                for one in notes
            ],
            "state": state,
            "may_ask": 0 < state.opened < queries.MOST_OPENED,
            "back": reverse("partnership:decision", args=[number]),
        },
    )


def _enter(visit: Visit, pack: models.Pack) -> HttpResponse:
    """Ask for the seal alone: what is sealed never comes here before it is handed in."""
    state, party = queries.state(pack.case), steps.party_of(visit)
    place = queries.place(pack, state.round.round, party) if state.round else None
    deed = doing.Deed(
        title="Seal what you think",
        says="In this case each partner keeps what it thinks itself. Only the seal comes here, and "
        "it tells nothing. Keep the sealed file well: without it, it can never be opened.",
        act=lambda digest: commands.enter_seal(
            pack=pack, digest=digest.strip().lower(), by=visit.actor, on=visit.today
        ),
        done="Sealed for your side. Keep the file until both have sealed.",
        back=reverse("partnership:decision", args=[pack.case_id]),
        button="Enter the seal",
        over=_over(visit, pack, queries.Step.SEAL),
    )
    also = {
        "pack": pack,
        "sealer": sealing_forms.Position(pack.case, queries.asked(pack), auto_id="sealer_%s"),
        "asked": state.round.round.on if state.round else pack.on,
        "place": signing.canonical(asdict(place) if place else {}),
        "units": signing.canonical({slug: unit for slug, (_, unit) in queries.units().items()}),
    }
    form = Seal(doing.asked(visit))
    return doing.answer(visit, form, deed, template="decisions/split.html", also=also)


def _over(visit: Visit, pack: models.Pack, its_step: queries.Step) -> str:
    """Return why a step is not this officer's to take now; "" where it is."""
    state = queries.state(pack.case)
    step = queries.next_step(state, steps.party_of(visit), visit.today)
    if not steps.party_of(visit):
        return "You sit for no partner today, so you cannot seal for one."
    if state.pack != pack:
        return "There is newer information. Read it first."
    return "" if step is its_step else f"{step.value}."


def _side_by_side(case: models.Case, shown: Mapping[str, positions.Position]) -> tables.Table:
    told = {side: _told(case, one) for side, one in shown.items()}
    questions = next(iter(told.values()))
    rows = [{"what": what, **{side: one[what] for side, one in told.items()}} for what in questions]
    return tables.Table("Side by side", SIDES, rows)


def _told(case: models.Case, one: positions.Position) -> dict[str, Any]:
    return {
        "Would do": case.options[one.option],
        "How sure": f"{one.sure}%",
        "Reasons": cells.Lines(tuple(positions.REASONS[key] for key in one.reasons)),
        "In its words": one.why,
        "What would change its mind": one.change_mind,
        "What can go wrong": one.risks,
        "Residents who have least": one.vulnerable,
        "Staff": one.staff,
    }


def _sure(case: models.Case, shown: Mapping[str, positions.Position]) -> charts.Chart:
    sides = sorted(shown.items())
    finding = "; ".join(
        f"the {party} would choose “{case.options[one.option]}”, {one.sure}% sure"
        for party, one in sides
    )
    return charts.bars(
        "How sure each is",
        f"{finding[:1].upper()}{finding[1:]}.",
        [(party.capitalize(), one.sure) for party, one in sides],
        of="Partner",
        shows=lambda percent: f"{percent}%",
    )


def _forecasts(shown: Mapping[str, positions.Position]) -> tables.Table:
    rows = [
        _forecast_row(party, one)
        for party, position in sorted(shown.items())
        for one in outcomes.outcomes(position.forecasts)
    ]
    rows += [
        _chance_row(party, told)
        for party, position in sorted(shown.items())
        if position.chance
        for told in [outcomes.chance_outcome(position.chance)]
    ]
    rows.sort(key=lambda row: str(row["of"]))
    return tables.Table("What each expects", FORECASTS, rows, empty="Nothing was forecast.")


def _forecast_row(party: str, one: outcomes.Outcome) -> dict[str, object]:
    told = one.forecast

    def shows(value: int | None) -> str:
        return showing.value(told.measure, value)

    return {
        "of": showing.title(told.measure),
        "party": party,
        "expects": f"{shows(told.median)} (8 in 10: {shows(told.low)} to {shows(told.high)})",
        "due": told.due,
        "came": "Not counted yet" if one.came is None else shows(one.came),
        "score": "Not yet" if one.score is None else shows(one.score),
    }


def _chance_row(party: str, one: outcomes.ChanceOutcome) -> dict[str, object]:
    told = one.chance
    came = "Not counted yet"
    if one.came is not None:
        answer = "Yes" if told.came_about(one.came) else "No"
        came = f"{answer}: {showing.value(told.measure, one.came)}"
    return {
        "of": showing.title(told.measure),
        "party": party,
        "expects": f"{told.percent}% that it is {positions.REACHES[told.reach].lower()} "
        f"{showing.value(told.measure, told.value)}",
        "due": told.due,
        "came": came,
        "score": "Not yet" if one.score is None else f"{showing.brier(one.score)} (Brier)",
    }


def _moved(before: queries.Opened) -> dict[str, Any]:
    case = before.pack.case
    rows = [
        components.Row(
            f"The {party} would have done",
            f"{case.options[one.option]}, {one.sure}% sure: {one.why}",
        )
        for party, one in sorted(before.positions.items())
    ]
    title = f"Before that: version {before.pack.version}, round {before.round.number}"
    return {"title": title, "rows": rows}
