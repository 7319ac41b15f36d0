"""How what people type becomes pence and days. Nothing here knows of forms or of pages."""

import re
from datetime import date

MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
_POUNDS = re.compile(
    r"(?P<sign>[-\N{MINUS SIGN}])?£?"
    r"(?P<pounds>[0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})"  # more is no amount of anything
    r"(\.(?P<pence>[0-9]{2}))?"
)


class NotMoney(ValueError):
    """The text is not an amount in pounds, with either no pence or two figures of pence."""


class NotADay(ValueError):
    """The three texts are not a day; ``wrong`` names the boxes to look at, if not all of them."""

    def __init__(self, sentence: str, *wrong: str) -> None:
        super().__init__(sentence)
        self.wrong = wrong


def pence(text: str) -> int:
    """Read ``£1,234.50``. ``1234.5`` is refused: it might mean 5p or 50p.

    Raises:
        NotMoney: for three decimals, misplaced commas, or anything that is not an amount.
    """
    plain = re.sub(r"\s", "", text)
    found = _POUNDS.fullmatch(plain)
    if found is None:
        raise NotMoney(text)
    amount = int(found["pounds"].replace(",", "")) * 100 + int(found["pence"] or 0)
    return -amount if found["sign"] else amount


def day(day_text: str, month_text: str, year_text: str) -> date:
    """Read a day from three boxes; the month may be a number or a name.

    Raises:
        NotADay: its sentence completes "The start day ...".
    """
    texts = {"day": day_text, "month": month_text, "year": year_text}
    missing = [part for part, text in texts.items() if not text]
    if missing:
        raise NotADay(f"must include a {' and '.join(missing)}", *missing)
    month = _MONTH_NUMBER.get(month_text.lower().rstrip(".")) or _whole(month_text)
    number, year = _whole(day_text), _whole(year_text)
    if year is None or len(year_text) != 4:
        raise NotADay("must have a year of 4 figures", "year")
    try:
        return date(year, month or 0, number or 0)
    except ValueError:
        raise NotADay("must be a real date", *_impossible(number, month)) from None


def _impossible(number: int | None, month: int | None) -> tuple[str, ...]:
    """Name the boxes that no calendar could hold; none when only their company is wrong."""
    wrong = () if number and 1 <= number <= 31 else ("day",)
    return wrong if month and 1 <= month <= 12 else (*wrong, "month")


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None
