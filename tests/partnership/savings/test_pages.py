"""The pages of the savings ledger: done in order, out of order, twice, and by the wrong officer."""

import re

import pytest
from django.test import Client

from borough.partnership.savings import hearing, models
from borough.partnership.savings.queries import charges
from borough.partnership.savings.queries import terms as signed
from tests import makers, officers
from tests.partnership.savings import contract_makers as make
from tests.partnership.savings.test_entries import a_fact

pytestmark = pytest.mark.django_db
ROOT = "/partnership/savings"
ON = make.TODAY


@pytest.fixture(autouse=True)
def contacts(monkeypatch):
    make.counts(monkeypatch, {"2023-24": 46_200})
    makers.an_open_ledger()


def visitor(party) -> Client:
    return officers.a_visitor(make.officer_of(party))


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def send(client: Client, path: str, **answers: str):
    """Send a form as a browser would, with what it holds hidden."""
    page = client.get(f"{ROOT}/{path}")
    hidden = re.search(r'name="read" value="([0-9a-f]+)"', page.content.decode())
    if hidden:
        answers["read"] = hidden[1]
    return client.post(f"{ROOT}/{path}", officers.posted(**answers), follow=True)


def test_terms_are_proposed_filled_and_signed_on_their_pages():
    council, partner = (visitor(one) for one in make.both())
    said = {
        "first_year": "2023-24",
        "guarantee": "10",
        "carries": "no",
        "bands": "up to 100000: 0\nmore: 30",
        "index_name": "An invented index",
        "index_vintage": "as of 1 March 2023",
        "index_values": "2022-23 100\n2023-24 103.5",
    }
    wrong = send(council, "terms/new", **{**said, "bands": "thirty"})
    assert "is no share" in text(wrong)
    assert "103.5" in text(wrong), "what was typed is kept"
    assert "Version 1" in text(send(council, "terms/new", **said))
    rule_set = models.RuleSet.objects.get()
    assert rule_set.bands == [[100_000_00, 0], [None, 3000]]
    line = {
        "code": "contacts",
        "service": "Contacts",
        "kind": "variable",
        "driver": make.CONTACTS,
        "base_quantity": "42,000",
        "unit_cost": "4.50",
        "base_year": "2022-23",
        "is_indexed": "yes",
        "in_guarantee": "yes",
    }
    where = f"terms/{rule_set.pk}"
    assert "follows no measure" in text(send(council, f"{where}/line", **{**line, "driver": ""}))
    assert "£189,000.00" in text(send(council, f"{where}/line", **line))
    huge = {**line, "code": "huge", "base_quantity": "999999999999", "unit_cost": "999999999"}
    assert "cannot cost so much" in text(send(council, f"{where}/line", **huge))
    change = {"reference": "CR-1", "title": "More", "year": "2023-24", "amount": "-500"}
    answer = send(council, f"{where}/change", **change, in_guarantee="no")
    assert "CR-1" in text(answer)
    for one in (council, partner):
        assert "Signed" in text(send(one, f"{where}/signature"))
    assert "Binds both" in text(council.get(f"{ROOT}/{where}"))
    assert "Somebody has signed" in text(send(council, f"{where}/line", **{**line, "code": "b"}))
    assert council.get(f"{ROOT}/{where}/signature").status_code == 302
    again = send(partner, "terms/new", **said)
    assert "Version 2" in text(again)
    assert len(signed.lines(models.RuleSet.objects.get(version=2))) == 1


def test_a_claim_is_made_agreed_traced_and_signed_on_its_pages():
    parties = make.both()
    council, partner = (visitor(one) for one in parties)
    make.a_contract(*parties)
    make.count()
    answer = send(
        council,
        "years/2023-24/charge",
        what="invoice",
        reference="INV-1",
        pence="720,000",
        day_day="20",
        day_month="3",
        day_year="2024",
    )
    assert "£720,000.00" in text(answer)
    note = make.charge("CN-1", 20_000_00, is_credit=True)
    said = {
        "year": "2023-24",
        "title": "A lower price of contacts",
        "how": "By the credit note",
        "kind": "A1",
        "recurrence": "recurring",
        "gross_pence": "20000",
        "full_year_pence": "20000",
        "line": "contacts",
        "budget_code": "R1001",
        "budget_changed": "yes",
        "in_charge": "yes",
    }
    assert "Name the budget" in text(send(partner, "claims/new", **{**said, "budget_code": ""}))
    too_much = text(send(partner, "claims/new", **{**said, "gross_pence": "189000.01"}))
    assert "A pound is claimed once" in too_much
    send(partner, "claims/new", **said)
    entry = models.Entry.objects.get()
    where = f"claims/{entry.pk}"
    assert "prepared this claim" in text(send(partner, f"{where}/method"))
    assert "not measured yet" in text(send(council, f"{where}/signature"))
    send(council, f"{where}/method")
    assert "INV-1" not in text(partner.get(f"{ROOT}/{where}/rows"))
    send(partner, f"{where}/rows", row=f"{note.pk}/1")
    send(partner, f"{where}/signature")
    shown = text(send(council, f"{where}/signature"))
    assert "Signed by both" in shown
    assert "Each is answered by the records" in shown
    assert council.get(f"{ROOT}/{where}/signature").status_code == 302
    year = text(council.get(f"{ROOT}/years/2023-24"))
    for figure in ("£789,000.00", "+£18,900.00", "+£28,276.50", "−£83,617.65", "£752,558.85"):
        assert figure in year
    assert "£20,000.00" in year
    assert "one would say: the charge fell by £89,000.00" in year
    send(council, f"{where}/dispute", why="method")
    assert "£20,000.00" in text(council.get(f"{ROOT}/disagreements"))
    public = text(Client().get(f"{ROOT}/public"))
    assert "Disputed by the council" in public
    assert "E3: traced to rows of the ledger" in public
    assert "Cleo" not in public


def test_the_budget_counts_once_both_have_signed_it():
    parties = make.both()
    council, partner = (visitor(one) for one in parties)
    make.a_contract(*parties)
    entry = make.signed_claim(*parties)
    where = f"claims/{entry.pk}"
    send(council, f"{where}/record", level="4", reference="Budget of 2024-25")
    brought = models.Evidence.objects.get(level=4)
    for one in (council, partner):
        answer = send(one, f"evidence/{brought.pk}/signature")
    assert "Booked" in text(answer)
    assert "Taken back for your partner" in text(send(council, f"{where}/reversal"))
    assert "signed for the council already" in text(send(council, f"{where}/reversal"))
    assert "Reversed" in text(send(partner, f"{where}/reversal"))


def test_a_form_that_is_sent_twice_does_its_work_once():
    parties = make.both()
    client = visitor(parties[0])
    answers = officers.posted(
        what="invoice",
        reference="INV-1",
        pence="10",
        day_day="20",
        day_month="3",
        day_year="2024",
    )
    for _ in range(2):
        answer = client.post(f"{ROOT}/years/2023-24/charge", answers, follow=True)
        assert answer.status_code == 200
    other = {**answers, "pence": "11", **officers.posted()}
    assert "posted before" in text(client.post(f"{ROOT}/years/2023-24/charge", other))
    [journal] = [one.journal_id for one in charges.statement(make.YEAR, ON)]
    assert "Take back" in text(client.get(f"{ROOT}/years/2023-24"))
    send(client, f"charges/{journal}/reversal")
    assert client.get(f"{ROOT}/charges/{journal}/reversal").status_code == 302


def test_who_may_not_is_refused_and_who_sits_nowhere_signs_nothing():
    parties = make.both()
    rule_set = make.a_contract(*parties)
    entry = make.claimed(parties[1])
    nobody = officers.a_visitor(officers.an_officer("Nora Nobody"))
    pages = (
        "",
        "terms",
        f"terms/{rule_set.pk}",
        "terms/new",
        "claims",
        "claims/new",
        f"claims/{entry.pk}",
        f"claims/{entry.pk}/signature",
        f"claims/{entry.pk}/dispute",
        "disagreements",
        "years/2023-24",
        "years/2023-24/charge",
    )
    for path in pages:
        assert nobody.get(f"{ROOT}/{path}").status_code == 403, path
        assert Client().get(f"{ROOT}/{path}").status_code == 302, path
    everything = officers.every_capability()
    unseated = officers.a_visitor(officers.an_officer("Una Unseated", *everything))
    assert "sit for no partner" in text(send(unseated, f"claims/{entry.pk}/method"))
    assert "sit for no partner" in text(send(unseated, f"claims/{entry.pk}/dispute", why="double"))
    for path in (
        "years/2023",
        "years/nothing",
        "years/9998-99",
        "years/0001-02",
        "claims/999999",
        "terms/999999",
    ):
        assert unseated.get(f"{ROOT}/{path}").status_code == 404


def test_a_year_that_cannot_be_worked_out_says_why():
    parties = make.both()
    make.a_contract(*parties)
    shown = text(visitor(parties[0]).get(f"{ROOT}/years/2023-24"))
    assert "No data" in shown
    assert "Nothing that the partner charged" in shown
    assert "borough-chart" not in shown.partition("<main")[2]
    assert "not over" in text(visitor(parties[1]).get(f"{ROOT}/years/2024-25"))


def test_a_proposal_that_was_heard_is_completed_on_its_page():
    parties = make.both()
    make.a_contract(*parties)
    hearing.hear([a_fact(1)])
    heard = models.Entry.objects.get()
    client = visitor(parties[0])
    shown = text(client.get(f"{ROOT}/claims/{heard.pk}"))
    assert "Complete it" in shown
    page = text(client.get(f"{ROOT}/claims/{heard.pk}/completion"))
    assert "5000" in page.replace(",", "")
    said = {
        "year": "2023-24",
        "title": "A desk less",
        "how": "The budget of the desk",
        "kind": "A2",
        "recurrence": "recurring",
        "gross_pence": "5000",
        "full_year_pence": "6000",
        "budget_code": "R2",
        "budget_changed": "no",
        "in_charge": "no",
        "shares": "2 60\n3 40",
    }
    wrong = send(client, f"claims/{heard.pk}/completion", **{**said, "shares": "2 60"})
    assert "exactly 100%" in text(wrong)
    send(client, f"claims/{heard.pk}/completion", **said)
    full = models.Entry.objects.get(instead_of=heard)
    assert {one.share_bp for one in full.shares.all()} == {6_000, 4_000}


def test_what_no_partner_has_claimed_yet_is_in_no_public_sum():
    parties = make.both()
    make.a_contract(*parties)
    hearing.hear([a_fact(1)])
    public = text(Client().get(f"{ROOT}/public"))
    assert "No saving was claimed" in public
    assert "£5,000.00" not in public


def test_a_year_to_come_leads_to_no_page_that_is_not_there():
    parties = make.both()
    make.a_contract(*parties)
    council = visitor(parties[0])
    assert "measures/" in text(council.get(f"{ROOT}/years/2023-24"))
    shown = text(council.get(f"{ROOT}/years/{make.YEAR.first + 15}-{(make.YEAR.first + 16) % 100}"))
    assert "In the base year" in shown
    assert "/measures/" not in shown
