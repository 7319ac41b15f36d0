"""The public note of a year: what became of last year's answers, and what is chosen for the next.

Two pages as a PDF, and the same words as a page. It names no officer, and holds only what both
partners have signed or what was counted.
"""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from borough.kernel.documents import templates, typesetting
from borough.kernel.pages import wording as words
from borough.partnership.next_year import answers, models, proposals, queries, wording
from borough.partnership.seats import signing

TEMPLATE = "/partnership/next_year/note.typ"
COLOUR = "#0f4a5c"
SHORT = 160  # characters of a proposal's own words on the note, so that seven stay on one page
MOST_MOVED = 2
HEARD = (
    "Both partners, a panel of staff and a panel of residents each proposed apart, and all was "
    "opened at once."
)


def said(review: models.Review, on: date) -> dict[str, Any] | None:
    """Return all that the note says, as JSON; None while it is not chosen."""
    state = queries.state(review, on)
    if not state.is_chosen:
        return None
    last = queries.before(review)
    told = answers.of(queries.state(last, on)) if last else []
    chosen = {one.group.pk: one for one in state.groups}
    return {
        "title": f"What we will do better or differently in {review.year}",
        "council": {"name": settings.COUNCIL_NAME, "colour": COLOUR},
        "invented": settings.TOWN_IS_INVENTED,
        "issued_on": max(one.on for one in state.answers).isoformat(),
        "heard": _heard(state),
        "last": _last(last.year if last else "", told),
        "answers": [answered(chosen[one.group_id]) for one in state.answers],
    }


def came(review: models.Review, on: date) -> dict[str, Any]:
    """Return what the note of the year after will say first of a review's answers, so far."""
    return {"last": _last(review.year, answers.of(queries.state(review, on))), "answers": []}


def pdf(told: dict[str, Any]) -> bytes:
    """Return the note as a tagged PDF, the same bytes for the same words.

    Raises:
        typesetting.CannotBeSet: with what Typst says.
    """
    return _set(signing.canonical(told), told["issued_on"])


@lru_cache(maxsize=4)
def _set(text: str, issued_on: str) -> bytes:
    """Set a note once, however many people ask for it."""
    told = json.loads(text)
    order = typesetting.Order(0, templates.ROOT, TEMPLATE, told, date.fromisoformat(issued_on))
    return typesetting.typeset(order)


def _heard(state: queries.State) -> str:
    if not state.missing:
        return HEARD
    return (
        f"Each side proposed apart, and all was opened at once. {wording.named(state.missing)} "
        "could not be heard this time."
    )


def _last(year: str, told: list[answers.Told]) -> dict[str, Any]:
    return {
        "year": year,
        "fared": wording.fared(answers.score(told)) if told else [],
        "answers": [
            {
                "title": one.grouped.group.title,
                "did": wording.stage(one).text,
                "moved": list(wording.each_moved(one)[:MOST_MOVED]),
                "held": wording.held_of(one.forecasts),
            }
            for one in told
        ],
    }


def answered(one: queries.Grouped) -> dict[str, Any]:
    """Return what the note says of something chosen: in the words of the side that leads it."""
    lead = one.lead.proposal
    return {
        "title": one.group.title,
        "by": wording.sides(one.sides),
        "kind": proposals.KINDS[lead.kind],
        "what": _short(lead.what),
        "for_whom": _short(lead.for_whom),
        "stop": _short(lead.stop),
        "expects": f"{wording.measure(lead.forecast.measure)}: {wording.expects(lead)}",
        "costs": words.money(lead.cost_pence),
    }


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= SHORT else f"{told[: SHORT - 1].rstrip()}…"
