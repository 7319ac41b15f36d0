"""How officers sign in: accounts are made by the council, never by a visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the public sign-up that the library would otherwise offer."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an officer's account is made by somebody who may."""
        return False
