"""One entry of the list of staff: whether it fits what the list says already, and keeping it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from borough.partnership.files.models import File
from borough.partnership.promises import models, staff

FIRST_DAY = date(1960, 1, 1)
LONGEST, FULL_TIME = 80, 100
AT_ONCE = 5_000
_NUMBER = re.compile(r"[A-Z]{1,4}-?[0-9]{1,6}")  # no name and no National Insurance number fits
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_WARD = re.compile(r"[EWSN][0-9]{8}")
_YES = {"yes": True, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """A post that somebody works in, as it was told."""

    number: str
    post: str
    fte_hundredths: int
    postcode: str
    starts: date
    ends: date | None = None
    why: str = ""
    ward: str = ""
    transferred_on: date | None = None
    pension: str = ""
    protected: str = ""


@dataclass(slots=True)
class Known:
    """What the list says of a number."""

    transferred_on: date | None
    spells: dict[date, tuple[date | None, tuple[Any, ...]]] = field(default_factory=dict)


def entry(values: Mapping[str, Any]) -> Entry:
    """Return what a row of a file tells, its empty cells as none."""
    texts = ("why", "ward", "pension", "protected")
    told = {**values, **{name: (values[name] or "").strip() for name in texts}}
    told["postcode"] = staff.postcode(told["postcode"])
    return Entry(**told)


def known() -> dict[str, Known]:
    """Return what the list says, by number."""
    found = {one.number: Known(one.transferred_on) for one in models.Member.objects.all()}
    for one in models.Spell.objects.select_related("member"):
        found[one.member.number].spells[one.starts] = (one.ends, _what(one))
    return found


def fault_of(told: Entry, known: dict[str, Known]) -> str:
    """Say why an entry cannot be taken, or ""; what can is known from then on."""
    fault = _fault_by_itself(told)
    if fault:
        return fault
    is_new = told.number not in known
    of = known.setdefault(told.number, Known(told.transferred_on))
    fault = "" if is_new else _fault_beside(told, of)
    if not fault:
        of.spells[told.starts] = (told.ends, _what(told))
    elif is_new:
        del known[told.number]
    return fault


def keep(told: Sequence[Entry], *, file: File | None = None) -> list[models.Spell]:
    """Write down entries that can be taken: somebody new, another post, or the end of one."""
    members = _members(told)
    rows = models.Spell.objects.select_related("member")
    spells = {(one.member.number, one.starts): one for one in rows}
    new: list[models.Spell] = []
    for one in told:
        found = spells.get((one.number, one.starts))
        if found is None:
            found = _spell(one, members[one.number], file)
            spells[one.number, one.starts] = found
            new.append(found)
            continue
        found.ends, found.why = one.ends, one.why
        if found.pk is not None:
            found.save(update_fields=["ends", "why"])
    models.Spell.objects.bulk_create(new, batch_size=AT_ONCE)
    return [spells[one.number, one.starts] for one in told]


def _members(told: Sequence[Entry]) -> dict[str, models.Member]:
    """Return who is on the list, by number; those who are new to it are written down."""
    known = {one.number: one for one in models.Member.objects.all()}
    new = {
        one.number: models.Member(
            number=one.number,
            transferred_on=one.transferred_on,
            pension=one.pension,
            terms_protected=_YES[one.protected.lower()],
        )
        for one in reversed(told)  # what is told first of somebody counts
        if one.number not in known
    }
    models.Member.objects.bulk_create(reversed(new.values()), batch_size=AT_ONCE)
    return {**known, **new}


def _spell(told: Entry, member: models.Member, file: File | None) -> models.Spell:
    return models.Spell(
        member=member,
        starts=told.starts,
        post=told.post,
        fte_hundredths=told.fte_hundredths,
        postcode=told.postcode,
        ward=told.ward,
        ends=told.ends,
        why=told.why,
        file=file,
    )


def _what(told: Entry | models.Spell) -> tuple[Any, ...]:
    return told.post, told.fte_hundredths, told.postcode, told.ward


def _fault_by_itself(told: Entry) -> str:
    faults = {
        "Number must be letters and figures given for this list, like ST-0412: no name": (
            not _NUMBER.fullmatch(told.number)
        ),
        f"Post must be {LONGEST} characters or fewer": len(told.post) > LONGEST,
        "FTE must be more than 0 and at most 1.00": not 0 < told.fte_hundredths <= FULL_TIME,
        "Work postcode is no postcode": not _POSTCODE.fullmatch(told.postcode),
        "Work ward must be a code like E05000932": bool(
            told.ward and not _WARD.fullmatch(told.ward)
        ),
        "From must be a day from 1960 on": told.starts < FIRST_DAY,
        "Until must be after From": told.ends is not None and told.ends <= told.starts,
        f"Why left must be one of {', '.join(models.Spell.Why.values)}": (
            bool(told.why) and told.why not in models.Spell.Why.values
        ),
        "Until and Why left are told together, or neither is": (
            (told.ends is None) != (told.why == "")
        ),
        f"Pension must be one of {', '.join(models.Member.Pension.values)}": (
            bool(told.pension) and told.pension not in models.Member.Pension.values
        ),
        "Terms protected must be yes or no": told.protected.lower() not in _YES,
    }
    return next((sentence for sentence, is_wrong in faults.items() if is_wrong), "")


def _fault_beside(told: Entry, of: Known) -> str:
    """Say how an entry does not fit what is known of its number."""
    if told.transferred_on != of.transferred_on:
        return "The list says another day of transfer for this number"
    if told.starts in of.spells:
        ends, what = of.spells[told.starts]
        if what != _what(told):
            return "The list says otherwise of this post: end it, and begin another"
        if ends is not None or told.ends is None:
            same = (ends, what) == (told.ends, _what(told))
            return "It is on the list already" if same else "The list says that this post has ended"
    for starts, (ends, _) in of.spells.items():
        is_other = starts != told.starts
        if is_other and _overlap((starts, ends), (told.starts, told.ends)):
            return "It shares days with another post of the same number"
    return ""


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    (starts, ends), (begins, stops) = one, other
    return (stops is None or starts < stops) and (ends is None or begins < ends)
