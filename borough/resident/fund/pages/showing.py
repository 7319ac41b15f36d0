"""An application on a page: its state, its clock, and what was found, decided and paid."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, tables, wording
from borough.resident.fund.queries import applications

State = applications.State
COLOURS = {
    State.WAITING: "yellow",
    State.PROPOSED: "yellow",
    State.REVIEW: "yellow",
    State.TO_BE_PAID: "blue",
    State.SENT: "green",
    State.CAME_BACK: "red",
}
ROWS = (
    tables.text("what", "Application", link="href"),
    tables.text("strand", "For"),
    tables.text("state", "State"),
    tables.money("pence", "Given"),
    tables.text("due", "Decide by"),
)


def table(
    caption: str, found: Iterable[applications.Standing], *, now: datetime | None = None
) -> tables.Table:
    """Return applications as a table without names.

    Args:
        caption: its heading.
        found: the applications.
        now: this moment, by which what is late says so.
    """
    return tables.Table(caption, ROWS, [row(one, now) for one in found], empty="None.")


def row(one: applications.Standing, now: datetime | None) -> dict[str, Any]:
    """Return an application as a row."""
    application = one.application
    return {
        "what": application.reference,
        "href": reverse("fund:application", args=[application.pk]),
        "strand": cells.Lines((application.get_strand_display(), application.get_is_for_display())),
        "state": state(one),
        "pence": one.given_pence if one.decisions else None,
        "due": _due(one, now) if one.is_open and one.review is None else "",
    }


def state(one: applications.Standing) -> cells.Tag:
    """Return how an application stands, as a tag."""
    return cells.Tag(str(one.state), COLOURS.get(one.state, "grey"))


def summary(one: applications.Standing, now: datetime) -> list[components.Row]:
    """Return what was asked, by whom, and until when it is to be decided on."""
    application = one.application
    names = officers.names({application.by})
    words = [
        components.Row("State", state(one)),
        components.Row("Asked for", application.get_strand_display()),
        components.Row("What for", application.get_is_for_display()),
        components.Row("In their words", application.words or None),
        components.Row("How much", cells.Pence(application.asked_pence)),
        components.Row("How it came", application.get_how_display()),
        components.Row("Asked on", wording.moment(application.received_at)),
        components.Row("Taken down by", names.get(application.by, "The resident")),
    ]
    if application.asked_for_by:
        words.append(components.Row("Asked for them", application.asked_for_by))
        words.append(components.Row("The resident agrees", "Yes"))
    if application.payee_id != application.person_id:
        words.append(components.Row("To be paid", application.payee.name))
    if one.is_open and one.review is None:
        words.append(components.Row("Decide by", _due(one, now)))
    return words


def findings(one: applications.Standing) -> list[components.Row]:
    """Return what was last found of need and urgency, and why."""
    found = one.finding
    if found is None:
        return []
    rows = [
        components.Row("In need", _why(found.in_need, found.need_because)),
        components.Row("Urgent", _why(found.is_urgent, found.urgent_because)),
    ]
    if found.has_rent_help is not None:
        rows.append(components.Row("Gets help with the rent", found.has_rent_help))
    names = officers.names({found.by})
    rows.append(components.Row("Found by", f"{names[found.by]}, {wording.short_day(found.on)}"))
    return rows


def decided(one: applications.Standing) -> Iterator[list[components.Row]]:
    """Return each decision, the newest first, and how it was paid."""
    for decision in reversed(one.decisions):
        both = {decision.by, decision.proposed_by or decision.by}
        names = officers.names(both)
        rows = [
            components.Row("Decided", _outcome(decision.pence)),
            components.Row("Why", decision.because),
            components.Row("On", wording.moment(decision.decided_at)),
            components.Row("By", " and ".join(names[who] for who in sorted(both))),
        ]
        for paying in sorted(decision.payings.all(), key=lambda each: each.nth):
            details = paying.payment.details
            rows.append(components.Row("Goes to", f"{details.name}, {details.masked}"))
            if hasattr(paying.payment, "sent"):
                rows.append(components.Row("Sent by file", paying.payment.sent.file.serial))
            if hasattr(paying, "returned"):
                back = paying.returned
                day = wording.short_day(back.on)
                words = tuple(
                    text for text in (f"{back.get_why_display()}, {day}", back.because) if text
                )
                rows.append(components.Row("Back with the fund", cells.Lines(words)))
        if (review := getattr(decision, "review", None)) is not None:
            rows.append(components.Row("Another look asked for", wording.short_day(review.on)))
        yield rows


def _outcome(pence: int) -> str:
    return f"{wording.money(pence)} given" if pence else "Refused"


def _why(yes: bool, because: str) -> cells.Lines:  # noqa: FBT001  an answer, shown as it is
    return cells.Lines(("Yes" if yes else "No", because))


def _due(one: applications.Standing, now: datetime | None) -> Any:
    """Write by when it is to be decided on; what is late says so."""
    when = wording.moment(one.due)
    if now is not None and one.due < now:
        return cells.Lines((when, cells.Tag("Late", "red")))
    return when
