"""Mary is kept apart from John, with whom she owes one bill: nothing that reaches him tells of her.

Each of them sees what is theirs, and what they owe together.
"""

from datetime import date

import pytest

from borough.kernel.documents.models import Document
from borough.kernel.people import commands as people
from borough.kernel.people.models import CorrespondenceAddress, Residence
from borough.lines.revenues import billing
from borough.lines.revenues.commands import letters
from borough.lines.revenues.letters import addressing, filling
from borough.resident import queries
from borough.resident.own.purposes import SELF
from borough.rules import years
from tests import makers, markup, officers

ON = date(2025, 6, 2)
YEAR = years.Year(2025)
HER_WORDS = ("Mary", "Sutton", "Refuge Lane", "Quiet Street")


@pytest.fixture(autouse=True)
def standing(settings, tmp_path):
    settings.STANDING_DATE, settings.DOCUMENTS = ON, tmp_path


@pytest.fixture
def couple(db):
    """Return Mary, John, the account of both, and hers alone where she lives now."""
    mary, john = makers.a_person("Mary", "Sutton"), makers.a_person("John", "Rimmer")
    joint = makers.an_account(people=[mary, john], adults=2)
    hers = makers.an_account(people=[mary], starts=date(2025, 5, 1))
    hers.dwelling.addresses.update(line="9 Quiet Street")
    Residence.objects.create(person=john, dwelling=joint.dwelling, starts=joint.starts)
    Residence.objects.create(person=mary, dwelling=hers.dwelling, starts=hers.starts)
    CorrespondenceAddress.objects.create(person=mary, lines="1 Refuge Lane", starts=ON)
    for account in (joint, hers):
        billing.bill_accounts([account.pk], YEAR, on=ON, by=makers.everything(), because="test")
    people.record_need(person=mary, kind="keep_apart", by=makers.everything(), on=ON)
    return mary, john, joint, hers


@pytest.fixture(params=["revenues.collecting", "resident.support"])
def visitor(db, request):
    ann = officers.an_officer("Ann Example", *officers.every_capability())
    return officers.a_visitor(ann, purpose=request.param)


def hers_in(text: str) -> list[str]:
    return [one for one in HER_WORDS if one in text]


def test_no_letter_goes_to_both_and_the_run_says_why(couple):
    _, _, joint, hers = couple
    filled = filling.of_accounts([joint.pk, hers.pk], YEAR, on=ON)
    assert filled.ready.keys() == {hers.pk}
    assert isinstance(filled.refused[joint.pk], addressing.NotTogether)
    [head] = addressing.heads([addressing.Asked(joint.pk, YEAR.starts, YEAR.ends)], on=ON)
    assert isinstance(head, addressing.NotTogether)  # nor a step, nor a row of an agent's file


def test_each_has_a_bill_of_their_own_for_the_same_sum(couple, visitor):
    mary, john, joint, _ = couple
    page = visitor.get(f"/revenues/accounts/{joint.reference}/letters").content.decode()
    assert "kept apart" in page
    for person in (mary, john):
        answers = officers.posted(only=str(person.pk))
        visitor.post(f"/revenues/accounts/{joint.reference}/bills/2025-26", answers)
    to_her, to_him = Document.objects.order_by("pk")
    assert to_her.data["addressees"] == ["Mary Sutton"]
    assert to_her.data["address"][0] == "1 Refuge Lane"
    assert to_him.data["addressees"] == ["John Rimmer"]
    assert hers_in(str(to_him.data)) == []
    assert to_him.data["instalments"] == to_her.data["instalments"]


def test_somebody_who_owes_nothing_there_gets_no_bill(couple, visitor):
    _, _, joint, _ = couple
    stranger = makers.a_person("Some", "Body")
    answers = officers.posted(only=str(stranger.pk))
    there = f"/revenues/accounts/{joint.reference}/bills/2025-26"
    assert visitor.post(there, answers).status_code == 404
    assert not Document.objects.exists()


def test_his_page_tells_nothing_of_her_and_warns_whoever_reads_it(couple, visitor):
    mary, john, joint, hers = couple
    page = visitor.get(f"/residents/{john.pk}").content.decode()
    markup.check(page)
    assert hers_in(page) == []
    assert hers.reference not in page
    assert joint.reference in page
    assert "Speak of this resident alone" in page
    assert "Tell nobody else" in visitor.get(f"/residents/{mary.pk}").content.decode()


def test_the_account_of_both_does_not_lead_to_where_she_lives(couple, visitor):
    _, _, joint, hers = couple
    page = visitor.get(f"/revenues/accounts/{joint.reference}").content.decode()
    assert "Quiet Street" not in page
    assert hers.reference not in page
    own = visitor.get(f"/revenues/accounts/{hers.reference}").content.decode()
    assert joint.reference in own


def test_of_his_own_record_he_sees_what_is_his_and_what_they_share(couple):
    _, john, joint, _ = couple
    picture = queries.picture(john, purpose=SELF, on=ON)
    assert [one.reference for one in picture.held] == [joint.reference]
    said = [one.sentence for one in queries.timeline(john.pk, purpose=SELF)]
    assert hers_in(str((picture, said))) == []


def test_once_she_is_kept_apart_no_more_one_letter_goes_to_both(couple):
    mary, _, joint, _ = couple
    people.end_need(need=mary.needs.get(), by=makers.everything(), on=ON)
    number = letters.issue_bill(account=joint, year=YEAR, by=makers.everything(), on=ON)
    assert len(Document.objects.get(pk=number).data["addressees"]) == 2
