"""Placing debts with enforcement agents: one officer prepares, another commits."""

import re
from datetime import date
from uuid import uuid4

from borough.kernel import commanding
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import agent_layouts, capabilities, models, placing

_SHORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class UnknownLayout(commanding.Refusal):
    """No layout has that name."""


class NotAFirm(commanding.Refusal):
    """An agent is a firm, recorded once."""


class NotPreviewed(commanding.Refusal):
    """The preview is not finished, or is too old to act on."""


class SamePerson(commanding.Refusal):
    """Whoever prepared a placing may not commit it."""


class NothingToPlace(commanding.Refusal):
    """No debt is free to be placed."""


@commanding.command(capabilities.COMMIT_PLACING)
def record_agent(
    *, person: Person, slug: str, layout: str, by: commanding.Actor, on: date
) -> models.Agent:
    """Record a firm of enforcement agents that debts may be placed with.

    Raises:
        NotAFirm: it is no organisation, or is recorded already.
        UnknownLayout: no layout has that name.
    """
    if person.kind != Person.Kind.ORGANISATION:
        raise NotAFirm("An enforcement agent is recorded as the firm that is instructed.")
    if not _SHORT_NAME.fullmatch(slug):
        raise NotAFirm("The short name takes small letters, figures and hyphens, 40 at most.")
    if models.Agent.objects.filter(slug=slug).exists():
        raise NotAFirm("That firm is recorded already.")
    if layout not in agent_layouts.layouts():
        raise UnknownLayout(f"There is no layout “{layout}”. Add its file to the layouts first.")
    agent = models.Agent.objects.create(person=person, slug=slug, layout=layout)
    facts.record(
        "revenues.agent_recorded",
        about=[person.pk],
        thing=f"revenues.agent/{agent.pk}",
        by=by,
        on=on,
    )
    return agent


@commanding.command(capabilities.PREPARE_PLACING)
def prepare_placing(*, agent: models.Agent, by: commanding.Actor, on: date) -> Run:
    """Ask which debts could be placed with an agent today, and why not the others."""
    return runs.ask(
        placing.PREVIEW,
        f"{placing.PREVIEW}/{uuid4().hex}",
        asked={"agent": agent.slug},
        parts=1,
        by=by,
        on=on,
    )


@commanding.command(capabilities.COMMIT_PLACING)
def commit_placing(*, preview: Run, by: commanding.Actor, on: date) -> Run:
    """Place what a colleague's preview of today found free; all of it is asked again.

    Raises:
        NotPreviewed: the preview has not ended, or is of another day.
        SamePerson: the same officer prepared it.
        NothingToPlace: nothing is free.
        runs.AlreadyAsked: it was committed before.
    """
    if preview.kind != placing.PREVIEW or not preview.endings.filter(outcome="done").exists():
        raise NotPreviewed("The preview is not finished. Wait until it is, then look at it.")
    if preview.on != on:
        raise NotPreviewed("The preview is of another day. Prepare it again, for much may change.")
    if preview.by == by.reference:
        raise SamePerson("You prepared this. Ask a colleague to look at it and commit it.")
    free = [[account, year] for account, _, year, _ in placing.free_of(preview)]
    if not free:
        raise NothingToPlace("No debt is free to be placed. The preview says why.")
    parts = [free[at : at + placing.PART] for at in range(0, len(free), placing.PART)]
    run = runs.ask(
        placing.PLACING,
        f"{placing.PLACING}/{preview.pk}",
        asked={"agent": preview.asked["agent"], "parts": parts, "preview": preview.pk},
        parts=len(parts) + 1,  # and the file
        by=by,
        on=on,
    )
    facts.record("revenues.placing_committed", thing=f"run/{run.pk}", by=by, on=on)
    return run
