"""The codes by which invitations are answered: made here, kept nowhere in plain."""

import secrets

from django.utils.crypto import salted_hmac

# Nothing that is read for something else when it is typed from paper.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
LONG = 16


def make() -> str:
    """Return a new code of 16 letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(LONG))


def digest(code: str) -> str:
    """Return by what a code is recognised."""
    plain = "".join(each for each in code.upper() if each.isalnum())
    return salted_hmac("borough.partnership.surveys.code", plain, algorithm="sha256").hexdigest()
