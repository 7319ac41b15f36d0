"""What was changed, in words, and what came after it."""

from collections.abc import Iterable

from borough.lines.revenues import models

TITLES = {
    "revenues.moved": "A move",
    "revenues.account_opened": "The opening of an account",
    "revenues.account_closed": "The closing of an account",
    "revenues.plan_chosen": "A change of how it is paid",
    "revenues.band_changed": "A change of band",
    "revenues.occupation_recorded": "A change of how the home is used",
    "revenues.exemption_applied": "An exemption",
    "revenues.exemption_ended": "The end of an exemption",
    "revenues.exception_applied": "An exception to a premium",
    "revenues.exception_ended": "The end of an exception to a premium",
    "revenues.discount_applied": "A single person discount",
    "revenues.discount_ended": "The end of a single person discount",
    "revenues.household_declared": "A number of adults",
    "revenues.disregard_applied": "A disregard",
    "revenues.disregard_ended": "The end of a disregard",
    "revenues.reduction_applied": "A disabled band reduction",
    "revenues.reduction_ended": "The end of a disabled band reduction",
    "revenues.relief_granted": "A discretionary relief",
    "revenues.award_ended": "The end of Council Tax Reduction",
    "revenues.relief_ended": "The end of a discretionary relief",
    "revenues.death_settled": "What followed from a death",
    "revenues.grant_recorded": "A grant of probate",
    "revenues.owner_made_liable": "Making the owner liable",
    "revenues.owner_no_longer_liable": "The end of the owner’s liability by class",
    "revenues.change_undone": "The undoing of a change",
}


def title(change: models.Change) -> str:
    """Return what a change was, as the beginning of a sentence."""
    return TITLES[change.what]


def of(things: Iterable[str]) -> list[models.Change]:
    """Return the changes of any of these homes and accounts, newest first."""
    rows = models.Change.objects.filter(things__overlap=list(things))
    return list(rows.select_related("undone_by").order_by("-pk"))


def later(change: models.Change) -> models.Change | None:
    """Return the newest change after this one that still stands in its way, or None.

    One that touched the same rows comes before one that only touched the same home.
    """
    after = [
        one
        for one in of(change.things)
        if one.pk > change.pk and one.undoes_id is None and not hasattr(one, "undone_by")
    ]
    mine = _rows_of(change)
    return next((one for one in after if _rows_of(one) & mine), next(iter(after), None))


def people_in(change: models.Change) -> tuple[int, ...]:
    """Return the persons whose rows it touched, each once."""
    found = (
        value.get("person_id")
        for one in change.rows
        for value in (one["before"], one["after"])
        if value
    )
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _rows_of(change: models.Change) -> set[tuple[str, int]]:
    return {(one["kind"], one["id"]) for one in change.rows}


def why_final(change: models.Change) -> str:
    """Return why a change cannot be undone any more, in a sentence; "" while it can."""
    if change.undoes_id is not None:
        return "This undid a change. Record what is so as a change of its own."
    if models.Change.objects.filter(undoes=change).exists():
        return "This change has been undone already."
    return ""
