"""Officers who visit pages in tests, with whatever their role is given."""

from datetime import date

from django.test import Client

from borough.kernel import joining
from borough.kernel.joining import Capability
from borough.kernel.officers import commands
from borough.kernel.officers.models import Appointment, Officer
from borough.kernel.pages import one_use

LONG_AGO = date(2020, 4, 1)
PASSWORD = "a long invented password"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def an_officer(name: str = "Ann Example", *allowed: Capability) -> Officer:
    """Return an officer whose one role grants these capabilities from long ago."""
    slug = name.split(maxsplit=1)[0].lower()
    officer = Officer.objects.create_user(f"{slug}@example.org", PASSWORD, name=name)
    role = commands.lay_role(slug, f"Role of {name}", list(allowed), on=LONG_AGO)
    Appointment.objects.create(officer=officer, role=role, starts=LONG_AGO)
    return officer


def a_visitor(officer: Officer, *, purpose: str = "revenues.collecting") -> Client:
    """Return a client that has signed in and, unless it is empty, chosen a purpose."""
    client = Client()
    client.force_login(officer, backend=BACKEND)
    if purpose:
        session = client.session
        session["purpose"] = purpose
        session.save()
    return client


def every_capability() -> tuple[Capability, ...]:
    return tuple(joining.capabilities().values())


def posted(**answers: str) -> dict[str, str]:
    """Return what a form posts, with a fresh one-use token."""
    return {"one_use": one_use.issue(), **answers}
