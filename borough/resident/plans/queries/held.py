"""What is held for others, debt by debt, and what was passed on."""

from collections.abc import Sequence
from dataclasses import dataclass

from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.models import SubAccount
from borough.resident.plans import accounts, models
from borough.resident.sources import known


@dataclass(frozen=True, slots=True)
class Line:
    """What is held for one debt; less than nothing where more was passed on than stands."""

    sub_account_id: int
    reference: str
    pence: int


@dataclass(frozen=True, slots=True)
class Holder:
    """What is held for a source, all debts together; ``waits``: a remittance nobody decided on."""

    source: str
    title: str
    lines: Sequence[Line]
    waits: models.Remittance | None

    @property
    def pence(self) -> int:
        """What could be passed on now."""
        return sum(one.pence for one in self.lines)


def holders() -> list[Holder]:
    """Return everybody for whom something is held, or waits to be passed on."""
    subs = SubAccount.objects.filter(kind=accounts.HELD.slug).order_by("reference")
    balances = ledger.balances(subs.values_list("pk", flat=True))
    lines: dict[str, list[Line]] = {}
    for sub in subs:
        source, _, reference = sub.reference.partition("/")
        if balances[sub.pk]:
            lines.setdefault(source, []).append(Line(sub.pk, reference, -balances[sub.pk]))
    waits = {one.source: one for one in models.Remittance.objects.filter(remitted=None)}
    return [
        Holder(source, title_of(source), tuple(lines.get(source, [])), waits.get(source))
        for source in sorted(lines.keys() | waits.keys())
    ]


def of_source(source: str) -> Holder:
    """Return what is held for one source."""
    return next(
        (one for one in holders() if one.source == source),
        Holder(source, title_of(source), (), None),
    )


def title_of(source: str) -> str:
    """Return what a source and its holder are called."""
    found = known.sources().get(source)
    return f"{found.title}, {found.holder}" if found else source
