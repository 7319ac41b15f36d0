"""What the pages of the shared table show: a little of everything."""

from datetime import date

from borough.kernel.commanding import System
from borough.kernel.officers.queries import OfficerAtWork, at_work
from borough.partnership.measures import commands as measures
from borough.partnership.measures import models
from borough.partnership.promises.commands import transfers
from borough.partnership.seats import capabilities
from borough.partnership.seats import commands as seats
from borough.partnership.seats.models import Party
from borough.partnership.surveys import commands as surveys
from borough.partnership.surveys import models as survey_models
from borough.partnership.twenty import commands as twenty
from borough.partnership.work import commands as work
from borough.rules import years
from borough.rules.partnership import rating
from tests import makers, officers
from tests.partnership.decisions import decision_makers
from tests.partnership.next_year import review_makers
from tests.partnership.promises import promise_makers
from tests.partnership.register import register_makers
from tests.partnership.savings import contract_makers

MEASURE = "revenues.collected_in_year"


def furnish() -> dict[str, str]:
    """Seat somebody, count and dispute a measure, propose a target; return their addresses."""
    on, by = makers.BILLING_DAY, makers.everything()
    pat = officers.an_officer("Pat Partner", *capabilities.ALL)
    seat = seats.give_seat(officer=pat, party=Party.PARTNER, starts=on, by=by, on=on)
    count = measures.count(measure=MEASURE, year=years.Year.holding(on), as_at=on, by=by, on=on)
    may = OfficerAtWork(at_work(pat, on=on).reference, "Pat", by.capabilities)
    dispute = measures.dispute(snapshot=count, why=models.Dispute.Why.DATA, by=may, on=on)
    target = measures.propose_target(
        measure=MEASURE,
        target=rating.Target(9700, 9600, 9500),
        starts=date(2024, 4, 1),
        by=by,
        on=on,
    )
    [code] = surveys.invite(
        service=survey_models.Service.REVENUES,
        way=survey_models.Way.LETTER,
        count=1,
        by=by,
        on=on,
    )
    return {
        **_promises(on),
        "notices/<str:name>": "2024-25",
        **_savings(makers.an_officer(pat.pk)),
        "surveys/load/<slug:what>": "answers",
        **_work(on),
        "questions/<slug:code>": code,
        **decision_pages(by),
        **next_year_pages(),
        "contracts/<int:number>": str(register_makers.amended().pk),
        "seats/<int:number>/end": str(seat.pk),
        "measures/<str:slug>": MEASURE,
        "counts/<int:number>/dispute": str(count.pk),
        "disputes/<int:number>/settlement": str(dispute.pk),
        "targets/<int:number>/signature": str(target.pk),
    }


def _work(on: date) -> dict[str, str]:
    """Take in three pieces of work; return the addresses of their pages."""
    rows = (
        "Kind,Reference,Day\nclaims,C-1,2025-02-03\nclaims,C-2,2025-03-03\ncontacts,T-1,2025-03-03"
    )
    said = {"title": "Invented work", "source": "Invented, March 2025"}
    work.load_work(content=rows.encode(), **said, by=makers.everything(), on=on)
    return {"work/load/<slug:what>": "work", "work/<slug:kind>": "claims"}


def next_year_pages() -> dict[str, str]:
    """Furnish a year whose answers both have signed, and one that is still chosen from."""
    on = date(2024, 9, 9)
    last = review_makers.a_review(on)
    people = review_makers.four(last, on=on)
    told = {"measure": MEASURE, "due": date(2025, 7, 31)}
    review_makers.sealed_by_all(people, last, review_makers.a_proposal(people, **told), on=on)
    review_makers.chosen(people, last, on)
    review = review_makers.a_review()
    review_makers.name_scribes(people, review)
    two = [review_makers.a_proposal(people, one, measure=MEASURE) for one in ("Evenings", "Bills")]
    review_makers.sealed_by_all(people, review, *two)
    choice = review_makers.put_to_both(review)
    return {
        "partnership/next-year/<year:year>": review.year,
        "partnership/public/next-year/<year:year>": last.year,
        "partnership/mandates/<int:number>/end": str(review_makers.mandate_of(review).pk),
        "partnership/groups/<int:number>/end": str(choice.groups[0]),
        "partnership/choices/<int:number>": str(choice.pk),
    }


def decision_pages(by: System) -> dict[str, str]:
    """Furnish a case that was opened and has a record; return its addresses."""
    table = decision_makers.a_table(council="Carl Council", partner="Petra Partner")
    pack = decision_makers.a_read_pack(table)
    for each in table.both:
        decision_makers.take(pack, each)
    record = decision_makers.proposed(table, pack.case)
    done = decision_makers.a_read_pack(table)
    for each in table.both:
        decision_makers.take(done, each)
    decision_makers.decided(table, done.case)
    return {
        "partnership/public/decisions/<int:number>": str(done.case_id),
        "decisions/<int:number>": str(pack.case_id),
        "information/<int:number>": str(pack.pk),
        "records/<int:number>": str(record.pk),
        "twenty/<int:number>": str(twenty.tell_seed(by=by, on=makers.BILLING_DAY).pk),
    }


def _promises(on: date) -> dict[str, str]:
    """Put a promise with a record, somebody of the staff and a transfer on the register."""
    promise = promise_makers.promised(on=on)
    record = promise_makers.recorded(promise, 2_500_00, on=on)
    spell = promise_makers.works("ST-1")
    transfer = transfers.record_transfer(
        title="Staff to the partner", day=promise_makers.TRANSFER, by=makers.everything(), on=on
    )
    return {
        "promises/<int:number>": str(promise.pk),
        "evidence/<int:number>/signature": str(record.pk),
        "staff/load/<slug:what>": "list",
        "staff/posts/<int:number>/end": str(spell.pk),
        "transfers/<int:number>": str(transfer.pk),
        "<slug:step>": "liability",
    }


def _savings(partner: OfficerAtWork) -> dict[str, str]:
    """Furnish a contract that both signed, and a claim; return their addresses."""
    council = contract_makers.sits(Party.COUNCIL, "Carla Council")
    rule_set = contract_makers.a_fixed_contract()
    for one in (council, partner):
        contract_makers.sign(rule_set, one, makers.BILLING_DAY)
    unsigned = contract_makers.a_fixed_contract()
    contract_makers.charge("INV-1", 560_000_00)
    entry = contract_makers.signed_claim(council, partner, line="core")
    return {
        "savings/years/<str:name>": contract_makers.YEAR.name,
        "savings/terms/<int:number>/signature": str(unsigned.pk),
        "savings/terms/<int:number>": str(rule_set.pk),
        "savings/claims/<int:number>": str(entry.pk),
    }
