"""The in-year collection rate: what was collected by 31 March of what was to be collected.

Source: the definition of the quarterly return QRC4 (GOV.UK, collection rates for council tax and
non-domestic rates in England, technical notes): receipts in respect of the year up to its 31 March,
prepayments included; arrears of other years and prepayments of the next excluded.
"""

from borough.rules import money


def rate_hundredths(collected_pence: int, collectable_pence: int) -> int | None:
    """Return the rate in hundredths of a per cent, rounded half up; None with nothing to collect.

    Args:
        collected_pence: received in respect of the year by its last day, less refunds.
        collectable_pence: the net collectable debit: what everybody liable had to pay for the year.
    """
    if collectable_pence <= 0:
        return None
    return money.pence(10_000 * collected_pence, collectable_pence)


def as_percent(hundredths: int | None) -> str:
    """Return a rate as it is published: "95.30%"; "Not known" where there is none."""
    if hundredths is None:
        return "Not known"
    sign = "-" if hundredths < 0 else ""
    whole, part = divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{part:02}%"
