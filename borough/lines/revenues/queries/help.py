"""What an account may be missing: help to be asked about before anything is pressed.

It sees only what is recorded here. That nothing is listed does not mean that nothing is due.
"""

from datetime import date

from borough.kernel import dated
from borough.kernel.people.models import Need
from borough.lines.revenues import models


def unclaimed(account: models.Account, on: date) -> list[str]:
    """Return, in sentences, what to ask about first; empty where all of it is recorded."""
    now = dated.holds_on(min(on, account.ends) if account.ends else on)
    found = []
    household = models.Household.objects.filter(now, account=account).first()
    if household is None:
        found.append("Nobody has said how many adults live there: one adult pays a quarter less.")
    elif household.adults > 1 and not account.disregards.filter(now).exists():
        found.append("Ask whether a student, a carer or somebody very ill is among the adults.")
    if not models.Reduction.objects.filter(now, account=account, kind=1).exists():
        found.append("No Council Tax Reduction is recorded: ask about income, and help to claim.")
    if not account.disabled_reductions.filter(now).exists():
        found.append("Ask whether a room or the home is needed because of a disability.")
    return found


def needs(account: models.Account, on: date) -> list[str]:
    """Return the support needs of those liable, each once."""
    people = account.liabilities.filter(dated.holds_on(on)).values("person_id")
    rows = Need.objects.filter(dated.holds_on(on), person_id__in=people)
    return sorted({row.get_kind_display() for row in rows})
