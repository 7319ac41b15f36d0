"""What a claim may not do: claim a pound twice, claim what was in the base, claim what would come.

The guards against counting twice, as arithmetic. The database holds them too, whoever writes.
"""

from collections.abc import Mapping, Sequence

WHOLE_BP = 10_000


def room_pence(line_value_pence: int, signed_pence: Sequence[int]) -> int:
    """Return what can still be claimed of a line in a year, in pence, never below nought.

    Args:
        line_value_pence: what the line costs at base quantity and base prices.
        signed_pence: gross claims of the line in the year that both have signed; a disbenefit
            (below nought) makes no room.
    """
    return max(0, line_value_pence - sum(max(0, one) for one in signed_pence))


def is_in_baseline(since: str, base_year: str) -> bool:
    """Tell whether a baseline holds a saving already, because it began in or before its year.

    Args:
        since: year in which the saving began, as "2023-24".
        base_year: year whose costs the line holds.
    """
    return since <= base_year


def shares_are_whole(shares_bp: Mapping[str, int]) -> bool:
    """Tell whether initiatives share a benefit exactly; none at all share nothing, which is so."""
    return not shares_bp or sum(shares_bp.values()) == WHOLE_BP


def uplift_pence(now: tuple[int, int], before: tuple[int, int]) -> int:
    """Return what was collected above last year's rate of this year's charge, never below nought.

    The base that grew is in this year's charge and counts nothing; what was collected of other
    years is in neither count. Rounded down: a claim is never helped by a rounding.

    Args:
        now: pence collected in the year for the year, and pence that were to be collected.
        before: the same of the year before.
    """
    (collected, due), (collected_before, due_before) = now, before
    if due_before <= 0:
        return 0
    forecast = -(-due * collected_before // due_before)
    return max(0, collected - forecast)
