"""References that can be read out over a telephone, and not guessed."""

from django.utils.crypto import get_random_string

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which look like one another."""
_HALF = 4


def new() -> str:
    """Return a fresh reference, like ``K7QF-3WMX``: one of a million million."""
    return "-".join(get_random_string(_HALF, LETTERS) for _ in range(2))


def tidy(typed: str) -> str:
    """Return a reference as it is kept, however it was typed."""
    plain = "".join(one for one in typed.upper() if one.isalnum())
    return f"{plain[:_HALF]}-{plain[_HALF:]}"
