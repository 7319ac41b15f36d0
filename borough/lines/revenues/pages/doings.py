"""What an officer can do from an account or a home: only what would not be refused outright."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.joining import Capability
from borough.kernel.pages import cells
from borough.kernel.places.models import Dwelling
from borough.kernel.visits import Visit
from borough.lines.revenues import capabilities, models


@dataclass(frozen=True, slots=True)
class Doing:
    """A page on which something is done, and what it asks for."""

    title: str
    url_name: str
    capability: Capability


HOUSEHOLD, SEE = capabilities.CHANGE_HOUSEHOLD, capabilities.SEE_ACCOUNT
APPLY_SINGLE = Doing("Apply a single person discount", "revenues:single_person", HOUSEHOLD)
END_SINGLE = Doing("End the single person discount", "revenues:single_person_end", HOUSEHOLD)
ADULTS = Doing("Record how many adults live there", "revenues:household", HOUSEHOLD)
DISREGARD = Doing("Disregard an adult", "revenues:disregard", HOUSEHOLD)
DISABLED = Doing(
    "Apply a disabled band reduction", "revenues:disabled_reduction", capabilities.CHANGE_REDUCTION
)
RELIEF = Doing("Grant discretionary relief", "revenues:relief", capabilities.GRANT_RELIEF)
PLAN = Doing("Change how it is paid", "revenues:plan", capabilities.CHANGE_PLAN)
CLOSE = Doing("Close the account", "revenues:closing", capabilities.OPEN_ACCOUNT)
REFUND = Doing("Ask for a refund", "revenues:refund_ask", capabilities.ASK_REFUND)
WRITE_OFF = Doing("Write off a debt", "revenues:write_off_ask", capabilities.WRITE_OFF)
RECEIPTS = Doing("See which year each payment pays", "revenues:receipts", SEE)
MOVE = Doing("Record a move", "revenues:move", capabilities.RECORD_MOVE)
EXEMPT = Doing("Exempt the home", "revenues:exemption", capabilities.CHANGE_EXEMPTION)
EMPTY = Doing(
    "Record that it is empty or lived in", "revenues:occupation", capabilities.CHANGE_OCCUPATION
)
EXCEPTION = Doing(
    "Apply an exception to a premium", "revenues:exception", capabilities.CHANGE_PREMIUM
)
BAND = Doing("Change the band", "revenues:band", capabilities.CHANGE_BAND)
CIRCUMSTANCES = (ADULTS, DISREGARD, DISABLED, RELIEF)
OPEN_ONLY = (PLAN, CLOSE)
MONEY = (REFUND, WRITE_OFF, RECEIPTS)
HOME = (MOVE, EXEMPT, EMPTY, EXCEPTION, BAND)
OWNER_CLASS = Doing(
    "Make the owner liable by the class of the home",
    "revenues:owner_class",
    capabilities.CHANGE_LIABILITY,
)
AFTER_A_DEATH = (
    Doing("Settle what follows from a death", "revenues:death", capabilities.SETTLE_DEATH),
    Doing("Record the grant of probate", "revenues:grant", capabilities.SETTLE_DEATH),
)
REMEDIES = Doing(
    "See what is done under the liability order", "revenues:remedies", capabilities.SEE_ACCOUNT
)
OPEN = Doing("Open an account", "revenues:open_account", capabilities.OPEN_ACCOUNT)


def of_account(account: models.Account, visit: Visit) -> list[cells.Link]:
    """Return the ways on from an account; of a closed one the past and the money only."""
    households = models.Household.objects.filter(account=account, adults=1, ends=None)
    single = END_SINGLE if households.exists() else APPLY_SINGLE
    mine = [single, *CIRCUMSTANCES, *(OPEN_ONLY if account.ends is None else ()), *MONEY]
    died = account.liabilities.exclude(person__date_of_death=None).exists()
    mine += AFTER_A_DEATH if died else ()
    mine += (REMEDIES,) if account.steps.filter(kind="liability_order").exists() else ()
    return [
        *links(mine, visit.actor, account.reference),
        *links(HOME, visit.actor, account.dwelling.uprn),
    ]


def of_dwelling(dwelling: Dwelling, visit: Visit) -> list[cells.Link]:
    """Return the ways on from a home."""
    return links((OPEN, *HOME, OWNER_CLASS), visit.actor, dwelling.uprn)


def links(doings: Sequence[Doing], actor: commanding.Actor, key: object) -> list[cells.Link]:
    """Return links to those pages that the actor's roles open."""
    return [
        cells.Link(doing.title, reverse(doing.url_name, args=[key]))
        for doing in doings
        if doing.capability.slug in actor.capabilities
    ]
