"""Where a figure stands in every loaded set of councils: never one set alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from django.conf import settings
from django.db.models import Q

from borough.partnership.files.models import File
from borough.partnership.peers import commands, models
from borough.rules.partnership import quartiles

METHODS: tuple[quartiles.Method, ...] = get_args(quartiles.Method)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a figure stands in one set of councils.

    Attributes:
        title: of the set; source: where its figures were published, and when.
        year: of which the figures are.
        count: of councils of the set whose figure is known.
        ties: how many of them, besides ourselves, have the very same figure.
        points: the quartiles by each method, in hundredths; None among fewer than twelve.
        quarter: by each method, 1 the best; None among too few, or where ours is not known.
    """

    title: str
    source: str
    year: str
    count: int
    ties: int
    points: Mapping[str, quartiles.Quartiles | None]
    quarter: Mapping[str, int | None]

    @property
    def is_top(self) -> bool:
        """It is in the best quarter, whichever way the quarters are drawn."""
        return all(self.quarter[method] == 1 for method in METHODS)

    @property
    def depends_on_method(self) -> bool:
        """The two ways of drawing quarters put it in different ones."""
        return len(set(self.quarter.values())) > 1


def years_of(measure: str) -> list[str]:
    """Return the years of which any figure of a measure is loaded, the newest first."""
    found = models.Figure.objects.filter(measure=measure).values_list("year", flat=True)
    return sorted(set(found), reverse=True)


def standings(
    measure: str, year: str, own_hundredths: int | None, *, higher_is_better: bool
) -> list[Standing]:
    """Return where a figure stands among each loaded set of councils that has figures of a year."""
    rows = models.Figure.objects.filter(measure=measure, year=year)
    figures = {one.code: one for one in rows.select_related("file").order_by("file_id")}
    by_file: dict[int, list[models.Figure]] = {}
    for one in rows:
        by_file.setdefault(one.file_id, []).append(one)
    found = []
    for file in sets(by_file).values():
        if file.kind == commands.FIGURES:
            mine, source = by_file.get(file.pk, []), file.source
        else:
            mine = [figures[one.code] for one in file.members.all() if one.code in figures]
            published = sorted({one.file.source for one in mine})
            source = "; ".join([file.source, *published])
        if mine:
            found.append(
                _standing(
                    (file.title, source, year),
                    mine,
                    own_hundredths,
                    higher_is_better=higher_is_better,
                )
            )
    return found


def sets(figures: Collection[int]) -> dict[str, File]:
    """Return the newest of these files of figures and of all lists, by title.

    A file of another measure or of a later year, called the same, takes no place of these.
    """
    wanted = Q(pk__in=figures) | Q(kind=commands.MEMBERS)
    rows = File.objects.filter(wanted).prefetch_related("members").order_by("pk")
    newest = {one.title: one for one in rows}
    return dict(sorted(newest.items()))


def _standing(
    of: tuple[str, str, str], mine: list[models.Figure], own: int | None, *, higher_is_better: bool
) -> Standing:
    title, source, year = of
    figures = [Fraction(one.hundredths) for one in mine]
    others = [one.hundredths for one in mine if one.code != settings.AUTHORITY_CODE]
    quarter: dict[str, int | None] = dict.fromkeys(METHODS)
    if own is not None:
        for method in METHODS:
            [quarter[method]] = quartiles.standing(
                Fraction(own), {title: figures}, higher_is_better=higher_is_better, method=method
            ).values()
    return Standing(
        title=title,
        source=source,
        year=year,
        count=len(mine),
        ties=0 if own is None else others.count(own),
        points={method: quartiles.quartiles(figures, method) for method in METHODS},
        quarter=quarter,
    )
