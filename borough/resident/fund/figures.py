"""The council's figures about the fund on a day; unverified ones say so."""

from datetime import date, datetime, timedelta

from borough.resident.fund.models import Strand
from borough.rules import parameters

SHEET = "support/fund.yaml"


def in_force(on: date) -> parameters.InForce:
    """Return the figures of the fund on a day."""
    return parameters.InForce(parameters.load_file(SHEET), on)


def scheme(on: date) -> str:
    """Return what the scheme in force is called; "" where there is none."""
    return str(in_force(on)["fund_scheme"]["title"])


def strands(on: date) -> tuple[Strand, ...]:
    """Return what the scheme in force is divided into."""
    return tuple(Strand(one) for one in in_force(on)["fund_scheme"]["strands"])


def due(strand: str, received_at: datetime, on: date) -> datetime:
    """Return by when an application is to be decided on, by the figures of its day."""
    figures = in_force(on)
    if strand == Strand.CRISIS:
        return received_at + timedelta(hours=figures["fund_crisis_hours"])
    return received_at + timedelta(days=figures["fund_housing_days"])
