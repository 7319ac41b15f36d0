"""No route of a person or of their account tells what others told, for any purpose but help.

Every route that takes a person or an account alone is asked for, and sent an answer that is wrong:
a landlord's name, a rent reference and the amount of an award are in no answer, file or refusal.
"""

import re
from datetime import date

import pytest
from django.urls import get_resolver, reverse

from borough.kernel import joining
from borough.kernel.people.models import Residence
from borough.lines.revenues import billing
from borough.resident.identity import commands as identity
from borough.resident.signals import queries as signals
from borough.resident.sources.models import Record
from borough.rules import years
from tests import makers, officers
from tests.architecture.test_guards import routes
from tests.resident.looking.test_only_for_help import collecting
from tests.resident.sources.feed_makers import ON, a_file, rent, take_in

PLANTED = re.compile(r"Northway|ZQRENT1|ZQAWARD|7,?313\.37|731337|91\.53|9153")
NOT_FOR_HELP = ["revenues.collecting", "kernel.enquiry", "kernel.quality"]
ALONE = re.compile(r"^(residents/<int:number>|revenues/accounts/<str:reference>)(/[a-z0-9-]+)*$")
"""A route of one person or one account that takes nothing else."""


@pytest.fixture
def mary(db, settings):
    """Return somebody with an account of ours, a tenancy of others and an award, both joined."""
    settings.STANDING_DATE, by = ON, makers.everything()
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=date(1980, 2, 3))
    account = makers.an_account(people=[mary])
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    billing.bill_accounts([account.pk], years.Year(2025), on=ON, by=by, because="test")
    take_in(a_file("northway-rents", rent("ZQRENT1", "P1", "7313.37")))
    award = {
        "key": "P2",
        "family_name": "Rimmer",
        "award_reference": "ZQAWARD",
        "award_kind": "HB",
        "weekly_pence": "91.53",
        "awarded_from": "2025-04-07",
        "landlord_paid": "Y",
    }
    take_in(a_file("other-benefits", award), "other-benefits")
    for record in Record.objects.all():
        identity.join(record=record, person=mary, by=by, on=ON)
    mary.account = account
    return mary


def doors(mary) -> list[str]:
    """Return the addresses of every route that opens with a person or an account alone."""
    found = [route for route, _ in routes(get_resolver()) if ALONE.match(route)]
    return [
        "/"
        + route.replace("<int:number>", str(mary.pk)).replace(
            "<str:reference>", mary.account.reference
        )
        for route in found
    ]


def told(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    found = PLANTED.search(content.decode(errors="replace"))
    return found.group() if found else ""


def test_what_is_planted_opens_for_help(mary):
    sue = officers.an_officer("Sue Example", *officers.every_capability())
    page = officers.a_visitor(sue, purpose="resident.support").get(f"/residents/{mary.pk}")
    text = page.content.decode()
    for words in ("Northway", "ZQRENT1", "7,313.37", "91.53"):
        assert words in text, words


@pytest.mark.parametrize("purpose", NOT_FOR_HELP[:2])  # the third opens what the second does
def test_no_route_tells_it_for_another_purpose(mary, purpose):
    visitor, several = collecting(purpose), doors(mary)
    assert len(several) > 40
    wrong = officers.posted(words="", reference="unknown", number="unknown", person="unknown")
    seen = []
    for where in several:
        asked, sent = visitor.get(where), visitor.post(where, wrong)
        assert asked.status_code in {200, 302, 403, 404}, where
        assert sent.status_code in {200, 302, 403, 404}, where
        seen += [(where, said) for one in (asked, sent) if (said := told(one))]
    assert seen == []


@pytest.mark.parametrize("purpose", NOT_FOR_HELP)
def test_no_question_selects_it_for_another_purpose(mary, purpose):
    asked = joining.purposes()[purpose]
    assert signals.for_person(mary.pk, purpose=asked, on=ON) is None
    with pytest.raises(signals.NotForThisPurpose):
        signals.of_people([mary.pk], purpose=asked, on=ON)
    assert all(
        not asked.shows(slug) for slug in joining.fact_kinds() if slug.startswith("resident")
    )
    assert not asked.shows("resident.memorandum")


def test_a_number_of_others_finds_nothing_in_the_search(mary):
    visitor = collecting("revenues.collecting")
    for words in ("ZQRENT1", "ZQAWARD", "Northway Homes"):
        found = visitor.post("/find", {"words": words}).content.decode()
        assert not PLANTED.search(found.replace(words, "")), words
        assert reverse("resident", args=[mary.pk]) not in found
