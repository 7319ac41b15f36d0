"""Who loses a Direct Debit by what a bank says is written to, once, and told what to do."""

from datetime import date

import pytest

from borough.kernel.documents.models import Document
from borough.kernel.holds import commands as holds
from borough.lines.revenues import correspondence, models
from borough.lines.revenues.commands import correspondence as writing
from borough.lines.revenues.commands import returned as commands
from borough.lines.revenues.letters import waiting
from borough.lines.revenues.letters.made_from import endings
from tests import makers
from tests.revenues import debits, reading_back
from tests.revenues.test_letters_of_collecting import LETTERS
from tests.revenues.test_returned import ADDACS, BACK, BY, arudd, loaded, paid

pytestmark = pytest.mark.django_db
KIND = "revenues.direct_debit_ended"


def told(account: models.Account, code: str = "1", *, again: bool = False) -> models.AdviceFile:
    """Load an ADDACS file about the account's instruction; another one says it again."""
    reference = account.instructions.latest("pk").reference
    content = ADDACS.format(code=code, reference=reference) + "\n" * again
    return loaded(content.encode())


def written(on: date = BACK) -> list[dict]:
    """Return what the letters say that a run about ended Direct Debits writes."""
    rows = waiting.waiting(endings.SORT)
    made, left = correspondence.write(endings.SORT, rows, by=BY, on=on)
    assert left == []
    return [one.data for one in Document.objects.filter(pk__in=made, kind=KIND).order_by("pk")]


def test_an_advice_that_ends_an_instruction_is_written_about_once_with_what_to_pay_instead():
    account = debits.a_payer(band="B")
    told(account)
    [letter] = written()
    assert (letter["ended_by"], letter["left"]) == ("bank", "listed")
    assert letter["because"] == "Your bank says: instruction cancelled by payer."
    first, *later = letter["payments"]
    # Nothing was collected: April and May are asked for within 14 days, the rest on its days.
    assert first == {"due_on": "2025-05-20", "pence": 18_993 + 19_000}
    assert (later[0]["due_on"], len(later)) == ("2025-06-01", 8)
    assert sum(one["pence"] for one in letter["payments"]) == 189_993
    told(account, again=True)
    assert waiting.waiting(endings.SORT) == []
    with pytest.raises(writing.NothingToWrite):
        writing.ask_letters(by=BY, on=BACK)


def test_a_new_instruction_that_the_bank_refuses_never_began():
    account = debits.a_payer(band="B")
    reference = account.instructions.get().reference
    content = ADDACS.replace("ADDACS", "").replace(' record-type="A"', "")
    loaded(content.format(code="5", reference=reference).encode(), said="AUDDIS")
    assert written()[0]["ended_by"] == "never begun"


def test_what_came_back_tells_of_the_ending_so_the_advice_after_it_does_not():
    account, item = paid()
    loaded(arudd(item, code="1"))
    told(account)
    assert waiting.waiting(endings.SORT) == []


def test_who_cancelled_it_with_us_has_died_or_pays_by_another_is_not_written_to():
    gone, dead, again = (debits.a_payer(band="B") for _ in range(3))
    gone.instructions.update(ends=date(2025, 4, 1), why_ended="payer")
    told(gone)
    told(dead, code="2")
    told(again)
    debits.an_instruction(again, reference="CT0000000002", starts=BACK)
    assert waiting.waiting(endings.SORT) == []


def test_an_officer_who_settles_an_advice_as_the_end_of_it_has_the_payer_told():
    account = debits.a_payer(band="B")
    told(account, code="3")
    [advice] = models.Advice.objects.filter(waits=True)
    assert waiting.waiting(endings.SORT) == []
    commands.settle(advice=advice, outcome=commands.OVER, by=BY, on=BACK)
    assert written()[0]["ended_by"] == "council"


def test_whoever_is_left_alone_or_has_another_letter_is_asked_for_nothing():
    alone, reminded = (debits.a_payer(band="B") for _ in range(2))
    holds.place_hold(kind="dispute", upon=holds.Upon(thing=alone.thing), by=BY, on=BACK)
    models.Step.objects.create(
        account=reminded,
        year=makers.YEAR.first,
        number=1,
        kind="reminder",
        issued=BACK,
        act_pence=1,
        balance_pence=1,
        level_pence=1,
        complied_by=BACK,
        bill_version=1,
    )
    told(alone)
    told(reminded)
    assert [(one["left"], one["payments"]) for one in written()] == [("as told", [])] * 2


def test_the_letter_says_who_ended_it_and_what_one_can_do():
    text = reading_back.flat(LETTERS["debit_ended"])
    assert "Your bank tells us that your Direct Debit for Council Tax has ended." in text
    assert "please pay in another way: 6 payments of £163.00. The first is by 1 July 2026" in text
    assert "Pay by Direct Debit again: call us" in text
