"""How officers sign in: accounts are made by the council, never by a visitor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

LATER = "Too many attempts. Wait five minutes and try again"
WRONG_CODE = "Enter the six digits that the app shows now, or a recovery code you have not used"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the public sign-up that the library would otherwise offer, and says it our way."""

    error_messages: dict[str, Any] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Enter the email address and password of your own account",
        "enter_current_password": "Enter the password that you use now",
        "incorrect_password": "Enter the password that you use now",
        "too_many_login_attempts": LATER,
        "rate_limited": LATER,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an officer's account is made by somebody who may."""
        return False


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """Says what went wrong with a security code in our words."""

    error_messages: dict[str, Any] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "rate_limited": LATER,
    }
