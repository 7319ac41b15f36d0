"""What the pages of what help comes to show: a count of the outcomes that is done."""

from borough.resident.effect import commands, measuring
from tests import makers


def furnish() -> dict[str, str]:
    """Count the outcomes; return address parts. The claim and the quarter are yet to be counted."""
    by = makers.everything()
    run = commands.measure(count=measuring.OUTCOMES, by=by, on=makers.BILLING_DAY)
    measuring.carry_out(run, by=by)
    return {
        "effect/counts/<slug:count>": "fairness",
        "effect/runs/<int:number>": str(run.pk),
        "<slug:outcome>": "days",
        "effect/papers/<slug:paper>": "transparency",
    }
