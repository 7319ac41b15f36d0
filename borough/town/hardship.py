"""What the hardship fund of the made-up town may spend: invented, and shown so."""

from datetime import date

from borough.kernel import commanding
from borough.resident.fund import capabilities
from borough.resident.fund.commands import budgets
from borough.town import figures

FILE = "fund.csv"


def load(on: date) -> None:
    """Load the invented budgets of the fund."""
    by = commanding.system("town", capabilities.LOAD_FUND_BUDGET)
    lines = budgets.read((figures.FOLDER / FILE).read_text(encoding="utf-8"))
    budgets.load_budget(lines=lines, invented=True, by=by, on=on)
