"""What banks sent back, as its pages show it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet, Sum

from borough.kernel.ledger import queries as ledger
from borough.lines.revenues import models, returning


def waiting() -> QuerySet[models.Advice]:
    """Return the advices that a person has to look at, oldest first."""
    unsettled = Q(settled=None) | Q(pk__in=list(unplaced(_unknown())))
    rows = models.Advice.objects.filter(unsettled, waits=True).order_by("id")
    return rows.select_related("instruction__account", "item__collection", "tried_again", "settled")


def unplaced(advices: Iterable[models.Advice]) -> dict[int, int]:
    """Return where money waits that was taken back for nobody known, by id of its advice.

    An advice is settled only once its money is placed; one that was settled before stays here.
    """
    keys = {
        returning.key(one.file.sha256, one.position): one.pk
        for one in advices
        if one.file and one.item_id is None and one.pence
    }
    subs = ledger.sub_account_ids(returning.UNKNOWN, list(keys))
    left = ledger.balances(subs.values())
    return {keys[name]: sub for name, sub in subs.items() if left[sub]}


def unknown(reference: str, pence: int) -> dict[int, int]:
    """Return where money of one amount waits that was taken back under a reference, as above."""
    return unplaced(_unknown().filter(reference__iexact=reference, pence=pence).order_by("pk"))


def _unknown() -> QuerySet[models.Advice]:
    rows = models.Advice.objects.filter(waits=True, item=None, instruction=None, pence__gt=0)
    return rows.select_related("file").defer("file__content")


def of_file(file: models.AdviceFile) -> QuerySet[models.Advice]:
    """Return what stood in a file, in its order."""
    rows = file.lines.order_by("position")
    return rows.select_related("instruction__account", "tried_again", "settled")


def files(limit: int = 30) -> list[models.AdviceFile]:
    """Return the newest files, newest first, without their content."""
    return list(models.AdviceFile.objects.defer("content").order_by("-id")[:limit])


def words(advice: models.Advice) -> str:
    """Return what the bank says, as a sentence begins."""
    said: str = advice.description
    return said[:1].upper() + said[1:] or "No words"


def what_follows(advice: models.Advice) -> str:
    """Say in a sentence what followed from an advice."""
    if came_back_before(advice):
        return "Another file said so before: nothing was taken back a second time"
    if advice.instruction is None:
        is_settled = getattr(advice, "settled", None) is not None
        return "Nobody knew whose it was; put right" if is_settled else "Nobody knows whose it is"
    again = getattr(advice, "tried_again", None)
    if again is not None:
        return f"Tried once more on {_day(again.collects_on)}; the payer is told first"
    if advice.then == models.Advice.Then.REPRESENT:
        return "Not tried again: to be paid in another way"
    return advice.get_then_display()


def came_back_before(advice: models.Advice) -> bool:
    """Tell whether an advice repeats what another file has said of the same collection."""
    returns = advice.pence is not None
    return returns and advice.item_id is None and advice.instruction_id is not None


def may_go_on(advice: models.Advice) -> bool:
    """Tell whether collecting can go on after an advice: by an instruction that still lives."""
    return advice.instruction is not None and advice.instruction.ends is None


def taken_back_pence(file: models.AdviceFile) -> int | None:
    """Return what a file took back, without what another had taken back; None when it returns none.

    An ADDACS or AUDDIS file tells of instructions, not of money.
    """
    if file.pence is None:
        return None
    before = file.lines.filter(item=None, instruction__isnull=False)
    return file.pence - int(before.aggregate(pence=Sum("pence"))["pence"] or 0)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
