"""Everything that the page of one Council Tax account says, as plain data."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from borough.kernel.ledger import models as ledger
from borough.kernel.ledger import queries as ledger_queries
from borough.kernel.people import apart
from borough.kernel.places.models import Address
from borough.lines.revenues import billing, costs, models
from borough.rules import years

NO_ADDRESS = "No address recorded"
# What makes a debt: our own bills, and what an earlier system left to pay. All else pays it off.
CHARGING = (billing.SOURCE, "revenues.brought_forward")


@dataclass(frozen=True, slots=True)
class Liable:
    """A person who is liable, why, and on which days ``[starts, ends)``."""

    person_id: int
    name: str
    basis: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class YearOwed:
    """What the ledger holds for one year, in pence: charged less received is the balance."""

    year: years.Year
    sub_account_id: int
    charged_pence: int
    balance_pence: int

    @property
    def received_pence(self) -> int:
        """Payments and whatever else has been credited, in pence."""
        return self.charged_pence - self.balance_pence


@dataclass(frozen=True, slots=True)
class CostsOwed:
    """What is owed of the costs of the court for a year, and where it is kept."""

    year: years.Year
    sub_account_id: int
    balance_pence: int


@dataclass(frozen=True, slots=True)
class Card:
    """An account at a glance. ``years`` are newest first; ``band`` is None where none holds.

    ``costs_pence``: what is owed of the costs of the court, beside the tax.
    """

    reference: str
    thing: str
    uprn: int
    address: tuple[str, ...]
    band: str | None
    starts: date
    ends: date | None
    liable: tuple[Liable, ...]
    years: tuple[YearOwed, ...]
    costs_pence: int

    @property
    def balance_pence(self) -> int:
        """What is owed for all years together; negative is a credit."""
        return sum(year.balance_pence for year in self.years)

    @property
    def people(self) -> tuple[int, ...]:
        """Ids of everybody who is or was liable, each once."""
        return tuple(dict.fromkeys(one.person_id for one in self.liable))


def card(account: models.Account, *, on: date) -> Card:
    """Return the account at a glance, as things are on a day."""
    return Card(
        reference=account.reference,
        thing=account.thing,
        uprn=account.dwelling.uprn,
        address=address_lines(account.dwelling_id),
        band=band_on(account.dwelling_id, min(on, account.ends) if account.ends else on),
        starts=account.starts,
        ends=account.ends,
        liable=liable(account),
        years=owed_by_year(account.reference),
        costs_pence=sum(one.balance_pence for one in costs_by_year(account.reference)),
    )


def liable(account: models.Account) -> tuple[Liable, ...]:
    """Return who is or was liable, the first of the account first."""
    return liable_of([account.pk]).get(account.pk, ())


def liable_of(account_ids: Sequence[int]) -> dict[int, tuple[Liable, ...]]:
    """Return who is or was liable for each account, its first first, by the account's id."""
    rows = models.Liability.objects.filter(account_id__in=account_ids).select_related("person")
    found: dict[int, list[Liable]] = {}
    for row in rows.order_by("starts", "id"):
        found.setdefault(row.account_id, []).append(
            Liable(
                person_id=row.person_id,
                name=row.person.name,
                basis=_sentence(row.get_basis_display()),
                starts=row.starts,
                ends=row.ends,
            )
        )
    return {number: tuple(some) for number, some in found.items()}


def owed_by_year(reference: str) -> tuple[YearOwed, ...]:
    """Return what the ledger holds for each year of an account, newest first."""
    return owed_of([reference]).get(reference, ())


def costs_by_year(reference: str) -> tuple[CostsOwed, ...]:
    """Return what the ledger holds of the costs of the court for each year, newest first."""
    parts = costs.parts_of(reference)
    balances = ledger_queries.balances(parts.values())
    return tuple(
        CostsOwed(years.Year.named(name), sub, balances[sub])
        for name, sub in sorted(parts.items(), reverse=True)
    )


def owed_of(references: Sequence[str]) -> dict[str, tuple[YearOwed, ...]]:
    """Return what the ledger holds for each year of each account, newest first, by reference."""
    kept = ledger.SubAccount.objects.filter(kind=billing.KIND, reference__in=references)
    rows = list(kept.order_by("-part").values_list("pk", "reference", "part"))
    balances = ledger_queries.balances([row[0] for row in rows])
    charged = _charged(list(balances))
    owed: dict[str, list[YearOwed]] = {}
    for sub_account, reference, part in rows:
        owed.setdefault(reference, []).append(
            YearOwed(
                years.Year.named(part),
                sub_account,
                charged.get(sub_account, 0),
                balances[sub_account],
            )
        )
    return {reference: tuple(rows) for reference, rows in owed.items()}


def others_of(card: Card, *, most: int, on: date) -> tuple[list[tuple[str, str]], int]:
    """Return the newest other accounts of those liable, and how many there are.

    Each is its number and the first line of its address. Those that were opened by mistake, and so
    hold on no day, are left out; so are those of somebody who is kept apart from another who owes
    this one, for they would tell where they live.
    """
    people = set(card.people)
    if len(people) > 1:
        people -= apart.kept_apart(people, on)
    rows = models.Account.objects.filter(liabilities__person__in=people)
    rows = rows.exclude(reference=card.reference).exclude(ends=F("starts")).distinct()
    newest = rows.order_by("-starts", "-pk")[:most]
    return [(one.reference, address_lines(one.dwelling_id)[0]) for one in newest], rows.count()


def is_billed(account: models.Account, year: years.Year) -> bool:
    """Tell whether a bill of the year is kept here; else the debt was brought forward."""
    return models.Bill.objects.filter(account=account, year=year.first).exists()


def band_on(dwelling_id: int, on: date) -> str | None:
    """Return the band that holds on a day, or the first one after it, or None."""
    rows = models.Band.objects.filter(dwelling_id=dwelling_id)
    held = (
        rows.filter(starts__lte=on).order_by("-starts").first() or rows.order_by("starts").first()
    )
    return held.letter if held else None


def address_lines(dwelling_id: int) -> tuple[str, ...]:
    """Return the newest address of a dwelling, a line each."""
    found = Address.objects.filter(dwelling_id=dwelling_id).order_by("-starts").first()
    return (found.line, found.town, found.postcode) if found else (NO_ADDRESS,)


def lines_of(dwelling_ids: Collection[int]) -> dict[int, str]:
    """Return the newest address of each dwelling in one line, by the dwelling's id."""
    newest = Address.objects.filter(dwelling_id__in=dwelling_ids).order_by("dwelling_id", "-starts")
    found = {
        one.dwelling_id: ", ".join((one.line, one.town, one.postcode))
        for one in newest.distinct("dwelling_id")
    }
    return dict.fromkeys(dwelling_ids, NO_ADDRESS) | found


def address_line(dwelling_id: int) -> str:
    """Return the newest address of a dwelling in one line."""
    return ", ".join(address_lines(dwelling_id))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _charged(sub_accounts: Sequence[int]) -> dict[int, int]:
    charged = dict.fromkeys(sub_accounts, 0)
    for source in CHARGING:
        sums = ledger_queries.charged_to(source, sub_accounts)
        for one, pence in zip(sums.sub_account.tolist(), sums.pence.tolist(), strict=True):
            charged[one] += pence
    return charged
