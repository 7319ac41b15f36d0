"""The taxbase return on a page, and as a file."""

from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from borough.kernel import commanding
from borough.kernel.pages import fields, files, forms, tables
from borough.kernel.visits import Visit, page
from borough.lines.revenues import capabilities
from borough.lines.revenues import counting as queries
from borough.rules.council_tax import taxbase

TITLES = {
    "1": "Dwellings on the valuation list",
    "2": "Exempt",
    "4": "Chargeable",
    "5": "With a disabled band reduction, in their own band",
    "7": "Chargeable, in the band charged",
    "8": "One adult: 25% less",
    "9": "All but one adult disregarded: 25% less",
    "10": "Everybody disregarded: 50% less",
    "11": "Second homes",
    "12": "Empty, charged in full",
    "13": "Empty with a discount",
    "14": "Empty with a premium",
    "18": "Empty for more than six months",
    "19": "Charged in full",
    "22": "Dwellings after discounts and premiums",
    "24": "As Band D dwellings",
    "26": "Taxbase before reductions",
    "28": "Taken off by Council Tax Reduction",
    "31": "As Band D dwellings after reductions",
    "33": "Taxbase",
}


class Filter(forms.FilterForm):
    """The day that the return describes."""

    on = fields.DayField(what="the day", label="On which day?")


@page(capabilities.SEE_RETURNS)
def taxbase_return(visit: Visit) -> HttpResponse:
    """Count the return for a day; the main lines by band, and all of it as a file."""
    asked = Filter(visit.GET)
    on: date = asked.chosen().get("on") or visit.today
    try:
        rows = queries.whole(on, settings.AUTHORITY_CODE)
    except commanding.Refusal as refusal:
        context = {"filter": asked, "on": on, "refusal": str(refusal)}
        return render(visit, "revenues/taxbase.html", context)
    if "file" in visit.GET:
        return _file(rows, on)
    context = {
        "filter": asked,
        "on": on,
        "table": _table(rows),
        "missing": queries.MODELLED_BUT_NOT_ON_THE_FORM,
        "file": f"?{visit.GET.urlencode()}&file=csv" if visit.GET else "?file=csv",
    }
    return render(visit, "revenues/taxbase.html", context)


def _table(rows: list[tuple[str, str, str, str]]) -> tables.Table:
    found = {(line, band): value for _, line, band, value in rows}
    columns = (
        tables.text("line", "Line"),
        tables.text("title", "What"),
        *(tables.number(band, band) for band in taxbase.EVERY),
        tables.number("total", "All"),
    )
    shown = [
        {
            "line": line,
            "title": title,
            **{band: _shown(found, line, band) for band in taxbase.EVERY},
            "total": _short(found.get((line, "total")) or _sum(found, line)),
        }
        for line, title in TITLES.items()
    ]
    return tables.Table("The return, by band", columns, shown)


def _shown(found: dict[tuple[str, str], str], line: str, band: str) -> str:
    """Return a cell; the taxbase itself has no bands."""
    return "" if line in taxbase.TAX_BASES else _short(found.get((line, band), "0"))


def _short(value: str) -> str:
    """Return a value with at most two decimals; the file has all of them."""
    whole, _, part = value.partition(".")
    return f"{int(whole):,}" + (f".{part[:2]}" if part else "")


def _sum(found: dict[tuple[str, str], str], line: str) -> str:
    values = (found.get((line, band), "0") for band in taxbase.EVERY)
    return taxbase.as_text(sum(taxbase.hundred_thousandths(value) for value in values))


def _file(rows: list[tuple[str, str, str, str]], on: date) -> HttpResponse:
    return files.as_csv(f"taxbase-{on}", ("authority_code", "line", "band", "value"), rows)
