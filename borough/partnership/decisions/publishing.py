"""What everybody may read of a decision, once both partners have signed it, and after which law.

Of an open case the whole record; of one shown in summary what was decided and when, without the
reasons; of a closed one, or one that was withheld, nothing. Nothing before both have signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from borough.partnership.decisions import models, queries
from borough.partnership.decisions.models import Case, Record

EXECUTIVE = (
    "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) "
    "Regulations 2012"
)
OPENNESS = "Openness of Local Government Bodies Regulations 2014"
LAWS = {
    Record.TakenBy.MEETING: f"{EXECUTIVE}, regulation 12",
    Record.TakenBy.MEMBER: f"{EXECUTIVE}, regulation 13",
    Record.TakenBy.OFFICER_EXECUTIVE: f"{EXECUTIVE}, regulation 13",
    Record.TakenBy.OFFICER: f"{OPENNESS}, regulations 7 and 8",
    Record.TakenBy.PARTNERS: "Published by both partners; no regulation asks for it",
}
NOT_ASKED = "Not asked when the record was written"
WITHHELD = "Not published: the reasons hold information that is exempt"


@dataclass(frozen=True, slots=True)
class Published:
    """A decision as everybody may read it: ``on`` is the day of the second signature.

    Attributes:
        parts: each part of the record by its heading, in the frame of cabinet minutes.
    """

    case: int
    title: str
    on: date
    taken_by: str
    law: str
    parts: dict[str, str]


HEADS = ("Case", "Title", "Date of the decision", "Taken by", "Recorded under")
PARTS = (
    "Decision made",
    "Reasons for the decision",
    "Alternative options considered and rejected",
    "Conflicts of interest declared",
    "Dispensation granted",
    "Conditions",
    "Dissent",
)


def published() -> list[Published]:
    """Return every decision that everybody may read, the newest first."""
    shown = Case.objects.exclude(shown=Case.Shown.CLOSED).filter(withholding=None)
    return sorted(_published(queries.states(shown)), key=lambda one: (one.on, one.case))[::-1]


def one(number: int) -> Published | None:
    """Return a decision that everybody may read; None where there is none of that number."""
    return next((each for each in published() if each.case == number), None)


def row(one: Published) -> list[str]:
    """Return a decision as a row of a file: ``HEADS``, then ``PARTS``."""
    heads = [str(one.case), one.title, one.on.isoformat(), one.taken_by, one.law]
    return [*heads, *(one.parts[part] for part in PARTS)]


def may_be_shown(case: models.Case) -> bool:
    """Tell whether anything of a case may be published, once it is decided."""
    return case.shown != Case.Shown.CLOSED and not queries.is_withheld(case)


def warning(case: models.Case) -> str:
    """Return who will read the record of a case, for those who write and sign it."""
    if not may_be_shown(case):
        return "Nothing of it is published."
    if case.shown == Case.Shown.SUMMARY:
        return "Then everybody may read the decision made; the rest is not published."
    return "Then everybody may read all of it."


def declared(words: str | None) -> str:
    """Return what was declared, as it is read; None of records that did not ask."""
    return NOT_ASKED if words is None else words or "None"


def _published(states: Iterable[queries.State]) -> list[Published]:
    return [
        _told(state.case, state.record, state.signed.since)
        for state in states
        if state.record and state.signed and state.signed.since
    ]


def _told(case: models.Case, record: Record, on: date) -> Published:
    taken = Record.TakenBy(record.taken_by) if record.taken_by else None
    return Published(
        case=case.pk,
        title=case.title,
        on=on,
        taken_by=taken.label if taken else NOT_ASKED,
        law=LAWS[taken] if taken else NOT_ASKED,
        parts=_whole(record) if case.shown == Case.Shown.OPEN else _summary(record),
    )


def _whole(record: Record) -> dict[str, str]:
    words = (
        record.decision,
        record.reasons,
        record.rejected,
        declared(record.interests),
        declared(record.dispensation),
        record.conditions or "None",
        record.dissent or "None",
    )
    return dict(zip(PARTS, words, strict=True))


def _summary(record: Record) -> dict[str, str]:
    return dict.fromkeys(PARTS, WITHHELD) | {PARTS[0]: record.decision}
