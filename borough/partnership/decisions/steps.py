"""How far a case has come, as a list of steps, and where each step is done."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from borough.kernel.facts import sentences
from borough.kernel.pages import cells, components, wording
from borough.kernel.visits import Visit
from borough.partnership.decisions import models, queries
from borough.partnership.decisions.queries import Step
from borough.partnership.sealed import chain
from borough.partnership.seats import queries as seats
from borough.partnership.seats.models import Party

DONE = cells.Tag("Done", "green")
TO_DO = cells.Tag("To do", "blue")
LATER = "Cannot start yet"


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it, and the digest that binds it to all before."""

    words: str
    on: date
    digest: str


def party_of(visit: Visit) -> str:
    """Return for which partner the officer sits; "" for none."""
    seat = seats.seat_of(visit.actor, visit.today)
    return seat.party if seat else ""


def address(step: Step, one: queries.State) -> str:
    """Return where a step is done; "" where nothing is to be done."""
    of_pack = {
        Step.READ: "pack_read",
        Step.SEAL: "position",
        Step.ASK_AGAIN: "round_again",
        Step.HAND_IN: "hand_in",
    }
    if step in of_pack and one.pack:
        return reverse(f"partnership:{of_pack[step]}", args=[one.pack.pk])
    if step is Step.SIGN and one.record:
        return reverse("partnership:record_sign", args=[one.record.pk])
    of_case = {Step.FREEZE: "pack", Step.WRITE: "comparison"}
    if step in of_case:
        return reverse(f"partnership:{of_case[step]}", args=[one.case.pk])
    return ""


def stands(one: queries.State) -> cells.Tag:
    """Return in a word or two how far a case has come."""
    if one.is_decided:
        return cells.Tag("Decided", "green")
    if one.pack is None:
        return cells.Tag("Being prepared", "grey")
    if one.round and one.round.is_open:
        return cells.Tag("Opened", "blue")
    if one.round and one.round.sealed:
        return cells.Tag(f"{len(one.round.sealed)} of {len(queries.SIDES)} sealed", "yellow")
    return cells.Tag("Being read", "grey")


def tasks(one: queries.State, party: str, on: date) -> list[components.Task]:
    """Return the steps of a case for a partner, each with how it stands."""
    step = queries.next_step(one, party, on)
    return list(_tasks(one, party, step, on))


def _tasks(one: queries.State, party: str, step: Step, on: date) -> Iterator[components.Task]:
    case = one.case.pk
    frozen = one.pack is not None
    yield components.Task(
        "Freeze the information both have",
        DONE if frozen else TO_DO,
        reverse("partnership:pack", args=[case]) if not one.is_decided else "",
        "Papers, counts and assumptions. Frozen again with something new, both begin anew.",
    )
    yield _of_both(
        "Read it, and say that you have it",
        set(one.read),
        party,
        address(Step.READ, one) if step is Step.READ else "",
        may=frozen,
    )
    yield from _sealing(one, party, step, on)
    is_open = one.opened > 0
    yield components.Task(
        "Compare, and talk",
        (DONE if one.to_sign else TO_DO) if is_open else LATER,
        reverse("partnership:comparison", args=[case]) if one.was_opened else "",
    )
    yield components.Task(
        "Write the joint record",
        (DONE if one.to_sign else TO_DO) if is_open else LATER,
        reverse("partnership:record", args=[case]) if is_open and not one.is_decided else "",
    )
    signed = one.signed
    by = {
        side.value
        for side, each in (
            (Party.COUNCIL, signed and signed.council),
            (Party.PARTNER, signed and signed.partner),
        )
        if each
    }
    href = address(Step.SIGN, one) if step in {Step.SIGN, Step.DONE, Step.WAIT_SIGN} else ""
    title = "Sign the joint record" if step is Step.SIGN else "The joint record, and who signed it"
    yield _of_both(title, by, party, href, may=one.to_sign is not None)


def _sealing(one: queries.State, party: str, step: Step, on: date) -> Iterator[components.Task]:
    state = one.round
    sealed = set(state.sealed) if state else set()
    hint = f"Until the end of {wording.day(state.round.closes)}." if state else ""
    if state and state.round.number > 1:
        hint = f"Round {state.round.number}. {hint}"
    if state and state.is_over(on):
        href = address(Step.ASK_AGAIN, one)
        yield components.Task("Seal what you think", cells.Tag("Too late", "red"), href, hint)
        return
    href = address(Step.SEAL, one) if step is Step.SEAL else ""
    may = len(one.read) == len(queries.SIDES)
    yield _of_both("Seal what you think", sealed, party, href, may=may, hint=hint)
    if one.case.mode == "split":
        handed = set(state.handed_in) if state else set()
        href = address(Step.HAND_IN, one) if step is Step.HAND_IN else ""
        may = state is not None and state.all_sealed
        yield _of_both("Hand in what you sealed", handed, party, href, may=may)


def _of_both(
    title: str, have: set[str], party: str, href: str, *, may: bool, hint: str = ""
) -> components.Task:
    status: str | cells.Tag = TO_DO
    if not may:
        status = LATER
    elif len(have) == len(queries.SIDES):
        status = DONE
    elif party in have or not party:
        missing = [side for side in queries.SIDES if side not in have]
        whom = f"the {missing[0]}" if len(missing) == 1 else "both"
        status = cells.Tag(f"Waiting for {whom}", "yellow")
    return components.Task(title, status, href, hint)


def papers_outside(one: queries.State) -> list[models.Paper]:
    """Return the papers that came after the information was frozen."""
    if one.pack is None:
        return []
    frozen = [paper["sha256"] for paper in one.pack.told["papers"]]
    return list(one.case.papers.exclude(sha256__in=frozen).order_by("title"))


def history(of: str) -> list[Told]:
    """Return what happened to the thing of a chain, the first first."""
    told = []
    for one in chain.told(of):
        event = json.loads(one.text)
        words = sentences.tell(event["what"], event["detail"])
        told.append(Told(words, date.fromisoformat(event["on"]), broken(one.digest)))
    return told


def broken(digest: str) -> str:
    """Return a digest in groups of eight, which breaks on a narrow screen and is read out well."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def counted(count: dict[str, Any] | None) -> str:
    """Return a frozen count as it is read."""
    if count is None:
        return "never counted"
    as_at = wording.day(date.fromisoformat(count["as_at"]))
    if count["numerator"] is None:
        return f"no data, as at {as_at}"
    return f"{count['numerator']:,} of {count['denominator']:,}, as at {as_at}"
