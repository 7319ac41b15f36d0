"""Three invented contracts of the town, entered and amended as officers do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from borough.kernel import commanding
from borough.partnership.register import capabilities, columns, commands, models
from borough.rules import years

BY = commanding.system("town", capabilities.RECORD_CONTRACT)
REVIEW_EARLIER = timedelta(days=183)


def lay(on: date) -> None:
    """Enter the contracts of the made-up town, and amend one."""
    written = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    for one in written["contracts"]:
        told = _told(one, on)
        contract = commands.enter(
            reference=one["reference"],
            told=told,
            is_partnership=one.get("partnership", False),
            by=BY,
            on=on,
        )
        if amendment := one.get("amendment"):
            ends = _ends(told.starts, amendment["years"])
            longer = replace(told, ends=ends, review_on=ends - REVIEW_EARLIER)
            because = amendment["because"]
            commands.amend(contract=contract, told=longer, since=on, because=because, by=BY, on=on)


def _told(one: Mapping[str, Any], on: date) -> columns.Told:
    starts = years.Year(years.Year.holding(on).first - one["years_ago"]).starts
    ends = _ends(starts, one["years"])
    return columns.Told(
        **{name: one[name] for name in ("title", "department", "description", "supplier")},
        supplier_details=one["supplier_details"],
        value_pence=one["value"],
        value_is=models.Particulars.Sum(one["value_is"]),
        vat_pence=one.get("vat"),
        starts=starts,
        ends=ends,
        review_on=ends - REVIEW_EARLIER,
        process=models.Particulars.Process(one["process"]),
        is_small=one.get("is_small", False),
        is_voluntary=one.get("is_voluntary", False),
        registered_with=one["registered_with"],
        registration=one["registration"],
    )


def _ends(starts: date, length: int) -> date:
    """Return the last day of a contract of some years."""
    return years.Year(starts.year + length).starts - timedelta(days=1)
