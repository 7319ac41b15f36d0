"""The sign-in library's forms, asking in the council's words.

What a form checks stays the library's; only labels, hints and messages are ours.
"""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms

from borough.kernel.pages import fields

CODE_HINT = "Six digits from your authenticator app, or a recovery code"


class SignIn(account.LoginForm):  # type: ignore[misc]
    """The door: email address and password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, "login", "Email address", "your email address")
        _reword(self, "password", "Password", "your password")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class Reauthenticate(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, "password", "Password", "your password")


class ChangePassword(account.ChangePasswordForm):  # type: ignore[misc]
    """The old password and twice the new one."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, "oldpassword", "Password you use now", "the password that you use now")
        _reword(self, "password1", "New password", "a new password")
        _reword(self, "password2", "New password once more", "the new password once more")


class ChoosePassword(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """The first password of a new officer, or one in place of a forgotten one."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, "password1", "New password", "a new password")
        _reword(self, "password2", "New password once more", "the new password once more")


class Code(mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, "code", "Security code", "the security code", hint=CODE_HINT)


class CodeAgain(mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before a change to how one signs in."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, "code", "Security code", "the security code", hint=CODE_HINT)


class SetUpApp(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self, "code", "Six digits that the app shows", "the six digits that the app shows")


def _reword(form: forms.Form, name: str, label: str, what: str, *, hint: str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages = {**field.error_messages, **fields.enter(what)}
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] += ", like name@example.com"
    field.widget.attrs.pop("placeholder", None)
