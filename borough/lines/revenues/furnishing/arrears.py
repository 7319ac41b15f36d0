"""Arrears of earlier years, brought forward as balances of the system before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from borough.kernel import commanding, furnishing
from borough.kernel.ledger import chart, models, queries
from borough.kernel.ledger import commands as ledger
from borough.lines.revenues import billing
from borough.lines.revenues.furnishing import accounts, paying
from borough.rules import years

SOURCE = "revenues.brought_forward"
BROUGHT_FORWARD = chart.Entry(
    "CT-BROUGHT-FORWARD",
    "Council tax arrears brought forward",
    chart.COLLECTION_FUND,
    models.Account.Type.RESERVE,
)


@dataclass(frozen=True)
class Owed:
    """Columns of a debts of earlier years: int64 (a,) each."""

    spell: NDArray[np.int64]
    sub_account: NDArray[np.int64]
    pence: NDArray[np.int64]


def bring_forward(
    town: furnishing.Town,
    opened: accounts.Opened,
    payers: paying.Payers,
    year: years.Year,
    *,
    by: commanding.Actor,
    progress: furnishing.Progress,
) -> Owed:
    """Post what some accounts still owed for the two years before, on the last day of March."""
    chart.lay_chart(BROUGHT_FORWARD)
    dice = furnishing.dice(town.seed, "revenues arrears")
    parts = []
    for ago, permilles in paying.figures()["earlier_years"].items():
        earlier = years.Year(year.first - ago)
        spell = _who(dice, town, payers, permilles, earlier)
        low, high = paying.figures()["earlier_pounds"]
        pence = dice.integers(100 * low, 100 * high // ago, len(spell))
        with progress(f"Arrears of {earlier}", len(spell)):
            subs = _open(town, opened, spell, earlier)
            _post(opened.references[spell], subs, pence, earlier, year, by)
        parts.append(Owed(spell, subs, pence))
    return Owed(
        *(np.concatenate([getattr(one, name) for one in parts]) for name in Owed.__annotations__)
    )


def _who(
    dice: np.random.Generator,
    town: furnishing.Town,
    payers: paying.Payers,
    permilles: dict[str, int],
    year: years.Year,
) -> NDArray[np.int64]:
    """Return the spells that owe for the year: those liable throughout it, by habit."""
    spells = town.spells
    likely = np.zeros(len(spells.starts), np.int64)
    for habit, permille in permilles.items():
        likely[payers.habit == habit] = permille
    drawn = dice.integers(0, 1000, len(likely)) < likely
    there = (spells.starts < np.datetime64(year.starts)) & ~(
        spells.ends <= np.datetime64(year.ends)
    )
    return np.flatnonzero(drawn & there & (spells.exemption == ""))


def _open(
    town: furnishing.Town, opened: accounts.Opened, spell: NDArray[np.int64], year: years.Year
) -> NDArray[np.int64]:
    parts = np.flatnonzero(accounts.liable(town))
    place = np.searchsorted(spell, town.parts.spell[parts])
    place = np.minimum(place, max(len(spell) - 1, 0))
    holds = np.isin(town.parts.spell[parts], spell)
    persons = town.person_id[town.parts.person[parts[holds]]]
    return ledger.open_sub_accounts(
        kind=billing.KIND,
        references=opened.references[spell].tolist(),
        part=year.name,
        holders=(place[holds], persons),
    )


def _post(
    references: NDArray[np.str_],
    subs: NDArray[np.int64],
    pence: NDArray[np.int64],
    earlier: years.Year,
    year: years.Year,
    by: commanding.Actor,
) -> None:
    if not len(subs):
        return
    codes = queries.account_ids()
    count = len(subs)
    postings = ledger.Postings(
        journal=np.repeat(np.arange(count), 2),
        account=np.tile([codes["CT-PAYERS"], codes[BROUGHT_FORWARD.code]], count),
        sub_account=np.column_stack([subs, np.full(count, ledger.NONE)]).ravel(),
        pence=np.column_stack([pence, -pence]).ravel(),
    )
    journals = ledger.Journals(
        [f"{earlier}/{reference}" for reference in references],
        year.preceding.ends.replace(month=3, day=31),
        f"Council Tax {earlier} still to pay, brought forward",
    )
    ledger.post_batch(source=SOURCE, journals=journals, postings=postings, by=by)
