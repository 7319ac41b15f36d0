"""What an officer can do from an account or a home: only what would not be refused outright."""

from dataclasses import dataclass

from django.urls import reverse

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


HOUSEHOLD = capabilities.CHANGE_HOUSEHOLD
APPLY_SINGLE = Doing("Apply a single person discount", "revenues:single_person", HOUSEHOLD)
END_SINGLE = Doing("End the single person discount", "revenues:single_person_end", HOUSEHOLD)
ACCOUNT = (
    Doing("Record how many adults live there", "revenues:household", HOUSEHOLD),
    Doing("Disregard an adult", "revenues:disregard", HOUSEHOLD),
    Doing(
        "Apply a disabled band reduction",
        "revenues:disabled_reduction",
        capabilities.CHANGE_REDUCTION,
    ),
    Doing("Grant discretionary relief", "revenues:relief", capabilities.GRANT_RELIEF),
    Doing("Change how it is paid", "revenues:plan", capabilities.CHANGE_PLAN),
    Doing("Close the account", "revenues:closing", capabilities.OPEN_ACCOUNT),
    Doing("Ask for a refund", "revenues:refund_ask", capabilities.ASK_REFUND),
    Doing("Write off a debt", "revenues:write_off_ask", capabilities.WRITE_OFF),
    Doing("See which year each payment pays", "revenues:receipts", capabilities.SEE_ACCOUNT),
)
HOME = (
    Doing("Record a move", "revenues:move", capabilities.RECORD_MOVE),
    Doing("Exempt the home", "revenues:exemption", capabilities.CHANGE_EXEMPTION),
    Doing(
        "Record that it is empty or lived in",
        "revenues:occupation",
        capabilities.CHANGE_OCCUPATION,
    ),
    Doing("Apply an exception to a premium", "revenues:exception", capabilities.CHANGE_PREMIUM),
    Doing("Change the band", "revenues:band", capabilities.CHANGE_BAND),
)
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
    """Return the ways on from an account; a closed one can only have its past put right."""
    households = models.Household.objects.filter(account=account, adults=1, ends=None)
    single = END_SINGLE if households.exists() else APPLY_SINGLE
    mine = [single, *ACCOUNT] if account.ends is None else [single, *ACCOUNT[:4]]
    died = account.liabilities.exclude(person__date_of_death=None).exists()
    mine += AFTER_A_DEATH if died else ()
    mine += (REMEDIES,) if account.steps.filter(kind="liability_order").exists() else ()
    return _links(mine, visit, account.reference) + _links(HOME, visit, account.dwelling.uprn)


def of_dwelling(dwelling: Dwelling, visit: Visit) -> list[cells.Link]:
    """Return the ways on from a home."""
    return _links((OPEN, *HOME, OWNER_CLASS), visit, dwelling.uprn)


def _links(doings: list[Doing] | tuple[Doing, ...], visit: Visit, key: object) -> list[cells.Link]:
    return [
        cells.Link(doing.title, reverse(doing.url_name, args=[key]))
        for doing in doings
        if doing.capability.slug in visit.actor.capabilities
    ]
