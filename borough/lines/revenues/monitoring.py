"""What Council Tax lawfully holds by which it can be watched whether help reaches all alike.

Asked for reports of the whole alone: nothing here is an input of a worry or of a decision.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from borough.kernel import dated
from borough.lines.revenues import models
from borough.lines.revenues.signals import liable


def groups(people: NDArray[np.int64], on: date) -> Mapping[str, Collection[int]]:
    """Return who is in which group on a day, by the group's title."""
    who = liable.liable(people, on)
    scheme = models.Reduction.Kind.SCHEME
    holds = dated.holds_on(on)
    accounts = {
        "A home adapted for a disability (disabled band reduction)": (
            models.DisabledReduction.objects.filter(holds)
        ),
        "Council Tax Reduction": models.Reduction.objects.filter(holds, kind=scheme),
    }
    return {
        title: who.person[np.isin(who.account, _ids(rows))].tolist()
        for title, rows in accounts.items()
    }


def _ids(rows: QuerySet[Any]) -> NDArray[np.int64]:
    return np.fromiter(rows.values_list("account_id", flat=True), np.int64)
