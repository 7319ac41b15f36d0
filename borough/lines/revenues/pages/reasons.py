"""What each reason against a step is called on a page: the kernel's kinds, the ladder's, ours."""

from borough.kernel.holds import kinds
from borough.kernel.people.models import Need

OURS = {
    "too_early": "Days not over yet",
    "below_the_least": "Too little to send a letter for",
    "too_old": "Due for more than six years",
    "paid_lately": "Paid something in the last days",
    "credit_elsewhere": "In credit elsewhere",
    "death": "Somebody has died",
    "arrangement": "Keeps an arrangement to pay",
    "unwritten": "The letter before it was never written",
    "too_short": "The summons left too few days before the hearing",
    "paid": "Paid since the preview",
    "another_step": "Another step came first",
    "no_address": "No address to write to",
    "apart": "Kept apart from the others who owe it",
    "no_bill": "No bill of the year is kept here",
}


def title(kind: str) -> str:
    """Return the heading of a kind of reason."""
    held = kinds.all_kinds().get(kind)
    if held is not None:
        return held.title
    needs = dict(Need.Kind.choices)
    return str(OURS.get(kind) or needs.get(kind) or kind.replace("_", " ").capitalize())
