"""The council's own figures about leaving debts alone, as of a day."""

from datetime import date

from django.conf import settings

from borough.rules import parameters


def in_force(on: date) -> parameters.InForce:
    """Return the council's figures on a day; unverified ones say so."""
    sheet = parameters.load_file(f"local/{settings.COUNCIL}/holds.yaml")
    return parameters.InForce(sheet, on)
