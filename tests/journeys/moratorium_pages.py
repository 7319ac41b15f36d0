"""A breathing space with debts inside and outside, for the test that looks at every page."""

from datetime import date, timedelta

from borough.resident.sources import models as sources
from tests import makers
from tests.resident.moratoria import notices
from tests.resident.sources import feed_makers
from tests.revenues import ordering

TOLD = {
    "key": "P1",
    "given_names": "Mary",
    "family_name": "Rimmer",
    "date_of_birth": "1950-02-03",
    "notice_reference": "BS-9",
    "notice_from": "2025-03-11",
    "notice_kind": "Standard",
}


def furnish() -> dict[str, str]:
    """Return the parts of addresses."""
    person = makers.a_person("Grace", "Rimmer")
    account = ordering.an_account_under_order(people=[person], ordered=date(2025, 3, 1))
    ordering.bill(account, makers.YEAR)
    starts = makers.BILLING_DAY + timedelta(1)
    named = frozenset({f"{account.thing}/{makers.YEAR.name}"})
    notice = notices.a_notice(person, starts, on=makers.BILLING_DAY, listed=named)
    inside = notice.debts.get(is_inside=True)
    feed_makers.take_in(
        feed_makers.a_file("breathing-space", TOLD), "breathing-space", on=makers.BILLING_DAY
    )
    return {
        "moratorium/<int:by_feed>": str(sources.Notice.objects.get().pk),
        "moratoria/notices/<int:number>": str(sources.Notice.objects.get().pk),
        "moratoria/<int:number>": str(notice.pk),
        "moratoria/debts/<int:number>": str(inside.pk),
    }
