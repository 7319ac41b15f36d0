"""Every page there is, in a real browser, at 320 and 1280 px.

Axe, console, reflow, targets, focus, strict HTML. A new route must be given an address here, or a
reason why it is no page. Pictures of all of them are kept in ``pictures/``.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import get_resolver

from borough.kernel.bank import commands as bank
from borough.kernel.bank import importing
from borough.kernel.bank.models import Entry, SetAside, StatementFile
from borough.kernel.documents import queries as documents
from borough.kernel.holds import commands as holds
from borough.kernel.officers.models import Appointment
from borough.kernel.people.models import (
    ContactPoint,
    CorrespondenceAddress,
    Need,
    Person,
    Residence,
)
from borough.kernel.post import commands as post
from borough.lines.revenues import annual, billing, collected, models
from borough.lines.revenues.commands import annual as annual_commands
from borough.lines.revenues.commands import arrangements, households, letters
from borough.lines.revenues.commands import collected as collected_commands
from borough.lines.revenues.commands import reviews as review_commands
from tests import browsing, conftest, makers, officers
from tests.architecture.test_guards import routes
from tests.journeys import (
    change_pages,
    debit_pages,
    effect_pages,
    fund_pages,
    moratorium_pages,
    outgoing_pages,
    paying_out_pages,
    remedy_pages,
    shared_table_pages,
    support_pages,
)
from tests.resident.plans import plan_makers
from tests.resident.sources import feed_makers
from tests.revenues import recovering_makers

pytestmark = pytest.mark.browser

NO_PAGE = {
    "health": "plain words for a load balancer",
    "find": "answers a form; without one it is shown below as find",
    "accounts/logout/": "shown last, for it ends the visit",
    "accounts/login/": "shown first, before anybody is signed in",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "opens by a link that works once; in the journey of a new officer"
    ),
    "accounts/inactive/": "an officer who is not active comes here from signing in",
    "accounts/reauthenticate/": "comes before a change of two-step sign-in; in its own journey",
    "accounts/2fa/authenticate/": "comes after a password; in its own journey",
    "accounts/2fa/reauthenticate/": "comes before a change of two-step sign-in",
    "accounts/2fa/totp/activate/": "asks for the password again first; in its own journey",
    "accounts/2fa/totp/deactivate/": "only with two-step sign-in on",
    "accounts/2fa/recovery-codes/": "only with two-step sign-in on",
    "accounts/2fa/recovery-codes/generate/": "only with two-step sign-in on",
    "residents/support-messages": "leads on to the list of today",
    "residents/<int:number>/letters/<int:document>": "a PDF",
    "residents/<int:number>/help/<str:scheme>": "in the journey of the support team",
    "residents/<int:number>/step": "opens while a step is to come; in the tests of what follows",
    "residents/links/next": "goes on to what is to be decided next",
    "residents/links/of/<int:number>": "opens for help alone; in the tests of who is who",
    "residents/links/of/<int:number>/<int:record>": "opens for help alone, as the one before",
    "residents/links/<int:number>": "opens for help alone; in the journey of who is who",
    "residents/figures/<str:day>": "as the newest figures, which are shown",
    "residents/figures/<str:day>/file": "a download",
    "residents/figures/publishing": "a button and a sentence; in the tests of figures",
    "residents/sources/feeds/<int:number>/rows": "in the tests of sources",
    "residents/kept/<slug:what>": "opens while something is past its time; tests of keeping",
    "residents/looks": "opens for quality alone; in the tests of looks",
    "residents/looks/<int:look>": "opens while a look waits; in the tests of looks",
    "residents/emergencies": "opens for quality alone; in the tests of emergencies",
    "residents/emergencies/<int:number>": "opens while one waits; in the tests of emergencies",
    "residents/officers/said/<int:number>": "opens while it waits; in the tests of own records",
    **{
        f"residents/fund/<int:number>/{what}": "a deed, drawn as the award's; in its own tests"
        for what in ("agreement", "refusal", "review", "withdrawal", "reversal", "payment")
    },
    "residents/effect/runs/<int:number>/pdf": "a PDF",
    "residents/effect/papers/<slug:paper>/pdf": "a PDF",
    "partnership/pack/<int:number>": "a PDF",
    "partnership/public/contracts/list": "a CSV file",
    "partnership/public/contracts/open": "open contracting data, as JSON",
    "residents/plans/held/<slug:source>": "a deed; in the tests of plans' money",
    "residents/plans/remittances/<int:number>": "in the tests of plans' money",
    "residents/plans/remittances/<int:number>/grant": "a deed; in the tests of plans' money",
    "residents/plans/remittances/<int:number>/drop": "a deed; in the tests of plans' money",
    "residents/plans/remittances/<int:number>/list": "a download",
    "change/idea/sent": "shows who has just sent an idea its reference; in the tests of ideas",
    **{
        f"partnership/savings/{what}": "a deed, drawn as others; in the tests of the savings ledger"
        for what in (
            "years/<str:name>/charge",
            "charges/<int:number>/reversal",
            "terms/<int:number>/line",
            "terms/<int:number>/change",
            "lines/<int:number>/removal",
            "changes/<int:number>/removal",
            "claims/<int:number>/completion",
            "claims/<int:number>/again",
            "claims/<int:number>/method",
            "claims/<int:number>/signature",
            "claims/<int:number>/reversal",
            "claims/<int:number>/dispute",
            "claims/<int:number>/count",
            "claims/<int:number>/rows",
            "claims/<int:number>/record",
            "disputes/<int:number>/settlement",
            "evidence/<int:number>/signature",
        )
    },
    "my/": "a resident's own, whom an officer's sign-in does not make; in its own journey",
    "my/looks": "a resident's own; in its own journey",
    "my/fund": "a resident's own; in the tests of the fund",
    "my/message": "a resident's own; in its own journey",
    "my/contests/<int:fact>": "a resident's own, as a message; in the tests of their door",
    "my/sign-in": "the door of residents; in its own journey",
    "my/code": "the door of residents; in its own journey",
    "my/sign-out": "a button of the resident's own pages",
    "my/letters/<int:number>": "a PDF",
    "revenues/accounts/<str:reference>/bills/<str:name>": "makes a letter, by a button",
    "revenues/letters/<int:number>": "a PDF",
    "outgoing/batches/<int:number>/<str:name>": "a download",
    "revenues/hearings/<str:day>/list": "a download",
    "revenues/agents/files/<int:number>": "a CSV file for an enforcement agent",
    "bank/payments/files/<int:number>": "a file for the bank",
    "post/<int:number>/file": "a download",
    "partnership/papers/<int:number>": "a download",
    "partnership/twenty/<int:number>/answers": "opens for who sits; in the tests of the cases",
    "partnership/next-year/<year:year>/proposals": "opens for who speaks for a side; its own tests",
    "partnership/public/next-year/<year:year>/pdf": "a PDF",
    "partnership/decisions/<int:number>/book": "a download",
    "partnership/twenty/<int:number>/book": "a download",
    "partnership/twenty/<int:number>/round": "a deed, drawn as others; in the tests of the cases",
    "partnership/public/decisions/file": "a download",
    "partnership/information/<int:number>/position": "opens for who sits; in its own journey",
    "partnership/information/<int:number>/position/form": "a download",
    "revenues/collections/<int:number>/file": "a file for the banks, by a button",
    "partnership/notices/<str:name>/text": "a download",
}


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, str]]:
    """Furnish a little of everything once for all parts; yield the address of each route."""
    with conftest.a_database(django_db_blocker):
        yield furnish()


@pytest.fixture(scope="module")
def at_work(addresses: dict[str, str]) -> Iterator[tuple[str, browsing.Page]]:
    """Yield where the pages are served, and the page of an officer who has signed in."""
    with conftest.served() as server, browsing.chromium() as browser:
        page = browser.new_page()
        browsing.visit_checked(page, f"{server}/accounts/login/")
        page.get_by_label("Email address").fill("ann@example.org")
        page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
        browsing.go(page, page.get_by_role("button", name="Sign in"))
        page.goto(f"{server}/purpose")
        page.get_by_label("Helping the resident").check()  # it opens what the others do, and more
        browsing.go(page, page.get_by_role("button", name="Continue"))
        yield server, page
        browsing.visit_checked(page, f"{server}/accounts/logout/")


def furnish() -> dict[str, str]:
    """Furnish a little of everything; return the address that shows each route."""
    cache.clear()
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    by, on = makers.everything(), makers.BILLING_DAY
    mary = makers.a_person("Mary", "Rimmer", date_of_birth=date(1950, 2, 3))
    account = makers.an_account(band="B", people=[mary], adults=2)
    Residence.objects.create(person=mary, dwelling=account.dwelling, starts=account.starts)
    single = makers.an_account(band="C", adults=1)
    exempt = makers.an_account(band="D", adults=None)
    held = held_pages(account, mary, exempt)
    preview = annual_commands.prepare_billing(year=makers.YEAR, by=by, on=on)
    annual.preview(preview)
    run = annual_commands.commit_billing(preview=preview, by=makers.an_officer(ann.pk), on=on)
    annual.carry_out(run, by=by)
    billing.bill_accounts([account.pk], makers.YEAR, on=on, by=by, because="again")
    letters.issue_bill(account=account, year=makers.YEAR, by=by, on=on)
    assert documents.documents_of(account.thing)
    people = people_pages(mary, account)
    arrangement = arrangements.agree(
        account=account,
        parts=[makers.YEAR.name],
        offer=arrangements.Offer(5_000, "monthly", on),
        by=by,
        on=on,
    )
    return {
        **remedy_pages.furnish(),
        **outgoing_pages.furnish(mary, account),
        **debit_pages.furnish(),
        **support_pages.furnish(mary),
        **effect_pages.furnish(),
        **moving_pages(exempt, single),
        "accounts/<str:reference>/single-person-discount/end": single.reference,
        "accounts/<str:reference>": account.reference,
        "dwellings/<int:uprn>": str(account.dwelling.uprn),
        **people,
        "residents/<int:number>": str(mary.pk),
        **held,
        "arrangements/<int:number>": str(arrangement.pk),
        "previews/<int:number>": str(preview.pk),
        "runs/<int:number>": str(run.pk),
        **bank_pages(account),
        **source_pages(),
        "post/<int:number>": str(some_post()),
        "services/<slug:slug>": "revenues",
        "collected/counts/<int:number>": str(counted()),
        "collected/<str:name>": makers.YEAR.name,
        "/<str:what>": "charge",
        "left/<str:stage>": "none",
        **plan_pages(on),
        **shared_table_pages.furnish(),
        **change_pages.furnish(),
    }


def held_pages(account: models.Account, mary: Person, exempt: models.Account) -> dict[str, str]:
    """Furnish what an account, and what a home, can hold that has a page to end it."""
    disregard = models.Disregard.objects.create(
        account=account, person=mary, ground="students", starts=account.starts
    )
    reduction = account.disabled_reductions.create(starts=account.starts)
    exemption = models.Exemption.objects.create(
        dwelling=exempt.dwelling, letter="F", starts=exempt.starts
    )
    exception = models.PremiumException.objects.create(
        dwelling=exempt.dwelling, letter="G", starts=exempt.starts
    )
    return {
        "disregards/<int:number>": str(disregard.pk),
        "disabled-reductions/<int:number>": str(reduction.pk),
        "exemptions/<int:number>": str(exemption.pk),
        "premium-exceptions/<int:number>": str(exception.pk),
    }


def plan_pages(on: date) -> dict[str, str]:
    """Furnish somebody who can spare something, and has a plan; and somebody who cannot."""
    jane, poor = makers.a_person("Jane", "Sutton"), makers.a_person("Paul", "Sutton")
    for person, spare in ((jane, 6_000), (poor, -2_500)):
        plan_makers.an_order(person, 60_000, on=on)
        plan_makers.a_statement(person, spare, on=on)
    plan = plan_makers.a_plan(jane, on=on)
    return {
        "residents/<int:number>/budget": str(jane.pk),
        "residents/<int:number>/plan": str(jane.pk),
        "residents/<int:number>/no-plan": str(poor.pk),
        "plans/<int:number>": str(plan.pk),
        **fund_pages.furnish(jane, poor),
    }


def recovery_pages() -> dict[str, str]:
    """Furnish a summons, holds and the runs of recovery; return the parts of their addresses."""
    _, held = recovering_makers.billed(), recovering_makers.billed()
    day, hearing = date(2025, 5, 20), date(2025, 6, 30)
    hold = holds.place_hold(
        kind="dispute",
        upon=holds.Upon(thing=held.thing),
        by=makers.everything(),
        on=date(2025, 4, 11),
    )
    recovering_makers.take("reminder", date(2025, 4, 10))
    prepared = recovering_makers.preview("summons", day, hearing)
    done = recovering_makers.commit(prepared, day)
    told = moratorium_pages.furnish()  # it writes letters: before the step that stays unwritten
    recovering_makers.billed()
    recovering_makers.take("reminder", day, and_write=False)  # whom nobody has told yet
    return {
        **told,
        "summons/<str:year>": makers.YEAR.name,
        "notices/<str:year>": makers.YEAR.name,
        "costs/<str:year>": makers.YEAR.name,
        "recovery/previews/<int:number>": str(prepared.pk),
        "recovery/runs/<int:number>": str(done.pk),
        "hearings/<str:day>": str(hearing),
        "holds/<int:number>": str(hold.pk),
    }


def bank_pages(account: models.Account) -> dict[str, str]:
    """Furnish a statement with something in suspense; return the parts of its addresses."""
    by, on = makers.everything(), makers.BILLING_DAY
    last = makers.YEAR.preceding
    billing.bill_accounts([account.pk], last, on=on, by=by, because="the year before")
    known, unknown = f"{account.reference},10,01/03/2025", f"rates {account.reference},1,01/03/2025"
    later = "z,1,01/03/2030\n"
    content = f"Account,Amount,Paid on\n{known}\n{unknown}\nx,1,x\ny,1,01/03/2019\n{later}"
    run = bank.load_statement(content=content.encode(), layout="bank-receipts", by=by, on=on)
    importing.carry_out(run, by=by)
    went = b"Date,Paid in,Paid out,Reference\n01/03/2025,,2,out\n"
    out = bank.load_statement(content=went, layout="statement", by=by, on=on)
    importing.carry_out(out, by=by)
    return {
        **recovery_pages(),
        **paying_out_pages.furnish(account.liabilities.get().person),
        "receipts/<int:number>": str(
            models.Allotment.objects.get(sub_account__reference=account.reference).pk
        ),
        "statements/rows/<int:number>": str(SetAside.objects.get(reason=importing.FUTURE).pk),
        "statements/<int:number>": str(StatementFile.objects.get(run=run).pk),
        "entries/<int:number>/paid-out": str(Entry.objects.get(reference="out").pk),
        "entries/<int:number>/posting": str(Entry.objects.get(reference="y").pk),
        "entries/<int:number>": str(Entry.objects.get(reference__startswith="rates").pk),
    }


def source_pages() -> dict[str, str]:
    """Furnish a feed that was taken in; return the parts of its addresses."""
    rows = [feed_makers.rent("T1", "P1", "250.10"), feed_makers.rent("T2", "P2", consent_from="")]
    content = feed_makers.a_file("northway-rents", *rows)
    feed = feed_makers.take_in(content, on=makers.BILLING_DAY)
    return {
        "sources/<slug:slug>": "northway-rents",
        "sources/feeds/<int:number>": str(feed.pk),
    }


def moving_pages(exempt: models.Account, single: models.Account) -> dict[str, str]:
    """Furnish what the pages of moves, changes, deaths and owners show."""
    by, on = makers.everything(), makers.BILLING_DAY
    households.declare_household(account=exempt, adults=2, starts=exempt.starts, by=by, on=on)
    drawn = review_commands.prepare_review(
        sizes={"known": 0, "long": 0, "others": 1}, seed=1, by=makers.an_officer(1), on=on
    )
    review_commands.commit_review(preview=drawn, by=by, on=on)
    departed = makers.an_account(people=[makers.a_person(date_of_death=date(2025, 1, 2))])
    award, relief = (
        departed.reductions.create(kind=kind, year_pence=1000, starts=departed.starts)
        for kind in models.Reduction.Kind
    )
    owner_class = models.OwnerLiable.objects.create(
        dwelling=departed.dwelling, letter="C", starts=departed.starts
    )
    return {
        "accounts/<str:reference>/death": departed.reference,
        "accounts/<str:reference>/grant": departed.reference,
        "move/<int:to>": str(single.dwelling.uprn),
        "changes/<int:number>": str(models.Change.objects.latest("pk").pk),
        "owner-classes/<int:number>": str(owner_class.pk),
        "reviews/answers/<int:number>": str(models.Review.objects.get().pk),
        "revenues/reviews/<int:number>": str(drawn.pk),
        "awards/<int:number>": str(award.pk),
        "reliefs/<int:number>": str(relief.pk),
    }


def people_pages(mary: Person, account: models.Account) -> dict[str, str]:
    """Furnish what the pages of people and officers show; return the parts of their addresses."""
    john = makers.a_person("John", "Rimmer", date_of_death=date(2025, 1, 2))
    need = Need.objects.create(person=mary, kind=Need.Kind.LARGE_PRINT, starts=account.starts)
    way = ContactPoint.objects.create(
        person=mary, kind=ContactPoint.Kind.PHONE, value="01632 960001", starts=account.starts
    )
    elsewhere = CorrespondenceAddress.objects.create(
        person=mary, lines="1 Other Street", starts=account.starts
    )
    bob = officers.an_officer("Bob Example", *officers.every_capability())
    appointment = Appointment.objects.get(officer=bob)
    return {
        "residents/<int:number>/death/mistake": str(john.pk),
        "needs/<int:need>": str(need.pk),
        "contact-points/<int:contact_point>": str(way.pk),
        "correspondence/<int:address>": str(elsewhere.pk),
        "officers/<int:number>": str(bob.pk),
        "roles/<int:appointment>": str(appointment.pk),
    }


def some_post() -> int:
    """Take in a letter; return its number."""
    item = post.take_in(
        content=makers.a_pdf(),
        how="letter",
        about="dispute",
        received_on=date(2025, 2, 20),
        folder=settings.DOCUMENTS,
        by=makers.everything(),
        on=makers.BILLING_DAY,
    )
    return item.pk


def counted() -> int:
    """Count what was collected; return the number of the run."""
    run = collected_commands.ask_figures(by=makers.everything(), on=date(2025, 5, 1))
    collected.carry_out(run)
    return run.pk


def address(route: str, addresses: dict[str, str]) -> str:
    """Fill a route in with the things that were furnished for its parts."""
    # The longest part first: a preview of recovery is not one of billing.
    for part, value in sorted(addresses.items(), key=lambda one: -len(one[0])):
        route = route.replace(part, re.sub("<[^>]+>", value, part))
    assert "<" not in route, f"/{route}: give it an address in this test, or say why it is no page"
    return f"/{route}"


# In parts, so that no processor waits for one long test at the end.
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(part, addresses, at_work):
    server, page = at_work
    shown = [route for route, _ in routes(get_resolver()) if route not in NO_PAGE]
    assert len(shown) >= 30 * PARTS
    for route in shown[part::PARTS]:
        where = address(route, addresses)
        browsing.visit_checked(page, server + where)
        browsing.picture(page, "page-" + (route.strip("/").replace("/", "-") or "home"))


def test_every_route_is_a_page_or_says_why_not():
    known = {route for route, _ in routes(get_resolver())}
    assert known >= NO_PAGE.keys()
