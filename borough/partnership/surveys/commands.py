"""Taking in answers and how many were asked; inviting people to answer; answering."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from borough.kernel import commanding, feeds
from borough.kernel.facts import commands as facts
from borough.partnership.files import taking
from borough.partnership.files.models import File
from borough.partnership.surveys import capabilities, codes, models, queries

ANSWERS, INVITATIONS = "surveys.answers", "surveys.invitations"
LAYOUTS = feeds.layouts(Path(__file__).parent / "layouts")
MOST_INVITED = 5_000
_FIRST_DAY = date(2000, 1, 1)
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,40}")  # so that no name and no address can stand in it
_AT_ONCE = 5_000


class TooMany(commanding.Refusal):
    """More invitations than are made at once, or none."""


class NoSuchInvitation(commanding.Refusal):
    """No invitation has this code, or it is over."""


class AnsweredAlready(commanding.Refusal):
    """The invitation was answered."""


@commanding.command(capabilities.LOAD_ANSWERS)
def load_answers(
    *, content: bytes, title: str, source: str, by: commanding.Actor, on: date
) -> File:
    """Take in answers from a survey system: CSV of Reference, Service, Day, Rating, Asked by.

    Raises:
        taking.TakenAlready, taking.NothingNew, taking.NotNamed, feeds.UnreadableFile: see there.
    """

    def check(rows: Sequence[feeds.Row]) -> Iterator[str]:
        references = [row.values["reference"] for row in rows]
        known = models.Answer.objects.filter(reference__in=references)
        seen = set(known.values_list("reference", flat=True))
        for row in rows:
            reference, rating = row.values["reference"], row.values["rating"]
            fault = _fault(row, on)
            if not _REFERENCE.fullmatch(reference):
                fault = "Reference must be letters, figures and hyphens alone, 40 at most"
            elif rating not in models.Rating.values:
                fault = "Rating must be from 1, very dissatisfied, to 5, very satisfied"
            yield fault or ("This answer was taken before" if reference in seen else "")
            if not fault:
                seen.add(reference)

    def keep(file: File, rows: Sequence[feeds.Row]) -> None:
        answers = [models.Answer(file=file, **row.values) for row in rows]
        models.Answer.objects.bulk_create(answers, batch_size=_AT_ONCE)

    sort = taking.Sort(ANSWERS, LAYOUTS["answers"], check, keep)
    return taking.take(sort, content, title=title, source=source, by=by, on=on)


@commanding.command(capabilities.LOAD_ANSWERS)
def load_invitations(
    *, content: bytes, title: str, source: str, by: commanding.Actor, on: date
) -> File:
    """Take in how many were asked: CSV of Service, Day, Asked by, Invited.

    Raises:
        taking.TakenAlready, taking.NothingNew, taking.NotNamed, feeds.UnreadableFile: see there.
    """

    def check(rows: Sequence[feeds.Row]) -> Iterator[str]:
        days = [row.values["on"] for row in rows]
        known = models.Asked.objects.filter(on__in=days)
        seen = set(known.values_list("service", "way", "on"))
        for row in rows:
            key = tuple(row.values[name] for name in ("service", "way", "on"))
            fault = _fault(row, on)
            if not 0 < row.values["count"] < 10**6:
                fault = "Invited must be from 1 to 999,999"
            yield fault or ("That day was taken before" if key in seen else "")
            if not fault:
                seen.add(key)

    def keep(file: File, rows: Sequence[feeds.Row]) -> None:
        asked = [models.Asked(file=file, **row.values) for row in rows]
        models.Asked.objects.bulk_create(asked, batch_size=_AT_ONCE)

    sort = taking.Sort(INVITATIONS, LAYOUTS["invitations"], check, keep)
    return taking.take(sort, content, title=title, source=source, by=by, on=on)


@commanding.command(capabilities.INVITE)
def invite(
    *,
    service: models.Service,
    way: models.Way,
    count: int,
    by: commanding.Actor,
    on: date,
) -> list[str]:
    """Make invitations; return their codes, which are kept nowhere else.

    Raises:
        TooMany: more than 5,000 at once, or none.
    """
    if not 0 < count <= MOST_INVITED:
        raise TooMany(f"Make from 1 to {MOST_INVITED:,} invitations at once.")
    made = [codes.make() for _ in range(count)]
    models.Invitation.objects.bulk_create(
        [
            models.Invitation(
                digest=codes.digest(one), service=service, way=way, on=on, by=by.reference
            )
            for one in made
        ],
        batch_size=_AT_ONCE,
    )
    facts.record("partnership.invited", by=by, on=on, count=count, service=service.value)
    return made


@commanding.command(capabilities.ANSWER)
def answer(*, code: str, rating: models.Rating, by: commanding.Actor, on: date) -> models.Answer:
    """Answer an invitation, once.

    Raises:
        NoSuchInvitation: no invitation has this code, or it is older than 90 days.
        AnsweredAlready: it was answered; the first answer stays.
    """
    found = queries.invitation(code, on)
    if found is None:
        raise NoSuchInvitation(queries.UNKNOWN)
    made, is_new = models.Answer.objects.get_or_create(
        invitation=found,
        defaults={"service": found.service, "way": found.way, "on": on, "rating": rating},
    )
    if not is_new:
        raise AnsweredAlready(queries.ANSWERED)
    facts.record("partnership.answered", thing=found.thing, by=by, on=on)
    return made


def _fault(row: feeds.Row, on: date) -> str:
    values = row.values
    if values["service"] not in models.Service.values:
        return f"Service must be one of {', '.join(models.Service.values)}"
    if values["way"] not in models.Way.values:
        return f"Asked by must be one of {', '.join(models.Way.values)}"
    if not _FIRST_DAY <= values["on"] <= on:
        return "Day must be today or before, and not before 2000"
    return ""
