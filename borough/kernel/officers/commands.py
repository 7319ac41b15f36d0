"""Officers, and the roles they are appointed to. Roles are held with dates, never edited away."""

from dataclasses import dataclass
from datetime import date

from allauth.account import forms as sign_in
from allauth.account import utils as sign_in_links
from django.contrib.auth import hashers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from borough.kernel import commanding, dated, joining
from borough.kernel.facts import commands as facts
from borough.kernel.officers import capabilities, models
from borough.kernel.pages import wording


class AlreadyAppointed(commanding.Refusal):
    """The officer holds the role already."""


class AlreadyEnded(commanding.Refusal):
    """The appointment is over."""


class NotADay(commanding.Refusal):
    """The day is over: who could do what in the past stays as it was."""


class YourOwnRole(commanding.Refusal):
    """Nobody gives a role to themselves."""


class NobodyLeft(commanding.Refusal):
    """No officer would be left who may give roles."""


class AlreadyAnOfficer(commanding.Refusal):
    """Somebody signs in with that email address."""


class NotAnOfficer(commanding.Refusal):
    """Nobody can sign in with what was given."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """The two halves of a link to choose a password: it works once, and for three days."""

    officer: str
    key: str


@commanding.command(capabilities.MANAGE_ROLES)
def record_officer(*, email: str, name: str, by: commanding.Actor, on: date) -> models.Officer:
    """Record an officer, who can sign in once they have chosen a password through their link.

    Raises:
        NotAnOfficer: the name is empty, or the address is none.
        AlreadyAnOfficer: an officer has that address.
    """
    called, address = " ".join(name.split()), email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise NotAnOfficer("Enter an email address, like name@example.com.") from None
    if not called:
        raise NotAnOfficer("Enter the name of the officer.")
    if models.Officer.objects.filter(email__iexact=address).exists():
        raise AlreadyAnOfficer("An officer with that email address is here already.")
    officer = models.Officer.objects.create_user(address, None, name=called)
    facts.record(
        "kernel.officer_recorded",
        thing=officer.reference,
        by=by,
        on=on,
        officer=officer.reference,
    )
    return officer


@commanding.command(capabilities.MANAGE_ROLES)
def make_sign_in_link(*, officer: models.Officer, by: commanding.Actor, on: date) -> WayIn:
    """Return a link by which the officer chooses a password; nobody else ever knows it.

    The key is kept nowhere: it is worked out from what it would change.

    Raises:
        NotAnOfficer: the officer has been switched off.
    """
    if not officer.is_active:
        raise NotAnOfficer("This officer is switched off, and cannot sign in.")
    facts.record(
        "kernel.sign_in_link_made",
        thing=officer.reference,
        by=by,
        on=on,
        officer=officer.reference,
    )
    key = sign_in.default_token_generator.make_token(officer)
    return WayIn(sign_in_links.user_pk_to_url_str(officer), key)


@commanding.command(capabilities.MANAGE_ROLES)
def appoint(
    *,
    officer: models.Officer,
    role: models.Role,
    starts: date,
    by: commanding.Actor,
    on: date,
) -> models.Appointment:
    """Give the officer a role from ``starts``.

    Raises:
        YourOwnRole: the officer would give it to themselves.
        NotADay: ``starts`` is over.
        AlreadyAppointed: the officer holds it on that day or later.
    """
    if officer.reference == by.reference:
        raise YourOwnRole("You cannot give yourself a role. Ask another officer who may.")
    if starts < on:
        raise NotADay("The first day must be today or later.")
    _lock(officer)
    if officer.appointments.filter(dated.touches(starts, None), role=role).exists():
        raise AlreadyAppointed(f"{officer.name} already holds the role {role.title}.")
    appointment = models.Appointment.objects.create(officer=officer, role=role, starts=starts)
    facts.record(
        "kernel.officer_appointed",
        thing=officer.reference,
        by=by,
        on=on,
        officer=officer.reference,
        role=role.slug,
        starts=starts,
    )
    return appointment


@commanding.command(capabilities.MANAGE_ROLES)
def end_appointment(
    *, appointment: models.Appointment, ends: date, by: commanding.Actor, on: date
) -> None:
    """End an appointment: from ``ends`` the officer holds the role no more.

    One that ends on its first day, or before it began, goes; the facts remember it.

    Raises:
        AlreadyEnded: it is over.
        NotADay: ``ends`` is over, or the appointment begins later than that.
        NobodyLeft: nobody else may give roles.
    """
    _lock_managers()
    now = models.Appointment.objects.filter(pk=appointment.pk).select_related("role").first()
    if now is None or (now.ends is not None and now.ends <= on):
        raise AlreadyEnded("That appointment has ended already.")
    if ends < on:
        raise NotADay("The day from which it is over must be today or later.")
    if ends < now.starts:
        raise NotADay(
            f"The role begins on {wording.day(now.starts)}. Enter that day to take it back, "
            "or a later one."
        )
    if not _may_still_be_managed(ends, without=now):
        raise NobodyLeft(
            "Nobody else would be left who may give roles. Give another officer this role first."
        )
    if ends == now.starts:
        now.delete()
    else:
        now.ends = ends
        now.save(update_fields=["ends"])
    facts.record(
        "kernel.appointment_ended",
        thing=appointment.officer.reference,
        by=by,
        on=on,
        officer=appointment.officer.reference,
        role=appointment.role.slug,
        ends=ends,
    )


def lay_role(slug: str, title: str, allowed: list[joining.Capability], *, on: date) -> models.Role:
    """Make a role with these capabilities from ``on``; used when an installation is furnished."""
    role, _ = models.Role.objects.get_or_create(slug=slug, defaults={"title": title})
    models.Grant.objects.bulk_create(
        [models.Grant(role=role, capability=one.slug, starts=on) for one in allowed],
        ignore_conflicts=True,  # what is granted already is granted once
    )
    return role


def _may_still_be_managed(on: date, *, without: models.Appointment) -> bool:
    """Return whether somebody who can sign in may give roles on a day and ever after."""
    slug = capabilities.MANAGE_ROLES.slug
    managing = models.Grant.objects.filter(dated.holds_on(on), capability=slug, ends=None)
    if not managing.filter(role=without.role_id).exists():
        return True
    others = models.Appointment.objects.filter(
        dated.holds_on(on), role__in=managing.values("role"), ends=None, officer__is_active=True
    ).exclude(pk=without.pk)
    return others.exclude(officer__password__startswith=hashers.UNUSABLE_PASSWORD_PREFIX).exists()


def _lock(officer: models.Officer) -> None:
    """Let whoever else would appoint this officer wait."""
    models.Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)


def _lock_managers() -> None:
    """Let two managers who end each other's roles at once go one after the other."""
    managing = models.Grant.objects.filter(capability=capabilities.MANAGE_ROLES.slug)
    list(managing.select_for_update(no_key=True).order_by("pk"))
