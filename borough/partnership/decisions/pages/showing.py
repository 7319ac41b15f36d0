"""How forecasts read: in the unit of their measure, though it be counted here no more."""

from borough.partnership.measures import definitions, wording

WHOLE = 10_000


def title(slug: str) -> str:
    """Return what a measure is called; its slug where no service counts it any more."""
    measure = definitions.measures().get(slug)
    return measure.title if measure else slug


def value(slug: str, hundredths: int | None) -> str:
    """Return a value of a measure, in hundredths of its unit, as it is read."""
    measure = definitions.measures().get(slug)
    return wording.value(measure, hundredths) if measure else f"{(hundredths or 0) / 100:,.2f}"


def brier(ten_thousandths: int) -> str:
    """Return a Brier score as it is read: "0.04"; 0.00 is the best, 1.00 the worst."""
    return f"{ten_thousandths / WHOLE:.2f}"
