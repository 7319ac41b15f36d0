"""What can happen to what is recorded of somebody: kinds alone, never a name, number or address."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind("kernel.person_recorded", "First recorded", concerns="the person"),
    FactKind(
        "kernel.need_recorded",
        "Support need recorded: {title}",
        concerns="the person",
        sensitive=True,
    ),
    FactKind(
        "kernel.need_ended", "Support need ended: {title}", concerns="the person", sensitive=True
    ),
    FactKind(
        "kernel.contact_recorded", "Way to reach them recorded: {title}", concerns="the person"
    ),
    FactKind(
        "kernel.contact_preferred", "Preferred way to reach them: {title}", concerns="the person"
    ),
    FactKind("kernel.contact_ended", "Way to reach them ended: {title}", concerns="the person"),
    FactKind(
        "kernel.correspondence_recorded",
        "Letters go to another address from {starts:day}",
        concerns="the person",
    ),
    FactKind(
        "kernel.correspondence_ended",
        "Letters go to that other address no more from {ends:day}",
        concerns="the person",
    ),
    FactKind("kernel.name_corrected", "Name changed from {since:day}", concerns="the person"),
    FactKind(
        "kernel.residence_taken",
        "Lives at another home from {starts:day}",
        concerns="the person",
    ),
    FactKind("kernel.residence_left", "Left a home from {ends:day}", concerns="the person"),
    FactKind("kernel.death_recorded", "Date of death recorded", concerns="the person"),
    FactKind("kernel.death_taken_back", "Date of death taken back", concerns="the person"),
)
