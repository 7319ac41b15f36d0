"""What is so of an account and of its home: every dated row, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from borough.lines.revenues import models
from borough.rules.council_tax import disregards, exemptions, owners

KINDS = models.Reduction.Kind


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that is so on ``[starts, ends)``. ``kind`` and ``id`` say which row it is."""

    words: str
    starts: date
    ends: date | None
    kind: str
    id: int


def of_account(account: models.Account) -> list[Holding]:
    """Return what is so of the household and of how it pays, newest first within its kind."""
    return [
        *_each("household", account.households.all(), _adults),
        *_each("disregard", account.disregards.select_related("person"), _disregard),
        *_each("annexe", account.annexe_discounts.all(), lambda _: "Family annexe discount"),
        *_each("disabled", account.disabled_reductions.all(), lambda _: "Disabled band reduction"),
        *_each("reduction", account.reductions.filter(kind=KINDS.SCHEME), _reduction),
        *_each("relief", account.reductions.filter(kind=KINDS.RELIEF), _reduction),
        *_each("plan", account.plans.all(), _plan),
    ]


def of_dwelling(dwelling_id: int) -> list[Holding]:
    """Return what is so of the home, whoever is liable, newest first within its kind."""
    return [
        *_each("occupation", models.Occupation.objects.filter(dwelling=dwelling_id), _occupation),
        *_each("exemption", models.Exemption.objects.filter(dwelling=dwelling_id), _exemption),
        *_each(
            "exception", models.PremiumException.objects.filter(dwelling=dwelling_id), _exception
        ),
        *_each(
            "owner_liable", models.OwnerLiable.objects.filter(dwelling=dwelling_id), _owner_liable
        ),
    ]


def bands(dwelling_id: int) -> list[Holding]:
    """Return the bands of the home, newest first."""
    rows = models.Band.objects.filter(dwelling=dwelling_id)
    return list(_each("band", rows, lambda band: f"Band {band.letter}"))


def words(row: Any) -> str:
    """Return what a dated row says, in words."""
    return WORDS[type(row)](row)


def _each(kind: str, rows: QuerySet[Any], words: Callable[[Any], str]) -> Iterable[Holding]:
    for row in rows.order_by("-starts", "-id"):
        yield Holding(words(row), row.starts, row.ends, kind, row.pk)


def _adults(row: models.Household) -> str:
    if row.adults == 1:
        return "One adult lives there: single person discount"
    return f"{row.adults or 'No'} adults live there"


def _disregard(row: models.Disregard) -> str:
    group = disregards.GROUPS.get(row.ground)
    return f"{row.person.name} is not counted: {group.title if group else row.ground}"


def _reduction(row: models.Reduction) -> str:
    pounds, pence = divmod(row.year_pence, 100)
    return f"{row.get_kind_display()}: £{pounds:,}.{pence:02} a year"


def _plan(row: models.Plan) -> str:
    return (
        f"{row.get_method_display()}, {row.instalments} instalments, "
        f"day {row.payment_day} of the month"
    )


def _occupation(row: models.Occupation) -> str:
    words: str = row.get_state_display()
    return words[:1].upper() + words[1:]


def _exemption(row: models.Exemption) -> str:
    one = exemptions.CLASSES.get(row.letter)
    return f"Exempt, class {row.letter}{f': {one.title}' if one else ''}"


def _exception(row: models.PremiumException) -> str:
    one = exemptions.EXCEPTIONS.get(row.letter)
    return f"Exception to the premium, class {row.letter}{f': {one.title}' if one else ''}"


def _owner_liable(row: models.OwnerLiable) -> str:
    one = owners.CLASSES.get(row.letter)
    return f"The owner is liable, class {row.letter}{f': {one.title}' if one else ''}"


WORDS: dict[type, Callable[[Any], str]] = {
    models.Household: _adults,
    models.Disregard: _disregard,
    models.AnnexeDiscount: lambda _: "Family annexe discount",
    models.DisabledReduction: lambda _: "Disabled band reduction",
    models.Reduction: _reduction,
    models.Plan: _plan,
    models.Occupation: _occupation,
    models.Exemption: _exemption,
    models.PremiumException: _exception,
    models.OwnerLiable: _owner_liable,
    models.Band: lambda row: f"Band {row.letter}",
}
