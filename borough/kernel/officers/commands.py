"""Appointing officers to roles. What a role may do is granted with dates, never by editing."""

from datetime import date

from borough.kernel import commanding, joining
from borough.kernel.facts import commands as facts
from borough.kernel.officers import capabilities, models


class AlreadyAppointed(commanding.Refusal):
    """The officer holds the role already."""


@commanding.command(capabilities.MANAGE_ROLES)
def appoint(
    *, officer: models.Officer, role: models.Role, by: commanding.Actor, on: date
) -> models.Appointment:
    """Give the officer a role from ``on``.

    Raises:
        AlreadyAppointed: the officer holds it on that day or later.
    """
    if models.Appointment.objects.filter(officer=officer, role=role, ends=None).exists():
        raise AlreadyAppointed(f"{officer.name} already holds the role {role.title}.")
    appointment = models.Appointment.objects.create(officer=officer, role=role, starts=on)
    facts.record(
        "kernel.officer_appointed",
        thing=officer.reference,
        by=by,
        on=on,
        officer=officer.reference,
        role=role.slug,
        starts=on,
    )
    return appointment


@commanding.command(capabilities.MANAGE_ROLES)
def end_appointment(
    *, appointment: models.Appointment, by: commanding.Actor, on: date
) -> models.Appointment:
    """End an appointment: from ``on`` the officer holds the role no more."""
    if appointment.starts >= on:
        raise commanding.Refusal("A role that starts today or later cannot end before it starts.")
    appointment.ends = on
    appointment.save(update_fields=["ends"])
    facts.record(
        "kernel.appointment_ended",
        thing=appointment.officer.reference,
        by=by,
        on=on,
        officer=appointment.officer.reference,
        role=appointment.role.slug,
        ends=on,
    )
    return appointment


def lay_role(slug: str, title: str, allowed: list[joining.Capability], *, on: date) -> models.Role:
    """Make a role with these capabilities from ``on``; used when an installation is furnished."""
    role, _ = models.Role.objects.get_or_create(slug=slug, defaults={"title": title})
    for capability in allowed:
        models.Grant.objects.get_or_create(
            role=role, capability=capability.slug, ends=None, defaults={"starts": on}
        )
    return role
