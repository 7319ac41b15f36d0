"""Nobody is named on any page before a purpose was chosen: every route there is, one by one.

A page about people sends whoever has chosen none to choose one. Every other page is opened with
everything furnished, and bears neither a name nor what a payer wrote.
"""

import re

from django.urls import get_resolver

from borough.kernel import joining
from borough.kernel.bank.models import Entry
from borough.kernel.officers.models import Officer
from borough.kernel.people.models import Person
from borough.resident.sources import models as sources
from tests import officers
from tests.architecture.test_guards import routes
from tests.journeys import test_every_page
from tests.journeys.test_every_page import addresses

__all__ = ["addresses"]  # furnished there
PART = re.compile(r"<(\w+:)?\w+>")
SHORTEST = 5  # what a payer wrote in fewer letters could stand on any page
LEADS_ON = {
    "residents/links/next",
    "residents/support-messages",
    "residents/looks",
    "residents/emergencies",
    "partnership/information/<int:number>/position/file",
}

NAMES_NOBODY = {
    "find": "the search itself, which answers a form: a name is how a record is found",
    "residents/figures/<str:day>": "the counts of the newest figures, which are opened here",
    "residents/figures/<str:day>/file": "the same counts; in the tests of figures",
    "residents/figures/publishing": "a button and a sentence",
    "residents/effect/runs/<int:number>/pdf": "figures of all who were helped, as a paper",
    "residents/effect/papers/<slug:paper>/pdf": "what the program declares, as a paper",
    "residents/kept/<slug:what>": "how many would go, of what",
    **{
        route: "the shared table holds no record of a resident"
        for route in test_every_page.NO_PAGE
        if route.startswith("partnership/") and not route.startswith("partnership/public/")
    },
}


def office() -> list[tuple[str, bool]]:
    """Return the routes that need a capability, and whether a purpose, too."""
    return [
        (route, getattr(one.callback, "personal", False))
        for route, one in routes(get_resolver())
        if isinstance(getattr(one.callback, "guard", None), joining.Capability)
    ]


def words_about_people() -> list[str]:
    """Return the names of all human beings, and what stands in bank entries and others' rows."""
    humans = Person.objects.filter(kind=Person.Kind.PERSON)
    people = [f"{one.given_names} {one.family_name}".strip() for one in humans]
    wrote = Entry.objects.values_list("payer_name", "reference", "narrative")
    told = sources.SetAside.objects.values_list("row", flat=True)
    several = [
        *people,
        *(word for one in wrote for word in one),
        *(str(one) for one in told if one),
    ]
    return sorted({word for word in several if len(word) >= SHORTEST and not word.isdecimal()})


def test_nobody_is_named_before_a_purpose_was_chosen(addresses):
    visitor = officers.a_visitor(Officer.objects.get(email="ann@example.org"), purpose="")
    known, named, opened = words_about_people(), [], 0
    assert {"Mary Rimmer", "Dora Docks"} <= set(known)
    for route, personal in office():
        if personal:
            response = visitor.get("/" + PART.sub("1", route))
            if response.status_code == 302 and not response.url.startswith("/purpose"):
                response = visitor.get(response.url)  # what waits no more leads on to its list
                text = response.content.decode()
                named += [(route, word) for word in known if word in text]
            else:
                assert response.status_code in {302, 404}, route
                assert response.status_code == 404 or response.url.startswith("/purpose"), route
        elif route not in test_every_page.NO_PAGE or route in LEADS_ON:
            response = visitor.get(test_every_page.address(route, addresses))
            assert response.status_code == (302 if route in LEADS_ON else 200), route
            text, opened = response.content.decode(), opened + 1
            named += [(route, word) for word in known if word in text]
    assert opened > 50
    assert named == []
    left = {route for route, personal in office() if not personal} & test_every_page.NO_PAGE.keys()
    assert left - LEADS_ON == NAMES_NOBODY.keys()
