"""Settings. What differs between councils is data; what is here is how the parts fit together."""

import os
from datetime import date
from pathlib import Path

from borough.wiring import database, mail, secret

ROOT = Path(__file__).resolve().parents[2]
HOME = database.home()

LINES = [
    name
    for name in os.environ.get(
        "BOROUGH_LINES", "borough.lines.revenues,borough.lines.change"
    ).split(",")
    if name.strip()
]

# Floors that are no line, and have a card all the same.
FLOOR_CARDS = ["borough.resident.card.CARD", "borough.partnership.card.CARD"]

DEBUG = False
SECRET_KEY = secret.key(HOME)
SEALING_KEY = secret.sealing_key(HOME)
ALLOWED_HOSTS = os.environ.get("BOROUGH_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    "borough.kernel.pages",  # before the sign-in library, whose templates it dresses anew
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "borough.kernel.places",
    "borough.kernel.people",
    "borough.kernel.officers",
    "borough.kernel.facts",
    "borough.kernel.ledger",
    "borough.kernel.documents",
    "borough.kernel.outgoing",
    "borough.kernel.runs",
    "borough.kernel.bank",
    "borough.kernel.holds",
    "borough.kernel.post",
    "borough.resident",
    "borough.resident.sources",
    "borough.resident.identity",
    "borough.resident.own",
    "borough.resident.looking",
    "borough.resident.moratoria",
    "borough.resident.plans",
    "borough.resident.fund",
    "borough.resident.signals",
    "borough.partnership.seats",
    "borough.resident.figures",
    "borough.resident.effect",
    "borough.partnership.files",
    "borough.partnership.peers",
    "borough.partnership.surveys",
    "borough.partnership.work",
    "borough.partnership.measures",
    "borough.partnership.savings",
    "borough.partnership.history",
    "borough.partnership.sealed",
    "borough.partnership.decisions",
    "borough.partnership.twenty",
    "borough.partnership.promises",
    "borough.partnership.next_year",
    "borough.partnership.pack",
    "borough.partnership.register",
    "borough.town",
    *LINES,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "borough.kernel.visits.middleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "borough.wiring.urls"
WSGI_APPLICATION = "borough.wiring.web.application"

DATABASES = {"default": database.connection()}
if os.environ.get("BOROUGH_AS_OWNER"):
    # Migrations only: the one moment at which tables and triggers may change.
    DATABASES = {"default": database.connection(owner=True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "borough.kernel.visits.context",
            ],
            "builtins": ["borough.kernel.pages.templatetags.borough"],
        },
    }
]
FORM_RENDERER = "borough.kernel.pages.renderer.Renderer"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "officers.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "borough.kernel.officers.sign_in.Adapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# A whole office comes from one address, at nine in the morning; guessing is stopped by name
# (below, and by django-axes).
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "own_door": "60/m/ip,5/5m/key",  # residents come in one by one
    "change_idea": "30/h/ip",  # a library's visitors share an address
    "change_outcome": "60/h/ip",
}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser: desks are shared
_FORMS = "borough.kernel.officers.sign_in_forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "SignIn",
    "reauthenticate": _FORMS + "Reauthenticate",
    "change_password": _FORMS + "ChangePassword",
    "reset_password_from_key": _FORMS + "ChoosePassword",
}
MFA_ADAPTER = "borough.kernel.officers.sign_in.SecondStep"
MFA_FORMS = {
    "authenticate": _FORMS + "Code",
    "reauthenticate": _FORMS + "CodeAgain",
    "activate_totp": _FORMS + "SetUpApp",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "officers/locked_out.html"
AXES_IPWARE_PROXY_COUNT = int(os.environ.get("BOROUGH_PROXIES", "0"))
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

_HTTPS = bool(os.environ.get("BOROUGH_HTTPS"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SESSION_COOKIE_AGE = 9 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

# Hostile uploads: a small memory buffer, a hard cap on form fields, files streamed to disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Requests are logged by method and route only: an address holds the number of an account or a home.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "borough.wiring.logs.Impersonal",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "CRITICAL"},
        "borough": {"level": "INFO"},
    },
}

COUNCIL = os.environ.get("BOROUGH_COUNCIL", "sefton")
DOCUMENTS = HOME / "documents"
POST = HOME / "post"

# Emails go to the server of EMAIL_URL (smtp://user:password@host:587); without one they are kept as
# files, to be looked at.
MAIL = mail.read(os.environ.get("EMAIL_URL", ""), HOME / "mail")
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL.backend, MAIL.folder
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.starts_tls, MAIL.is_tls, 20
DEFAULT_FROM_EMAIL = os.environ.get("BOROUGH_EMAIL_FROM", "no-reply@example.org")
EMAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# What the council calls itself, and whether the town that it shows is made up.
COUNCIL_NAME = os.environ.get("BOROUGH_COUNCIL_NAME", "Borough of Sefton (invented town)")
# Data of the council for open contracting: its identifier (like GB-LAE-ABC) and the prefix of its
# contracts, which the Open Contracting Partnership gives. Without them the export says so.
COUNCIL_IDENTIFIER = os.environ.get("BOROUGH_COUNCIL_IDENTIFIER", "")
OCID_PREFIX = os.environ.get("BOROUGH_OCID_PREFIX", "")
TOWN_IS_INVENTED = not os.environ.get("BOROUGH_LIVE")

# The invented town stands still on a day on which there is something to do, or to which it has
# lived on; a live one does not.
LIVED_TO = HOME / "standing-day"
_TODAY = LIVED_TO.read_text().strip() if LIVED_TO.exists() else "2025-03-10"
STANDING_DATE = (
    date.fromisoformat(os.environ.get("BOROUGH_TODAY", _TODAY)) if TOWN_IS_INVENTED else None
)

# Amounts that an installation adds to the published ones; the invented town's are marked invented.
_INVENTED_AMOUNTS = ROOT / "borough" / "town" / "figures" / "local_amounts.yaml"
LOCAL_AMOUNTS = os.environ.get("BOROUGH_LOCAL_AMOUNTS") or (
    _INVENTED_AMOUNTS if TOWN_IS_INVENTED and _INVENTED_AMOUNTS.exists() else None
)
AUTHORITY_CODE = os.environ.get("BOROUGH_AUTHORITY", "E08000014")

# Pay.UK's tables for checking bank details: its property, so each installation names its own copy.
MODULUS_TABLE = os.environ.get("BOROUGH_MODULUS_TABLE", "")
MODULUS_SUBSTITUTIONS = os.environ.get("BOROUGH_MODULUS_SUBSTITUTIONS", "")
