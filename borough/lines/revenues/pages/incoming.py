"""Where what came by post about an account is dealt with, by what it is about."""

from collections.abc import Mapping

from borough.kernel import commanding
from borough.kernel.holds import capabilities as holds
from borough.kernel.pages import cells
from borough.kernel.post.models import Item
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.pages import doings
from borough.lines.revenues.pages.doings import Doing

About = Item.About
LEAVE_ALONE = Doing(
    "Leave the account alone until they have an answer", "revenues:hold", holds.PLACE_HOLD
)
AGREE = Doing(
    "Agree instalments that they can keep",
    "revenues:arrangement",
    capabilities.AGREE_ARRANGEMENT,
)
CHANGES = Doing("See and undo what was changed", "revenues:account_changes", doings.SEE)
ACCOUNT: Mapping[str, tuple[Doing, ...]] = {
    About.DISCOUNT: (doings.APPLY_SINGLE, doings.ADULTS, doings.DISREGARD, doings.DISABLED),
    About.DISPUTE: (LEAVE_ALONE, CHANGES),
    About.PAYING: (AGREE, LEAVE_ALONE, doings.PLAN),
    About.REFUND: (doings.REFUND,),
}
HOME: Mapping[str, tuple[Doing, ...]] = {
    About.MOVE: (doings.MOVE,),
    About.DISCOUNT: (doings.EXEMPT,),
}


def deals(reference: str, about: str, actor: commanding.Actor) -> list[cells.Link]:
    """Return the likeliest pages first; none where what it is about says too little."""
    account = models.Account.objects.select_related("dwelling").filter(reference=reference).first()
    if account is None:
        return []
    return [
        *doings.links(ACCOUNT.get(about, ()), actor, reference),
        *doings.links(HOME.get(about, ()), actor, account.dwelling.uprn),
    ]
