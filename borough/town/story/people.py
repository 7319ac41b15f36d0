"""Who sat for the two partners in those ten years: two invented officers who cannot sign in."""

from collections.abc import Mapping
from datetime import date

from borough.kernel import commanding, joining
from borough.kernel.officers import capabilities, queries
from borough.kernel.officers import commands as officers
from borough.kernel.officers.models import Officer
from borough.partnership.measures import capabilities as measures
from borough.partnership.savings import capabilities as savings
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Party
from borough.town.story import written

BY = commanding.system("town", capabilities.MANAGE_ROLES, seat_capabilities.GIVE_SEATS)
ROLE = "shared-table-2008"
MAY: tuple[joining.Capability, ...] = (
    seat_capabilities.SIGN,
    savings.SEE_SAVINGS,
    savings.PROPOSE_TERMS,
    savings.CLAIM_SAVING,
    savings.DISPUTE_SAVING,
    measures.SEE_MEASURES,
)


def seat() -> None:
    """Make both officers and let them sit from before the first year until after the last."""
    said = written.story()["people"]
    starts, ends = written.base_year().starts, written.contract_years()[-1].following.ends
    role = officers.lay_role(ROLE, said["role"], list(MAY), on=starts)
    for party in Party:
        one = said[party.value]
        officer = Officer.objects.create_user(one["email"], None, name=one["name"])
        appointment = officers.appoint(officer=officer, role=role, starts=starts, by=BY, on=starts)
        officers.end_appointment(appointment=appointment, ends=ends, by=BY, on=starts)
        given = seats.give_seat(officer=officer, party=party, starts=starts, by=BY, on=starts)
        seats.end_seat(seat=given, ends=ends, by=BY, on=starts)


def parties(on: date) -> Mapping[Party, commanding.Actor]:
    """Return both, with what they may do on a day."""
    said = written.story()["people"]
    return {
        party: queries.at_work(Officer.objects.get(email=said[party.value]["email"]), on=on)
        for party in Party
    }
