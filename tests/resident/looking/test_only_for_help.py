"""What was joined from other organisations reaches nobody who collects, through any channel.

A collecting officer with every other capability follows every link there is, searches, sends forms
with mistakes and downloads files: the words planted in what was joined are in none of it.
"""

import re
from collections import Counter
from datetime import date

import pytest
from django.urls import Resolver404, resolve

from borough.kernel import joining
from borough.kernel.documents import templates
from borough.kernel.documents.models import Document
from borough.kernel.facts import commands as facts
from borough.kernel.ledger.commands import opening, posting
from borough.kernel.ledger.payload import Line
from borough.kernel.people.models import Residence
from borough.lines.revenues import billing
from borough.resident import purposes, queries
from borough.rules import years
from tests import makers, officers
from tests.journeys import test_every_page

ON = date(2025, 6, 2)
DEBT = "ZQ9731"
PLANTED = re.compile(r"ZQ9731|ZQ-Homes|7,313\.37|731337|Owed to somebody else")
NOT_FOR_HELP = ["revenues.collecting", "kernel.enquiry", "kernel.quality"]
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
ONE_USE = re.compile(rb'name="(one_use|csrfmiddlewaretoken)" value="[^"]*"')
LEFT_OUT = re.compile(r"^/(static|accounts)/|^/purpose")


@pytest.fixture
def mary(db, settings):
    """Return somebody with an account of ours, and a debt, a happening and a letter joined."""
    settings.STANDING_DATE = ON
    by = makers.everything()
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=date(1950, 3, 1))
    account = makers.an_account(people=[mary])
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    billing.bill_accounts([account.pk], years.Year(2025), on=ON, by=by, because="test")
    [sub] = opening.open_sub_accounts(
        kind="resident.memorandum",
        references=[DEBT],
        part="northway-rents",
        holders=([0], [mary.pk]),
    )
    posting.post(
        source="test",
        key="joined",
        on=ON,
        narrative="As told by ZQ-Homes",
        lines=[Line("MEMO-OWED", 731_337, int(sub)), Line("MEMO-HELD", -731_337)],
        by=by,
    )
    facts.record(
        "resident.debt_no_longer_reported",
        about=[mary.pk],
        thing=f"kernel.person/{mary.pk}",
        by=by,
        on=ON,
        pence=731_337,
        source="ZQ-Homes",
    )
    facts.record(
        "resident.debt_no_longer_reported",
        thing=account.thing,
        by=by,
        on=ON,
        pence=731_337,
        source="ZQ-Homes",
    )
    letter = Document.objects.create(
        kind="resident.plan",
        title="Your plan with ZQ-Homes",
        template_id=templates.current("lines/revenues/letters/bill.typ"),
        thing=account.thing,
        on=ON,
        by=by.reference,
        data={},
        data_hash="",
    )
    letter.addressees.create(person=mary)
    return mary


def collecting(purpose, name="Cal Example"):
    every = [one for one in officers.every_capability() if one != purposes.SUPPORT_RESIDENTS]
    return officers.a_visitor(officers.an_officer(name, *every), purpose=purpose)


def followed(visitor, *starts: str) -> dict[str, bytes]:
    """Return pages and files that links lead to, by address: two of each route."""
    waiting, seen, routes = list(starts), {}, Counter()
    while waiting:
        where = waiting.pop(0)
        if where in seen or LEFT_OUT.match(where) or routes[_route(where)] == 2:
            continue
        routes[_route(where)] += 1
        response = visitor.get(where)
        seen[where] = b"".join(response) if response.streaming else response.content
        if "html" in response.get("Content-Type", ""):
            waiting += LINK.findall(seen[where].decode().replace("&amp;", "&"))
    return seen


def _route(where: str) -> str:
    try:
        return resolve(where.partition("?")[0]).route
    except Resolver404:
        return where


def planted(content: bytes) -> str:
    found = PLANTED.search(content.decode(errors="replace"))
    return found.group() if found else ""


@pytest.mark.parametrize("slug", NOT_FOR_HELP)
def test_what_is_joined_is_selected_by_no_question_of_another_purpose(mary, slug):
    asked = {"purpose": joining.purposes()[slug], "on": ON}
    assert not planted(repr(queries.picture(mary, **asked)).encode())
    assert not planted(repr(queries.timeline(mary.pk, purpose=asked["purpose"])).encode())


def test_what_is_planted_is_there_for_those_who_help(mary):
    picture = queries.picture(mary, purpose=purposes.SUPPORT, on=ON)
    assert DEBT in [held.reference for held in picture.held]
    assert "Your plan with ZQ-Homes" in [letter.title for letter in picture.letters]
    told = [entry.sentence for entry in queries.timeline(mary.pk, purpose=purposes.SUPPORT)]
    assert any("ZQ-Homes" in sentence for sentence in told)


def test_no_page_or_file_that_links_lead_to_shows_it(mary):
    visitor = collecting("revenues.collecting")
    pages = followed(visitor, "/", f"/residents/{mary.pk}")
    assert len(pages) > 40
    assert any(where.endswith("/timeline") for where in pages)
    assert any(where.endswith("/letters") for where in pages)
    assert [(where, said) for where, one in pages.items() if (said := planted(one))] == []
    letter = Document.objects.get(kind="resident.plan").pk
    for where in (f"/residents/{mary.pk}/letters/{letter}", f"/revenues/letters/{letter}"):
        assert visitor.get(where).status_code == 404


def test_neither_search_nor_a_mistake_tells_that_it_is_there(mary):
    visitor = collecting("revenues.collecting")
    item = test_every_page.some_post()
    answers = {
        "search by its number": visitor.post("/find", {"words": DEBT}),
        "search by the name": visitor.post("/find", {"words": "Mary Rimmer"}),
        "filing post under its number": visitor.post(
            f"/post/{item}", officers.posted(number=DEBT), follow=True
        ),
        "its account": visitor.get(f"/revenues/accounts/{DEBT}"),
    }
    unknown = {
        "filing post under its number": visitor.post(
            f"/post/{item}", officers.posted(number="ZQ0000"), follow=True
        ),
        "its account": visitor.get("/revenues/accounts/ZQ0000"),
    }
    for what, response in answers.items():
        but_what_was_typed = response.content.replace(DEBT.encode(), b"")
        assert not planted(but_what_was_typed), what
    for what, response in unknown.items():
        assert answers[what].status_code == response.status_code, what
        said = [
            one.content.replace(DEBT.encode(), b"").replace(b"ZQ0000", b"")
            for one in (answers[what], response)
        ]
        assert ONE_USE.sub(b"", said[0]) == ONE_USE.sub(b"", said[1]), what
