"""How shares, intervals and ratios are written, and a table of shares: never one without its n."""

from collections.abc import Mapping, Sequence

from borough.kernel.pages import charts, tables, wording
from borough.rules import statistics

NO_DATA = "No data"
NOT_SHOWN = "Not shown: fewer than 10"
FEW = f"Of fewer than {statistics.FEW}: concludes nothing"
SHARES = (
    tables.text("what", "Which"),
    tables.text("part", "How many"),
    tables.text("whole", "Of how many"),
    tables.text("share", "Share"),
    tables.text("interval", "Between"),
)


def percent(permille: int | None) -> str:
    """Write a share of a thousand as per cent: ``43.0%``."""
    return NO_DATA if permille is None else f"{permille // 10}.{permille % 10}%"


def between(share: statistics.Share) -> str:
    """Write between which shares the true one lies, 95 times in a hundred."""
    found = share.interval_permille
    return NO_DATA if found is None else f"{percent(found[0])} and {percent(found[1])}"


def interval(share: statistics.Share) -> str:
    """Write the same, and say so where it is of too few to conclude anything."""
    words = between(share)
    return f"{words}. {FEW}" if share.of and share.is_few else words


def ratio(found: statistics.Ratio | None) -> str:
    """Write a ratio with its interval: ``1.25 (between 1.02 and 1.53)``."""
    if found is None:
        return NO_DATA
    value, low, high = (
        f"{one // 100}.{one % 100:02}"
        for one in (found.hundredths, found.low_hundredths, found.high_hundredths)
    )
    return f"{value} (between {low} and {high})"


def row(what: str, share: statistics.Share | None) -> dict[str, object]:
    """Return a row of a table of shares; None where it is not shown."""
    if share is None:
        hidden = dict.fromkeys(("part", "whole", "share"), "Not shown")
        return {"what": what, **hidden, "interval": NOT_SHOWN}
    return {
        "what": what,
        "part": wording.number(share.hits),
        "whole": wording.number(share.of),
        "share": percent(share.permille),
        "interval": interval(share),
    }


def table(caption: str, shares: Mapping[str, statistics.Share | None]) -> tables.Table:
    """Return a table of shares by their names."""
    return tables.Table(caption, SHARES, [row(what, share) for what, share in shares.items()])


def bars(
    title: str, finding: str, shares: Sequence[tuple[str, statistics.Share | None]], *, of: str
) -> charts.Chart:
    """Draw shares as bars; what is of nobody, or not shown, is said to be not known."""
    return charts.bars(
        title,
        finding,
        [(what, None if share is None else share.permille) for what, share in shares],
        of=of,
        shows=_known,
    )


def _known(permille: int | None) -> str:
    return wording.NOT_KNOWN if permille is None else percent(permille)
