"""``borough town silos``: the files of the separate systems, from the command line."""

from pathlib import Path

from rich.console import Console

from borough.kernel import clock
from borough.town import models, silos, watching
from borough.town.plan import LEAST_DWELLINGS
from borough.town.silos import writing

DWELLINGS, SEED = 2_000, 2026


def main(folder: str, dwellings: int | None, seed: int | None) -> int:
    """Write the files of the town that is furnished here, or of another (dwellings, seed).

    Returns:
        0 when they are written, 2 when the town is too small.
    """
    console = Console(stderr=True)
    here = models.Town.objects.first()
    on = here.on if here and seed is None else clock.today()
    dwellings = dwellings or (here.dwellings if here else DWELLINGS)
    seed = seed if seed is not None else (here.seed if here else SEED)
    if dwellings < LEAST_DWELLINGS:
        console.print(f"borough: A town needs at least {LEAST_DWELLINGS} dwellings.")
        return 2
    steps = watching.Steps(console)
    with steps(f"The services of a town of {dwellings:,} (seed {seed})", dwellings):
        drawn = silos.draw(dwellings, seed, on)
    with steps("Their files", sum(len(silo.keys) for silo in drawn)):
        written = writing.write(Path(folder), drawn, seed=seed, on=on)
    for one in written:
        console.print(f"  {one.name:<30}{one.rows:>9,} rows {one.pence / 100:>16,.2f} pounds")
    memory = watching.peak_megabytes()
    console.print(f"Written in {steps.seconds:.1f} s, at most {memory:,} MB. Nobody in it is real.")
    return 0
