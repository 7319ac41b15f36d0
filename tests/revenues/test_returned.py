"""What banks send back: the receipt is taken back, and no more follows than the code demands."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from borough.kernel.bank import hostile_xml, service_user, standard18
from borough.kernel.facts.models import Fact
from borough.kernel.holds import commands as holds
from borough.kernel.holds.models import Hold
from borough.kernel.ledger import checks
from borough.kernel.ledger import queries as ledger
from borough.kernel.ledger.commands import allocating, opening, posting
from borough.kernel.ledger.models import Allocation, Posting
from borough.kernel.ledger.payload import Line
from borough.kernel.runs import commands as runs
from borough.lines.revenues import collections, lodging, models, returning
from borough.lines.revenues.commands import collections as collecting_commands
from borough.lines.revenues.commands import returned as commands
from borough.lines.revenues.commands import unknown_returns
from borough.lines.revenues.queries import accounts, instructions
from borough.lines.revenues.queries import returned as queries
from tests import makers
from tests.revenues import debits

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[3] / "shared/oracles/payables/bacs/arudd_sample.xml"
INSTALMENT = 19_000
BACK = date(2025, 5, 6)
BY, YEAR = makers.everything(), makers.YEAR

ARUDD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<BACSDocument><Data><ARUDD><Header currentProcessingDate="2025-05-02"/>
<ServiceLicenseInformation userName="US" userNumber="000000"/>
<Advice><OriginatingAccountRecords><OriginatingAccountRecord>{items}
<Totals numberOf="{number}" valueOf="{pounds}" currency="GBP"/>
</OriginatingAccountRecord></OriginatingAccountRecords></Advice></ARUDD></Data></BACSDocument>"""
ITEM = (
    '<ReturnedDebitItem ref="{reference}" transCode="17" returnCode="{code}"'
    ' returnDescription="{words}" originalProcessingDate="{day}" valueOf="{pounds}"'
    ' currency="GBP"><PayerAccount number="12345678" sortCode="00-00-00" name="X"/>'
    "</ReturnedDebitItem>"
)
ADDACS = """<BACSDocument><Data><MessagingAdvices><MessagingHeader report-type="ADDACS"/>
<MessagingAdvice user-number="000000" record-type="A" reason-code="{code}"
 reference="{reference}" effective-date="2025-05-02"/></MessagingAdvices></Data></BACSDocument>"""


def pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def arudd(*items: models.CollectionItem, code: str, words: str = "") -> bytes:
    """Return a file in which these items come back with a code."""
    rows = [
        ITEM.format(
            reference=one.instruction.reference,
            code=code,
            words=words,
            day=one.collection.processing_day,
            pounds=pounds(one.pence),
        )
        for one in items
    ]
    total = pounds(sum(one.pence for one in items))
    return ARUDD.format(items="".join(rows), number=len(rows), pounds=total).encode()


def loaded(content: bytes, on: date = BACK, said: str = "") -> models.AdviceFile:
    return commands.load_advices(content=content, said=said, by=makers.everything(), on=on)


def paid() -> tuple[models.Account, models.CollectionItem]:
    """Return an account whose May instalment was collected and posted."""
    account = debits.a_payer(band="B")
    return account, debits.posted(debits.collected()).items.get()


def owed(account: models.Account) -> int:
    return sum(one.balance_pence for one in accounts.owed_by_year(account.reference))


def balance_of(code: str) -> int:
    return next(row.pence for row in ledger.trial_balance() if row.code == code)


def test_what_came_back_is_owed_again_and_the_file_nets_to_the_ledger():
    account, item = paid()
    file = loaded(arudd(item, code="0"))
    assert owed(account) == 189_993
    assert balance_of("DD-IN-TRANSIT") == INSTALMENT - file.pence == 0
    [fact] = Fact.objects.filter(what="revenues.payment_returned")
    assert fact.detail == {"account": account.reference, "pence": INSTALMENT, "code": "0"}
    assert checks.check() == []


def test_refer_to_payer_keeps_the_instruction_and_is_tried_once_more_after_telling():
    account, item = paid()
    loaded(arudd(item, code="0"))
    assert account.instructions.get().ends is None
    [again] = models.TriedAgain.objects.all()
    assert (again.told_on, again.collects_on, again.pence) == (BACK, date(2025, 5, 13), INSTALMENT)
    first = instructions.coming(account, BACK)[0]
    assert (first.collects_on, first.pence) == (date(2025, 5, 13), INSTALMENT)
    assert first.reason == instructions.ONCE_MORE
    collection = debits.collected(date(2025, 5, 13), on=BACK)
    tried = collection.items.get()
    assert (tried.code, tried.pence, tried.again_of) == ("18", INSTALMENT, item)


def test_two_lines_of_a_file_about_one_instruction_end_it_once():
    account, item = paid()
    line = ADDACS.partition("<MessagingAdvice ")[2].partition("/>")[0]
    twice = ADDACS.replace(line, f"{line}/><MessagingAdvice {line}", 1)
    file = loaded(twice.format(code="1", reference=item.instruction.reference).encode())
    assert file.lines.count() == 2
    assert account.instructions.get().why_ended == models.Instruction.Ended.BANK


def test_what_comes_back_after_the_instruction_has_ended_is_not_tried_again():
    _, item = paid()
    june = debits.posted(debits.collected(date(2025, 6, 2), on=date(2025, 5, 20))).items.get()
    closed, could_not = arudd(item, code="B").decode(), arudd(june, code="0").decode()
    first, second = (
        one[one.index("<Returned") : one.index("<Totals")] for one in (closed, could_not)
    )
    both = ARUDD.format(items=first + second, number=2, pounds=pounds(item.pence + june.pence))
    loaded(both.encode(), on=date(2025, 6, 5))
    assert not models.TriedAgain.objects.exists()


def test_it_is_not_promised_for_a_day_whose_collection_is_committed_already():
    _, item = paid()
    assert debits.collected(date(2025, 5, 13), on=BACK).items.count() == 0
    loaded(arudd(item, code="0"))
    assert models.TriedAgain.objects.get().collects_on == date(2025, 5, 14)
    assert debits.collected(date(2025, 5, 14), on=BACK).items.get().again_of == item


def test_a_collection_that_came_back_twice_is_not_tried_a_third_time():
    _, item = paid()
    loaded(arudd(item, code="0"))
    tried = debits.posted(debits.collected(date(2025, 5, 13), on=BACK)).items.get()
    loaded(arudd(tried, code="0"), on=date(2025, 5, 16))
    assert models.TriedAgain.objects.count() == 1
    assert models.Advice.objects.filter(waits=True).count() == 0


def test_what_is_tried_again_is_the_same_amount_or_nothing():
    account, item = paid()
    loaded(arudd(item, code="0"))
    posting.post(
        source="revenues.receipts",
        key="paid at the counter",
        on=BACK,
        narrative="x",
        lines=[Line("CT-PAYERS", -180_000, item.sub_account_id), Line("CT-CASH-WITH-GF", 180_000)],
        by=makers.everything(),
    )
    assert owed(account) == 9_993
    assert debits.collected(date(2025, 5, 13), on=BACK).items.count() == 0


def test_a_month_after_the_first_processing_day_it_is_too_late_to_try_again():
    _, item = paid()
    loaded(arudd(item, code="0"), on=date(2025, 5, 27))
    assert not models.TriedAgain.objects.exists()


@pytest.mark.parametrize("code", ["1", "5", "6", "B"])
def test_a_cancelled_instruction_ends_and_the_account_pays_by_its_bill(code):
    account, item = paid()
    loaded(arudd(item, code=code))
    instruction = account.instructions.get()
    assert (instruction.ends, instruction.why_ended) == (BACK, "bank")
    assert account.plans.get(ends=None).method == "cash"
    assert lodging.waiting(date(2025, 6, 1)) == []  # the bank knows: it is not told
    assert not Hold.objects.exists()


def test_a_payer_whom_the_bank_says_has_died_is_left_alone_and_a_person_looks():
    account, item = paid()
    loaded(arudd(item, code="2"))
    [hold] = Hold.objects.all()
    assert hold.person == account.liabilities.get().person
    assert account.instructions.get().ends == BACK
    [waiting] = models.Advice.objects.filter(waits=True)
    assert waiting.then == "deceased"
    assert not queries.may_go_on(waiting)  # there is nobody to agree with


def test_a_dispute_stops_collecting_and_pressing_until_somebody_has_spoken():
    account, item = paid()
    loaded(arudd(item, code="4"))
    assert Hold.objects.get().thing == account.thing
    preview = debits.prepared(date(2025, 6, 2), on=date(2025, 5, 20))
    assert list(preview.parts.get().result["reasons"]) == ["STOPPED"]
    [advice] = models.Advice.objects.filter(waits=True)
    commands.settle(advice=advice, outcome=commands.SPOKEN, by=debits.TOM, on=date(2025, 5, 21))
    assert debits.collected(date(2025, 6, 2), on=date(2025, 5, 21)).items.count() == 1
    with pytest.raises(returning.AlreadySettled):
        commands.settle(advice=advice, outcome=commands.DONE, by=debits.ANN, on=BACK)


def test_a_dispute_that_is_settled_lets_the_debt_go_but_not_what_an_officer_held():
    account, item = paid()
    loaded(arudd(item, code="4"))
    reference = account.instructions.get().reference
    loaded(ADDACS.format(code="D", reference=reference).encode())
    first, second = models.Advice.objects.order_by("pk")
    commands.settle(advice=first, outcome=commands.SPOKEN, by=debits.TOM, on=BACK)
    assert Hold.objects.get().ends is None  # another dispute of it waits still
    commands.settle(advice=second, outcome=commands.SPOKEN, by=debits.TOM, on=BACK)
    assert Hold.objects.get().ends == date(2025, 5, 7)
    other = debits.a_payer(band="B")
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=other.thing), by=BY, on=BACK)
    reference = other.instructions.get().reference
    loaded(ADDACS.format(code="D", reference=reference).encode())
    third = models.Advice.objects.latest("pk")
    commands.settle(advice=third, outcome=commands.SPOKEN, by=debits.TOM, on=BACK)
    assert Hold.objects.get(thing=other.thing).ends is None


def test_a_code_that_nobody_knows_is_posted_and_waits_for_a_person():
    account, item = paid()
    loaded(arudd(item, code="Z", words="SOMETHING NEW"))
    assert owed(account) == 189_993
    [advice] = models.Advice.objects.all()
    assert (advice.then, advice.waits, advice.code) == ("ask", True, "Z")
    assert account.instructions.get().ends is None


def test_money_taken_back_for_an_item_nobody_knows_still_nets_to_the_ledger():
    account, item = paid()
    file = loaded(arudd(item, code="0").replace(item.instruction.reference.encode(), b"UNKNOWN9"))
    assert owed(account) == 189_993 - INSTALMENT
    assert balance_of("DD-IN-TRANSIT") == INSTALMENT - file.pence
    assert balance_of("CT-UNALLOCATED") == INSTALMENT
    assert models.Advice.objects.get().waits
    assert checks.check() == []


def test_what_was_taken_back_for_nobody_known_is_placed_on_its_account_once():
    account, item = paid()
    loaded(arudd(item, code="0").replace(item.instruction.reference.encode(), b"UNKNOWN9"))
    advice = models.Advice.objects.get()
    with pytest.raises(commands.NotPlaced, match="whose money it was"):
        commands.settle(advice=advice, outcome=commands.DONE, by=BY, on=BACK)
    models.Settled.objects.create(advice=advice, outcome="done", by="officer/1", on=BACK)
    assert list(queries.waiting()) == [advice]  # settled before such a thing was refused
    given = {"advice": advice, "account": account, "year": YEAR, "by": BY, "on": BACK}
    with pytest.raises(unknown_returns.NotBilled):
        unknown_returns.place_return(**given | {"year": YEAR.preceding})
    unknown_returns.place_return(**given)
    assert (owed(account), balance_of("CT-UNALLOCATED")) == (189_993, 0)
    assert not queries.waiting().exists()
    with pytest.raises(unknown_returns.NothingWaits):
        unknown_returns.place_return(**given)
    assert checks.check() == []


def test_the_same_file_twice_posts_nothing_the_second_time():
    account, item = paid()
    content = arudd(item, code="0")
    loaded(content)
    with pytest.raises(commands.AlreadyLoaded):
        loaded(content)
    loaded(content + b"\n")  # another file, the same item: it came back before
    assert owed(account) == 189_993
    assert balance_of("DD-IN-TRANSIT") == 0
    assert list(models.Advice.objects.order_by("id").values_list("item", "waits")) == [
        (item.pk, False),
        (None, True),
    ]
    again = models.AdviceFile.objects.order_by("id").last()
    assert queries.taken_back_pence(again) == 0
    assert queries.what_follows(again.lines.get()).startswith("Another file said so before")


def test_an_item_comes_back_once_whoever_says_so():
    _, item = paid()
    loaded(arudd(item, code="0"))
    advice = models.Advice.objects.get()
    advice.pk, advice.position = None, 2
    with pytest.raises(IntegrityError, match="a_collection_comes_back_once"), transaction.atomic():
        advice.save()


def test_a_collection_that_is_not_posted_yet_is_posted_first():
    debits.a_payer(band="B")
    item = debits.collected().items.get()
    with pytest.raises(returning.NotPosted, match="1 May 2025"):
        loaded(arudd(item, code="0"))
    assert not models.AdviceFile.objects.exists()


def test_a_file_for_somebody_else_is_refused():
    _, item = paid()
    with pytest.raises(commands.NotOurs):
        loaded(arudd(item, code="0").replace(b'userNumber="000000"', b'userNumber="999999"'))


def test_hostile_files_are_refused():
    hostile = b'<!DOCTYPE x [<!ENTITY a "b">]><BACSDocument><Data>&a;</Data></BACSDocument>'
    with pytest.raises(hostile_xml.UnreadableXml):
        loaded(hostile)


def test_what_a_returned_payment_had_paid_stands_open_again():
    _, item = paid()
    receipt = Posting.objects.get(sub_account=item.sub_account, pence=-INSTALMENT)
    charge = Posting.objects.get(sub_account=item.sub_account, pence=189_993)
    allocating.allocate(
        item.sub_account_id,
        [allocating.Part(*((p.journal_id, p.line) for p in (receipt, charge)), INSTALMENT)],
        policy="oldest first",
        by=makers.everything(),
        on=debits.MAY,
    )
    loaded(arudd(item, code="0"))
    rows = list(Allocation.objects.order_by("id").values_list("pence", "policy"))
    assert rows == [(INSTALMENT, "oldest first"), (-INSTALMENT, returning.UNDONE)]


def test_nought_in_an_addacs_file_ends_the_instruction_where_in_arudd_it_lives():
    account = debits.a_payer(band="B")
    reference = account.instructions.get().reference
    loaded(ADDACS.format(code="0", reference=reference).encode())
    assert account.instructions.get().why_ended == "bank"


def test_an_instruction_that_a_bank_tells_of_and_nobody_knows_waits_for_a_person():
    loaded(ADDACS.format(code="1", reference="CT9999999901").encode())
    assert models.Advice.objects.get().waits


def test_a_claim_under_the_guarantee_is_owed_again_and_opens_a_case():
    account, item = paid()
    with pytest.raises(commands.NotAClaim):
        commands.record_claim(item=item, code="2", pence=19_001, by=debits.ANN, on=BACK)
    advice = commands.record_claim(item=item, code="2", pence=19_000, by=debits.ANN, on=BACK)
    assert owed(account) == 189_993
    assert advice.waits
    assert Hold.objects.get().thing == account.thing
    with pytest.raises(commands.NotAClaim, match="came back before"):
        commands.record_claim(item=item, code="2", pence=1, by=debits.ANN, on=BACK)


PROCESSED = date(2017, 1, 12)


def a_collection_of_2017(references: dict[str, int]) -> models.Collection:
    """Return the collection that the sample file names, made of three debts of that year."""
    makers.an_open_ledger(2016, 2025)
    by = makers.everything()
    asked = {"entry_day": "2017-01-13", "parts": []}
    run = runs.ask("revenues.collection", "x", asked=asked, parts=1, by=by, on=date(2017, 1, 11))
    collection = models.Collection.objects.create(
        run=run,
        due_from=date(2017, 1, 13),
        input_day=date(2017, 1, 11),
        processing_day=PROCESSED,
        entry_day=date(2017, 1, 13),
    )
    for reference, pence in references.items():
        account = makers.an_account(starts=date(2016, 4, 1))
        [sub] = opening.open_sub_accounts(
            kind="revenues.council_tax", references=[account.reference], part="2016-17"
        )
        posting.post(
            source="revenues.brought_forward",
            key=reference,
            on=date(2016, 4, 1),
            narrative="x",
            lines=[Line("CT-PAYERS", 100_000, int(sub)), Line("CT-INCOME", -100_000)],
            by=by,
        )
        collection.items.create(
            instruction=debits.an_instruction(
                account,
                reference=reference,
                starts=date(2016, 4, 1),
                live_from=date(2016, 4, 1),
            ),
            sub_account_id=int(sub),
            due_on=date(2017, 1, 13),
            pence=pence,
            code="17",
        )
    runs.end(run)
    return collection


@pytest.fixture
def as_the_sample(monkeypatch):
    """Let us be whom the sample is addressed to."""
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not here: the genuine ARUDD sample was NOT tried")
    theirs = standard18.Originator("123456", "010203", "12345678", "SOME COMPANY LTD")
    monkeypatch.setattr(service_user, "ours", lambda: theirs)


def test_the_genuine_sample_nets_to_the_ledger(as_the_sample):
    collection = a_collection_of_2017({"X01234": 6_500, "X02345": 6_000, "X03456": 10_000})
    debits.posted(collection, on=date(2017, 1, 13))
    assert balance_of("DD-IN-TRANSIT") == 22_500
    file = loaded(SAMPLE.read_bytes(), on=date(2017, 1, 17))
    assert (file.advices, file.pence) == (3, 22_500)
    assert balance_of("DD-IN-TRANSIT") == 0
    assert ledger.all_balances("revenues.council_tax", "2016-17").pence.tolist() == [100_000] * 3
    ended = models.Instruction.objects.values_list("why_ended", flat=True)
    assert list(ended) == ["bank"] * 3  # 1012 is "instruction cancelled"
    assert checks.check() == []


def test_lodging_tells_the_banks_once_of_what_is_new_and_what_is_cancelled():
    account = debits.a_payer(band="B")
    new = makers.an_account(band="B")
    debits.an_instruction(new, live_from=None)
    cancelled = account.instructions.get()
    cancelled.ends, cancelled.why_ended = BACK, "payer"
    cancelled.save()
    by = makers.everything()
    run = collecting_commands.send_instructions(by=by, on=BACK)
    lodging.carry_out(run, by=by)
    read = standard18.read(bytes(models.SentFile.objects.get(pk=run.pk).content))
    assert sorted((one.code, one.pence) for one in read.submission.items) == [("0C", 0), ("0N", 0)]
    assert new.instructions.get().live_from == date(2025, 5, 14)  # five working days after 7 May
    with pytest.raises(collecting_commands.NothingToTell):
        collecting_commands.send_instructions(by=by, on=date(2025, 5, 7))
    assert collections.divide_items(run.pk) == []
