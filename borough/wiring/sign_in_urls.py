"""The few pages of the sign-in library that officers need; each says why it is public or not."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from borough.kernel.visits import public

_DOOR = "signing in happens before anybody is known; the library limits attempts"
_LINK = "whoever has the link that an officer made for them may choose a password, once"
_OWN = "the library asks for sign-in and serves the visitor's own account only"

urlpatterns = [
    path("login/", public(_DOOR)(account.login), name="account_login"),
    path("logout/", public(_OWN)(account.logout), name="account_logout"),
    path("inactive/", public(_DOOR)(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", public(_OWN)(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", public(_OWN)(account.password_change), name="account_change_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(_LINK)(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public(_LINK)(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", public(_OWN)(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", public(_DOOR)(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", public(_OWN)(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", public(_OWN)(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", public(_OWN)(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/",
        public(_OWN)(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        public(_OWN)(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
