"""Annual billing as its pages show it: what a preview found, beside last year and the taxbase."""

from dataclasses import dataclass, field
from datetime import date

from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, figures, laws
from borough.rules import money, years


@dataclass(frozen=True, slots=True)
class Findings:
    """What a preview comes to.

    Attributes:
        now: by band, the accounts and the pence of each step.
        tried: the same with one choice different, or empty.
        last: by band, last year's accounts and pence.
        taxbase_tenths: line 26 of the return of the day, or None where it cannot be counted.
        set_aside: account ids that cannot be billed, with the reason.
    """

    year: years.Year
    now: figures.Figures
    tried: figures.Figures
    last: dict[str, list[int]]
    taxbase_tenths: int | None
    set_aside: list[tuple[int, str]]
    what_if: dict[str, object] = field(default_factory=dict)

    @property
    def due_pence(self) -> int:
        """What the year comes to."""
        return total(self.now, "due")

    @property
    def last_pence(self) -> int:
        """What last year's newest notices came to."""
        return sum(pence for _, pence in self.last.values())

    @property
    def tried_pence(self) -> int:
        """What the year would come to with the other choice."""
        return total(self.tried, "due")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The preview beside the taxbase: the charge before reductions, as so many Band D dwellings."""

    band_d_pence: int
    net_pence: int
    equivalents_tenths: int


def findings(run: Run) -> Findings:
    """Return what a preview found, from its parts."""
    year = years.Year.named(run.asked["year"])
    *parts, beside = [part.result for part in run.parts.order_by("number")]
    what_if = run.asked.get("what_if")
    return Findings(
        year=year,
        now=figures.added(part["figures"][0] for part in parts),
        tried=figures.added(part["figures"][1] for part in parts) if what_if else {},
        last=beside["last"],
        taxbase_tenths=beside["taxbase_tenths"],
        set_aside=[(number, reason) for part in parts for number, reason in part["set_aside"]],
        what_if=what_if or {},
    )


def compared(found: Findings) -> Comparison:
    """Return what is charged after discounts and premiums, in Band D dwellings.

    It is the same arithmetic as line 26 of the return, of every day of the year instead of one.
    """
    amounts = laws.of(found.year).amounts
    band_d = int(amounts.parts.sum(axis=0)[3])
    net = found.due_pence + total(found.now, "reduction") + total(found.now, "relief")
    return Comparison(band_d, net, money.pence(10 * net, band_d))


def total(some: figures.Figures, step: str) -> int:
    """Return a step's pence (or the accounts) over all bands."""
    return sum(row[step] for row in some.values())


def choices(year: years.Year) -> dict[str, str]:
    """Return the council's own choices that are one whole number, by slug, with their titles."""
    law = laws.of(year)
    return {
        name: law.values.sheet[name].title
        for name in ("second_home_premium_percent", "class_d_discount_percent")
        if isinstance(law.values[name], int)
    }


def years_known(on: date) -> list[years.Year]:
    """Return the years around ``on`` whose figures are loaded, oldest first."""
    now = years.Year.holding(on)
    known = []
    for first in range(now.first - 1, now.first + 3):
        try:
            laws.of(years.Year(first))
        except laws.LawNotKnown:
            continue
        known.append(years.Year(first))
    return known


def billing_of(year: years.Year) -> Run | None:
    """Return the run that billed a year, or bills it now."""
    return Run.objects.filter(key=f"{annual.BILLING}/{year.name}").first()


def previews(limit: int = 20) -> list[Run]:
    """Return the newest previews."""
    return list(Run.objects.filter(kind=annual.PREVIEW).order_by("-id")[:limit])
