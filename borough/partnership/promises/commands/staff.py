"""The list of staff: taking it in from a file or a form, and saying that somebody left."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from borough.kernel import commanding, feeds
from borough.kernel.facts import commands as facts
from borough.partnership.files import taking
from borough.partnership.files.models import File
from borough.partnership.promises import capabilities, listing, locking, models

STAFF, TRAINING = "promises.staff", "promises.training"
LAYOUTS = feeds.layouts(Path(__file__).parents[1] / "layouts")
MOST_HOURS = 2_400


class NotOnTheList(commanding.Refusal):
    """It does not fit what the list says; the sentence says how."""


class NotADay(commanding.Refusal):
    """The day is to come too far, or not after the day on which the post began."""


class LeftAlready(commanding.Refusal):
    """The post has ended."""


@commanding.command(capabilities.RECORD_STAFF)
def load_staff(*, content: bytes, title: str, source: str, by: commanding.Actor, on: date) -> File:
    """Take in the list of staff, a row for each post; a newer list may end what was open.

    Raises:
        taking.TakenAlready, taking.NothingNew, taking.NotNamed, feeds.UnreadableFile: see there.
    """
    locking.one_at_a_time()

    def check(rows: Sequence[feeds.Row]) -> Iterator[str]:
        known = listing.known()
        for row in rows:
            yield listing.fault_of(listing.entry(row.values), known)

    def keep(file: File, rows: Sequence[feeds.Row]) -> None:
        listing.keep([listing.entry(row.values) for row in rows], file=file)

    sort = taking.Sort(STAFF, LAYOUTS["staff"], check, keep)
    return taking.take(sort, content, title=title, source=source, by=by, on=on)


@commanding.command(capabilities.RECORD_STAFF)
def record_work(*, entry: listing.Entry, by: commanding.Actor, on: date) -> models.Spell:
    """Record that somebody works in a post; a new number is somebody new.

    Raises:
        NotOnTheList: it does not fit what the list says of that number.
    """
    locking.one_at_a_time()
    fault = listing.fault_of(entry, listing.known())
    if fault:
        raise NotOnTheList(f"{fault}.")
    [made] = listing.keep([entry])
    facts.record(
        "partnership.work_recorded", thing=made.member.thing, by=by, on=on, starts=made.starts
    )
    return made


@commanding.command(capabilities.RECORD_STAFF)
def end_work(
    *,
    spell: models.Spell,
    ends: date,
    why: models.Spell.Why,
    by: commanding.Actor,
    on: date,
) -> None:
    """Say from which day somebody works in a post no more, and why; a day to come is notice given.

    Raises:
        LeftAlready: it was said before.
        NotADay: it is not after the first day of the post.
    """
    spell = models.Spell.objects.select_for_update(of=("self",)).get(pk=spell.pk)
    if spell.ends is not None:
        raise LeftAlready("This post has ended already.")
    if ends <= spell.starts:
        raise NotADay("The day must be after the first day of the post.")
    spell.ends, spell.why = ends, why
    spell.save(update_fields=["ends", "why"])
    facts.record("partnership.work_ended", thing=spell.member.thing, by=by, on=on, ends=ends)


@commanding.command(capabilities.RECORD_STAFF)
def load_training(
    *, content: bytes, title: str, source: str, by: commanding.Actor, on: date
) -> File:
    """Take in records of training: CSV of Number, Day, Course, Hours.

    Raises:
        taking.TakenAlready, taking.NothingNew, taking.NotNamed, feeds.UnreadableFile: see there.
    """
    members = {one.number: one for one in models.Member.objects.all()}

    def check(rows: Sequence[feeds.Row]) -> Iterator[str]:
        days = [row.values["on"] for row in rows]
        known = models.Training.objects.filter(on__in=days)
        seen = set(known.values_list("member__number", "on", "course"))
        for row in rows:
            key = tuple(row.values[name] for name in ("number", "on", "course"))
            fault = _training_fault(row.values, members, on)
            yield fault or ("That course of that day was taken before" if key in seen else "")
            if not fault:
                seen.add(key)

    def keep(file: File, rows: Sequence[feeds.Row]) -> None:
        models.Training.objects.bulk_create(
            [
                models.Training(
                    file=file,
                    member=members[row.values["number"]],
                    **{name: row.values[name] for name in ("on", "course", "hours_hundredths")},
                )
                for row in rows
            ],
            batch_size=5_000,
        )

    sort = taking.Sort(TRAINING, LAYOUTS["training"], check, keep)
    return taking.take(sort, content, title=title, source=source, by=by, on=on)


def _training_fault(
    values: Mapping[str, Any], members: Mapping[str, models.Member], on: date
) -> str:
    if values["number"] not in members:
        return "Number is not on the list of staff"
    if not listing.FIRST_DAY <= values["on"] <= on:
        return "Day must be today or before"
    if len(values["course"]) > listing.LONGEST or re.search(r"[@]", values["course"]):
        return "Course must be the name of a course, 80 characters at most"
    if not 0 < values["hours_hundredths"] <= MOST_HOURS:
        return "Hours must be more than none and at most 24"
    return ""
