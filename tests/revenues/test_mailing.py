"""The letters of a billing run: each notice once, whatever is killed, and counts that reconcile."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borough.kernel import commanding
from borough.kernel.documents.models import Addressee, Document, Print
from borough.kernel.facts.models import Fact
from borough.kernel.people.models import Need
from borough.kernel.places.models import Address
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import annual, billing, capabilities, mailing, models
from borough.lines.revenues.commands import annual as annual_commands
from borough.lines.revenues.commands import letters as letter_commands
from borough.lines.revenues.commands import mailing as commands
from borough.lines.revenues.letters import filling
from borough.lines.revenues.queries import mailing as queries
from tests import makers

YEAR = makers.YEAR
ON = makers.BILLING_DAY
BY = makers.everything()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


def billed() -> Run:
    run = annual_commands.ask_billing(year=YEAR, by=BY, on=ON)
    annual.carry_out(run, by=BY)
    return run


def asked(**how) -> Run:
    return commands.ask_bill_letters(billing=billed(), by=BY, on=ON, **how)


def sent() -> Run:
    run = asked()
    mailing.carry_out(run, by=BY, processes=1)
    return run


def test_every_notice_becomes_one_letter_and_one_pdf(db):
    accounts = [makers.an_account(band=band) for band in "ABD"]
    run = sent()
    counts = queries.counts(run)
    assert (counts.expected, counts.issued, counts.printed, counts.left_out) == (3, 3, 3, 0)
    assert counts.reconciles
    assert counts.length_bytes == sum(Print.objects.values_list("length_bytes", flat=True)) > 0
    assert {one.thing for one in Document.objects.all()} == {one.thing for one in accounts}
    assert Addressee.objects.count() == 3
    [fact] = Fact.objects.filter(what="revenues.bills_sent")
    assert (fact.detail["letters"], fact.detail["printed"]) == (3, 3)


def test_carrying_it_out_again_sends_nothing_twice(db):
    makers.an_account()
    run = sent()
    mailing.carry_out(run, by=BY, processes=1)
    assert Document.objects.count() == Print.objects.count() == 1
    assert Fact.objects.filter(what="revenues.bills_sent").count() == 1


def test_the_letters_of_a_billing_are_asked_for_once(db):
    makers.an_account()
    run = asked()
    with pytest.raises(runs.AlreadyAsked, match="10 March 2025"):
        commands.ask_bill_letters(billing=Run.objects.get(pk=run.asked["billing"]), by=BY, on=ON)


def test_a_billing_that_goes_on_has_no_letters_yet(db):
    makers.an_account()
    run = annual_commands.ask_billing(year=YEAR, by=BY, on=ON)
    with pytest.raises(commands.NotBilledYet):
        commands.ask_bill_letters(billing=run, by=BY, on=ON)


def test_who_may_only_prepare_the_billing_may_not_send_the_bills(db):
    makers.an_account()
    only = commanding.system("prepares", capabilities.PREVIEW_BILLING)
    with pytest.raises(commanding.NotAllowed):
        commands.ask_bill_letters(billing=billed(), by=only, on=ON)


def test_what_cannot_be_sent_is_left_out_with_its_reason(db):
    makers.an_account()
    changed, homeless, careful = (makers.an_account() for _ in range(3))
    run = asked()
    changed.households.update(adults=1)
    Address.objects.filter(dwelling=homeless.dwelling).update(line="", town="", postcode="")
    person = careful.liabilities.get().person
    Need.objects.create(person=person, kind=Need.Kind.SAFE_CONTACT, starts=ON)
    mailing.carry_out(run, by=BY, processes=1)
    counts = queries.counts(run)
    assert (counts.issued, counts.left_out, counts.reconciles) == (1, 3, True)
    reasons = dict(queries.left_out(queries.all_left_out(run)))
    assert "Something has changed since 2025-26" in reasons[changed.reference]
    assert "has no address" in reasons[homeless.reference]
    assert "by hand" in reasons[careful.reference]


def test_one_account_that_cannot_be_worked_out_stops_no_other_letter(db):
    makers.an_account()
    bad = makers.an_account()
    run = asked()
    models.Band.objects.filter(dwelling=bad.dwelling).delete()
    mailing.carry_out(run, by=BY, processes=1)
    [(reference, reason)] = queries.left_out(queries.all_left_out(run))
    assert reference == bad.reference
    assert "band" in reason.lower()
    assert queries.counts(run).issued == 1


def test_a_notice_that_has_a_letter_gets_no_second(db):
    account, other = makers.an_account(), makers.an_account()
    run = asked()
    letter_commands.issue_bill(account=account, year=YEAR, by=BY, on=ON)
    mailing.carry_out(run, by=BY, processes=1)
    counts = queries.counts(run)
    assert (counts.already, counts.issued, counts.reconciles) == (1, 1, True)
    assert Document.objects.filter(thing=account.thing).count() == 1
    assert Document.objects.filter(thing=other.thing).count() == 1


def test_the_letter_is_of_the_newest_notice(db):
    account = makers.an_account(band="A")
    run = asked()
    letter_commands.issue_bill(account=account, year=YEAR, by=BY, on=ON)
    account.households.update(adults=1)
    billing.bill_accounts([account.pk], YEAR, on=ON, by=BY, because="test")
    mailing.carry_out(run, by=BY, processes=1)
    first, second = Document.objects.order_by("pk")
    assert (first.data["version"], second.data["version"]) == (1, 2)
    assert first.data["charge_pence"] > second.data["charge_pence"]


def test_former_residents_are_told_nothing(db):
    account = makers.an_account()
    former = makers.a_person("Tom", "Before")
    models.Liability.objects.create(
        account=account,
        person=former,
        basis="owner",
        starts=date(2023, 4, 1),
        ends=date(2024, 4, 1),
    )
    sent()
    assert not Addressee.objects.filter(person=former).exists()


def test_a_number_of_accounts_is_read_with_the_same_queries_as_one(db, django_assert_num_queries):
    accounts = [makers.an_account() for _ in range(6)]
    billed()
    filling.of_accounts([accounts[0].pk], YEAR, on=ON)
    with CaptureQueriesContext(connection) as one:
        filling.of_accounts([accounts[0].pk], YEAR, on=ON)
    with django_assert_num_queries(len(one)):
        filled = filling.of_accounts([account.pk for account in accounts], YEAR, on=ON)
    assert [ready.said.account for ready in filled.ready.values()] == [
        account.reference for account in accounts
    ]
