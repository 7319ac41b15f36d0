"""Recording people: under the name that they give, what they need, and how to reach them.

What is recorded of somebody is personal; the facts that these commands leave tell its kind alone.
"""

from borough.kernel.people.commands.contact_points import (
    NotAWayToReach,
    end_contact_point,
    prefer_contact_point,
    record_contact_point,
)
from borough.kernel.people.commands.correspondence import (
    NotAnAddress,
    end_correspondence_address,
    record_correspondence_address,
)
from borough.kernel.people.commands.needs import end_need, record_need
from borough.kernel.people.commands.organisations import record_organisation
from borough.kernel.people.commands.people import (
    NotABirthday,
    NotAHuman,
    NotAName,
    correct_name,
    record_death,
    record_person,
    take_back_death,
)
from borough.kernel.people.commands.recording import AlreadyOver, AlreadyRecorded, NotADay
from borough.kernel.people.commands.residences import leave_residence, take_residence

__all__ = [
    "AlreadyOver",
    "AlreadyRecorded",
    "NotABirthday",
    "NotADay",
    "NotAHuman",
    "NotAName",
    "NotAWayToReach",
    "NotAnAddress",
    "correct_name",
    "end_contact_point",
    "end_correspondence_address",
    "end_need",
    "leave_residence",
    "prefer_contact_point",
    "record_contact_point",
    "record_correspondence_address",
    "record_death",
    "record_need",
    "record_organisation",
    "record_person",
    "take_back_death",
    "take_residence",
]
