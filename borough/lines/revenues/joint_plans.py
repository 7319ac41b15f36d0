"""News of one plan for all of somebody's debts: our share of it becomes an arrangement.

We hear our own share and nothing of any other. What is late of a year whose instalments still run
is held back by the plan itself; an arrangement is of whole years, and takes those alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.facts.models import Fact
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import arrangements as commands
from borough.lines.revenues.queries import arrangements as queries

_PREFIX = "revenues.account/"
BY = commanding.system("joint-plans", capabilities.AGREE_ARRANGEMENT)
EVERY = models.Arrangement.Every.MONTHLY
# The plan holds every act back by itself; where the law or the account leaves no room for an
# arrangement beside it, there is none, and no news is refused for that.
NO_ROOM = (
    commands.NothingToAgree,
    commands.EarningsAttached,
    commands.TooLong,
    commands.NotADay,
)


def hear(facts: Sequence[Fact]) -> None:
    """Agree what each account's shares come to, or change what was agreed; twice is once."""
    shares: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.thing.startswith(_PREFIX):
            reference = fact.thing.removeprefix(_PREFIX)
            shares[reference, int(fact.detail["plan"])].append(fact)
    for (reference, _), some in sorted(shares.items()):
        account = models.Account.objects.filter(reference=reference).first()
        if account is not None:
            _arrange(account, some)


def _arrange(account: models.Account, shares: Sequence[Fact]) -> None:
    owed = queries.debts(account)
    whole = [one for one in shares if owed.get(one.detail["part"]) == one.detail["owed_pence"]]
    if not whole:
        return
    on = whole[0].on
    parts = sorted(one.detail["part"] for one in whole)
    offer = commands.Offer(
        other_pence=sum(one.detail["monthly_pence"] for one in whole),
        every=EVERY,
        first_due=date.fromisoformat(whole[0].detail["first_due"]),
    )
    running = models.Arrangement.objects.filter(dated.holds_on(on), account=account).first()
    if running is not None and _is_so(running, parts, offer):
        return
    try:
        if running is None:
            commands.agree(account=account, parts=parts, offer=offer, by=BY, on=on)
        else:
            commands.change(arrangement=running, parts=parts, offer=offer, by=BY, on=on)
    except NO_ROOM:
        return


def _is_so(running: models.Arrangement, parts: list[str], offer: commands.Offer) -> bool:
    return (running.parts, running.other_pence, running.first_due, running.every) == (
        parts,
        offer.other_pence,
        offer.first_due,
        offer.every,
    )
