"""How a measure's value reads."""

from borough.kernel import joining
from borough.kernel.pages import wording

RATINGS = {
    "Good": "green",
    "Approaching target": "yellow",
    "Requires improvement": "orange",
    "Inadequate": "red",
    "Other": "grey",
}


def change(now: int | None, before: int) -> str:
    """Return by how much something grew or fell, to be put after it: ", 12% more now"; or ""."""
    if now is None or before <= 0 or now == before:
        return ""
    percent = (200 * abs(now - before) + before) // (2 * before)
    return f", {percent}% {'more' if now > before else 'fewer'} now"


def value(measure: joining.Measure, hundredths: int | None) -> str:
    """Return a value as it is read: "95.30%", "£12.50", "4.2 days", "1,204"; "No data"."""
    if hundredths is None:
        return "No data"
    whole = f"{hundredths / 100:,.2f}"
    match measure.unit:
        case "percent":
            return f"{whole}%"
        case "pence":
            return wording.money((hundredths + 50) // 100)
        case "days":
            return f"{hundredths / 100:,.1f} days"
        case _:
            return whole.removesuffix(".00")
