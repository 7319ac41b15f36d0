"""Loading what other councils published, and lists of councils to be compared with."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from borough.kernel import commanding, feeds, joining
from borough.partnership.files import taking
from borough.partnership.files.models import File
from borough.partnership.peers import capabilities, models
from borough.rules import years

FIGURES, MEMBERS = "peers.figures", "peers.members"
LAYOUTS = feeds.layouts(Path(__file__).parent / "layouts")
_CODE = re.compile(r"[EWSN][0-9]{8}")
_AT_ONCE = 5_000
_LONGEST_NAME = 80


class NoSuchMeasure(commanding.Refusal):
    """No service declares it."""


@commanding.command(capabilities.LOAD_PEERS)
def load(
    *,
    content: bytes,
    measure: str | None,
    title: str,
    source: str,
    by: commanding.Actor,
    on: date,
) -> File:
    """Load figures that councils published, or a list of councils to be compared with.

    Args:
        content: CSV of ``ons_code, council, year, rate_pct``, or of ``gss_code, name``; other
            columns are not read.
        measure: slug of the measure that the figures are of, in its unit; None for a list, whose
            figures come from files of figures.
        title: what the set is called; a newer file of the same title takes its place.
        source: the published statistic and when it was published: the vintage.
        by: who loads it.
        on: today.

    Raises:
        NoSuchMeasure: no service declares the measure.
        taking.TakenAlready, taking.NothingNew, taking.NotNamed, feeds.UnreadableFile: see there.
    """
    if measure is None:
        sort = taking.Sort(MEMBERS, LAYOUTS["members"], _once(("code",)), _keep_members)
        return taking.take(sort, content, title=title, source=source, by=by, on=on)
    if measure not in {one.slug for card in joining.cards() for one in card.measures}:
        raise NoSuchMeasure("No service declares this measure. Choose one of the list.")

    def keep(file: File, rows: Sequence[feeds.Row]) -> None:
        figures = [models.Figure(file=file, measure=measure, **one.values) for one in rows]
        models.Figure.objects.bulk_create(figures, batch_size=_AT_ONCE)

    sort = taking.Sort(FIGURES, LAYOUTS["figures"], _once(("code", "year")), keep)
    return taking.take(sort, content, title=title, source=source, by=by, on=on)


def _keep_members(file: File, rows: Sequence[feeds.Row]) -> None:
    members = [models.Member(file=file, **one.values) for one in rows]
    models.Member.objects.bulk_create(members, batch_size=_AT_ONCE)


def _once(fields: Sequence[str]) -> Callable[[Sequence[feeds.Row]], Iterable[str]]:
    """Return a check that takes each council (and year) of a file once."""

    def check(rows: Sequence[feeds.Row]) -> Iterator[str]:
        seen: set[tuple[str, ...]] = set()
        for row in rows:
            key = tuple(row.values[name] for name in fields)
            fault = _fault(row.values)
            yield fault or ("The same council stands in the file before" if key in seen else "")
            if not fault:
                seen.add(key)

    return check


def _fault(values: Mapping[str, Any]) -> str:
    if not _CODE.fullmatch(values["code"]):
        return "The code of a council is a letter and eight figures, like E08000014"
    if len(values["name"]) > _LONGEST_NAME:
        return f"The name is longer than {_LONGEST_NAME} characters"
    if "year" in values and not _is_year(values["year"]):
        return "year is no financial year: write it like 2024-25"
    return ""


def _is_year(name: str) -> bool:
    with suppress(ValueError):
        return years.Year.named(name).name == name
    return False
