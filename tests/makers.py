"""Small makers that furnish the world of a test. Everybody in it is invented."""

import io
from datetime import date
from itertools import count

import pikepdf

from borough.kernel import commanding, finding, joining
from borough.kernel.ledger import chart
from borough.kernel.officers.queries import OfficerAtWork
from borough.kernel.people.models import Person
from borough.kernel.places.models import Address, Dwelling, Parish, Ward
from borough.lines.revenues import models
from borough.rules import years

_numbers = count(1)
BILLING_DAY = date(2025, 3, 10)
YEAR = years.Year(2025)


def a_pdf(title: str = "A scan") -> bytes:
    """Return a PDF of one blank page; another title is another file."""
    made, kept = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.docinfo["/Title"] = title
    made.save(kept)
    return kept.getvalue()


def everything() -> commanding.System:
    """Return an actor who may do all that is on any card."""
    return commanding.System("system/tests", frozenset(joining.capabilities()))


def nobody() -> commanding.System:
    return commanding.System("system/nobody", frozenset())


def an_officer(number: int) -> OfficerAtWork:
    """Return an officer who may do all that is on any card."""
    return OfficerAtWork(f"officer/{number}", "An officer", frozenset(joining.capabilities()))


def an_open_ledger(*first_years: int) -> None:
    chart.lay_chart()
    for first in first_years or (2023, 2024, 2025, 2026):
        chart.open_year(years.Year(first))


def a_person(given: str = "Mary", family: str = "Rimmer", **fields: object) -> Person:
    name = f"{given} {family}"
    return Person.objects.create(
        given_names=given, family_name=family, sounds=finding.sounds(name), **fields
    )


def a_dwelling(*, band: str = "B", parish: Parish | None = None, line: str = "") -> Dwelling:
    number = next(_numbers)
    ward, _ = Ward.objects.get_or_create(code="E05000000", defaults={"name": "Invented"})
    dwelling = Dwelling.objects.create(uprn=990_000_000_000 + number)
    text = line or f"{number} Invented Street"
    Address.objects.create(
        dwelling=dwelling,
        line=text,
        town="Bootle",
        postcode="ZZ1 1AA",
        ward=ward,
        parish=parish,
        sounds=finding.sounds(text),
        starts=date(1993, 4, 1),
    )
    models.Band.objects.create(dwelling=dwelling, letter=band, starts=date(1993, 4, 1))
    return dwelling


def an_account(
    *,
    starts: date = date(2024, 4, 1),
    band: str = "B",
    adults: int | None = 2,
    people: list[Person] | None = None,
    dwelling: Dwelling | None = None,
    instalments: int = 10,
    payment_day: int = 1,
) -> models.Account:
    """Return an account that nobody has billed yet."""
    an_open_ledger()
    account = models.Account.objects.create(
        reference=str(100_000 + next(_numbers)),
        dwelling=dwelling or a_dwelling(band=band),
        starts=starts,
    )
    for person in people or [a_person()]:
        models.Liability.objects.create(
            account=account,
            person=person,
            basis=models.Liability.Basis.FREEHOLDER,
            starts=starts,
        )
    if adults is not None:
        models.Household.objects.create(account=account, adults=adults, starts=starts)
    models.Plan.objects.create(
        account=account, instalments=instalments, payment_day=payment_day, starts=starts
    )
    return account
