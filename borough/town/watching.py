"""Showing and timing the steps of the furnishing."""

import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

KILOBYTES_A_MEGABYTE = 1024
WORTH_A_LINE_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Step:
    """What was done: ``rows`` rows in ``seconds``."""

    title: str
    rows: int
    seconds: float


@dataclass
class Steps:
    """Shows each step on the console as it ends, and keeps what it took."""

    console: Console
    done: list[Step] = field(default_factory=list)

    @contextmanager
    def __call__(self, title: str, rows: int) -> Iterator[None]:
        """Do one step."""
        begun = time.perf_counter()
        with self.console.status(f"{title} ({rows:,})"):
            yield
        took = time.perf_counter() - begun
        self.done.append(Step(title, rows, took))
        if took < WORTH_A_LINE_SECONDS:
            return
        self.console.print(f"  {title:<38}{rows:>11,} {took:>7.1f} s", highlight=False)

    @property
    def seconds(self) -> float:
        """All seconds so far."""
        return sum(step.seconds for step in self.done)


@contextmanager
def days(console: Console, count: int) -> Iterator[Callable[[date], None]]:
    """Show a bar that moves on with each day that has passed; in a file, a line a month."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=count)

        def passed(on: date) -> None:
            bar.update(task, advance=1, description=f"{on.day} {on:%B %Y}")
            if on.day == 1 and not console.is_terminal:
                taken = bar.tasks[task].elapsed or 0
                console.print(f"{on.day} {on:%B %Y}, after {taken:,.0f} s", highlight=False)

        yield passed


@contextmanager
def timed(seconds: Counter[str], title: str) -> Iterator[None]:
    """Add the seconds of what is done to its title."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        seconds[title] += time.perf_counter() - begun  # type: ignore[assignment]


def peak_megabytes() -> int:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES_A_MEGABYTE
