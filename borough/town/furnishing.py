"""Furnishing the made-up town: all of it in one transaction, so a killed attempt leaves nothing."""

from contextlib import suppress
from datetime import date

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string
from rich.console import Console

from borough.kernel import clock, furnishing, joining
from borough.kernel.facts import delivering
from borough.kernel.ledger import chart
from borough.kernel.officers.models import Officer
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.kernel.runs import commands as runs
from borough.kernel.runs import statistics
from borough.rules import years
from borough.town import (
    hardship,
    lives,
    loading,
    models,
    plan,
    sign_ins,
    tasks,
    visitors,
    watching,
)
from borough.town.silos import opening
from borough.town.story import telling

LOCK = 20_250_310  # one furnishing at a time, whoever asks


class NotEmpty(Exception):
    """The database holds people, places or officers that are not of an invented town."""


def main(dwellings: int, seed: int) -> int:
    """Furnish the town unless there is one; tell it on the console.

    Returns:
        0 when the town stands, 2 when it cannot be furnished here.
    """
    console = Console(stderr=True)
    standing = models.Town.objects.first()
    if standing:
        console.print(f"There is a town already: {standing}, seed {standing.seed}.")
        _leave_to_the_worker()
        return 0
    if not settings.TOWN_IS_INVENTED:
        console.print("borough: a live installation is not furnished with invented people.")
        return 2
    console.print(f"Furnishing an invented town of {dwellings:,} dwellings (seed {seed}).")
    steps = watching.Steps(console)
    try:
        furnish(dwellings, seed, on=clock.today(), progress=steps)
    except (NotEmpty, ValueError) as error:
        console.print(f"borough: {error}", soft_wrap=True, highlight=False)
        return 2
    memory = watching.peak_megabytes()
    console.print(f"Furnished in {steps.seconds:.1f} s, at most {memory:,} MB.", highlight=False)
    _leave_to_the_worker()
    return 0


def furnish(dwellings: int, seed: int, *, on: date, progress: furnishing.Progress) -> None:
    """Furnish an empty database with the town of (dwellings, seed), all of it or nothing.

    Raises:
        NotEmpty: somebody is recorded here who is not of an invented town.
        ValueError: too few dwellings for a town.
    """
    with transaction.atomic():
        _alone()
        if models.Town.objects.exists():
            return
        _refuse_the_real()
        with progress("The plan of the town", dwellings):
            planned = plan.draw(dwellings, seed)
            drawn = lives.draw(planned, on)
        with progress("Officers, and the ledger's years", len(visitors.ALL)):
            sign_ins.create(years.Year.holding(on).preceding.starts)  # at work since last year
            _open_books(on)
            hardship.load(on)
        town = loading.load(planned, drawn, on, progress)
        for line in joining.lines():
            if line.furnish:
                import_string(line.furnish)(town, progress)
        for floor in joining.floors():
            if floor.furnish:
                import_string(floor.furnish)(town, progress)
        _follow(town, progress)
        with progress("A resident who signs in", 1):
            sign_ins.create_resident(on)
        models.Town.objects.create(seed=seed, dwellings=dwellings, on=on, furnished_at=clock.now())
        with progress("Every reference checked", dwellings):
            _check_references()
        statistics.take()


def _follow(town: furnishing.Town, progress: furnishing.Progress) -> None:
    """Let each hear what the others did, make of it what it would, and be heard in turn."""
    delivering.deliver()
    for card in joining.cards():
        if card.furnish_last:
            import_string(card.furnish_last)(town, progress)
    delivering.deliver()


def _leave_to_the_worker() -> None:
    """Leave to the worker, once, what a visitor need not wait for: the silos, and the story."""
    # Who struggles, and so what is owed to others, follows how Council Tax is paid.
    if apps.is_installed("borough.lines.revenues"):
        with suppress(runs.AlreadyAsked), transaction.atomic():
            tasks.open_silos.defer(run_id=opening.ask().pk)
    with suppress(runs.AlreadyAsked), transaction.atomic():
        tasks.tell_story.defer(run_id=telling.ask().pk)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _refuse_the_real() -> None:
    if any(model.objects.exists() for model in (Person, Dwelling, Officer)):
        raise NotEmpty(
            "people, places or officers are recorded here already. Furnish an empty database: "
            "set BOROUGH_HOME to another folder, or DATABASE_URL to another database."
        )


def _check_references() -> None:
    """Check now what the database would check as the transaction ends, so that it is seen."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _open_books(on: date) -> None:
    """Open the year before, this year and the next: bills go out before their year begins."""
    chart.lay_chart()
    this = years.Year.holding(on).first
    for first in (this - 1, this, this + 1):
        chart.open_year(years.Year(first))
