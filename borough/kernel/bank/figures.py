"""The council's own figures about its bank, as of a day."""

from datetime import date

from django.conf import settings

from borough.rules import parameters


def in_force(on: date) -> parameters.InForce:
    """Return the council's figures about its bank on a day; unverified ones say so."""
    sheet = parameters.load_file(f"local/{settings.COUNCIL}/bank.yaml")
    return parameters.InForce(sheet, on)
