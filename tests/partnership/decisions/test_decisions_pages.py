"""The pages of decisions, as two officers of two partners use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from borough.partnership.decisions import models, queries
from borough.partnership.sealed import sealing
from borough.partnership.sealed.models import Round
from tests import makers, markup, officers
from tests.partnership.decisions import decision_makers as table_of
from tests.partnership.decisions.decision_makers import TODAY
from tests.partnership.decisions.test_decisions_leak import typed

pytestmark = pytest.mark.django_db
CASES = "/partnership/decisions"
RECORD = {
    "option": "1",
    "decision": "Two days",
    "reasons": "Who works",
    "rejected": "Each day",
    "taken_by": "member",
}


@pytest.fixture
def table(db, settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    return table_of.a_table()


def shown(visitor, address: str) -> str:
    """Return a page, checked as every page is."""
    answer = visitor.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    markup.check(answer.content.decode())
    return answer.content.decode()


def sent(visitor, address: str, **answers) -> str:
    """Send a form that is taken; return the page that it leads to."""
    done = visitor.post(address, officers.posted(**answers), follow=True)
    assert done.redirect_chain, done.content.decode()
    markup.check(done.content.decode())
    return done.content.decode()


def day(name: str, words: str) -> dict[str, str]:
    parts = zip(("day", "month", "year"), words.split(), strict=True)
    return {f"{name}_{part}": word for part, word in parts}


def test_a_case_from_its_first_page_to_its_last(table):
    cora, paul = officers.a_visitor(table.cora), officers.a_visitor(table.paul)
    assert "You sit for the council" in shown(cora, CASES)
    asked = {
        "title": "Answer calls until eight?",
        "why": "Who works cannot call",
        "others": "On two days\nEach day\n",
        "matters": "significant",
        "shown": "open",
        "mode": "server",
        **day("decide_by", "14 3 2025"),
    }
    again = cora.post(f"{CASES}/new", officers.posted(**asked | {"others": " \n"}))
    markup.check(again.content.decode(), in_error=True)
    assert "Freeze the information" in sent(cora, f"{CASES}/new", **asked)
    case = models.Case.objects.get()
    here = f"{CASES}/{case.pk}"
    pdf = makers.a_pdf()
    paper = SimpleUploadedFile("calls.pdf", pdf, "application/pdf")
    assert "Paper added" in sent(cora, f"{here}/papers/new", title="Calls", file=paper)
    shown(cora, f"{here}/information")
    frozen = sent(cora, f"{here}/information", measures=table_of.MEASURE, assumptions="As many",
                  **day("closes", "14 3 2025"))  # fmt: skip
    assert "never counted" in frozen
    pack = models.Pack.objects.get()
    of_pack = f"/partnership/information/{pack.pk}"
    for visitor, holds in ((cora, "more"), (paul, "same")):
        assert "Read the information" in shown(visitor, CASES)
        shown(visitor, f"{of_pack}/reading")
        page = sent(visitor, f"{of_pack}/reading", holds=holds)
    assert "The council says that it holds more" in page
    shown(cora, f"{of_pack}/position")
    missing = cora.post(f"{of_pack}/position", typed(low_1="97", why=""))
    markup.check(missing.content.decode(), in_error=True)
    assert "Two days" not in shown(paul, here)
    assert "Waiting for the partner" in sent(cora, f"{of_pack}/position", **typed())
    assert "Seal what you think" in shown(paul, CASES)
    late = cora.get(f"{of_pack}/position", follow=True).content.decode()
    assert "Wait until the other partner has sealed" in late
    sent(paul, f"{of_pack}/position", **typed(option="2", sure="60"))
    assert "They take different options" in shown(cora, f"{here}/comparison")
    assert "0 of 1" in shown(cora, f"{CASES}/agreement")
    sent(paul, f"{here}/notes/new", words="Then two days")
    assert "Then two days" in shown(cora, f"{here}/comparison")
    shown(cora, f"{here}/record")
    sent(cora, f"{here}/record", **RECORD, **day("review_on", "1 9 2025"))
    signing = f"/partnership/records/{models.Record.objects.get().pk}"
    for visitor in (cora, paul):
        shown(visitor, signing)
        page = sent(visitor, signing)
    assert "Decided" in page
    assert "Decided: both have signed" in shown(cora, signing)
    assert "Sign it" not in shown(cora, signing)
    assert "Not one byte was changed" in shown(paul, f"{here}/check")
    assert "Two days" in shown(Client(), f"/partnership/public/decisions/{case.pk}")
    books = [visitor.get(f"{here}/book").content for visitor in (cora, paul)]
    assert books[0] == books[1]
    kept = models.Paper.objects.get()
    assert cora.get(f"/partnership/papers/{kept.pk}").content == pdf
    assert "Overdue" not in shown(paul, CASES)


def test_in_split_mode_the_page_takes_the_seal_and_later_the_file(table):
    pack = table_of.a_read_pack(table, mode=Round.Mode.SPLIT)
    of_pack = f"/partnership/information/{pack.pk}"
    pairs = ((table.cora, "council"), (table.paul, "partner"))
    files = {}
    for officer, side in pairs:
        visitor = officers.a_visitor(officer)
        page = shown(visitor, f"{of_pack}/position")
        before, _, form = page.partition("Enter the seal</h2>")
        assert "<textarea" in before, "what is written there belongs to no form, and is never sent"
        assert "<form" not in before.partition('id="sealer"')[2]
        assert "<textarea" not in form
        blank = visitor.get(f"{of_pack}/position/form").content.decode()
        assert f"side: {side}" in blank
        wrong = visitor.post(f"{of_pack}/position", officers.posted(digest="not a seal"))
        assert "64 characters" in wrong.content.decode()
        early = visitor.get(f"{of_pack}/position/file", follow=True).content.decode()
        assert "Seal what you think." in early, "what is handed in too soon, its host could read"
        assert 'type="file"' not in early
        files[side] = table_of.kept_by(pack, side)
        sent(visitor, f"{of_pack}/position", digest=files[side].digest.upper())
    for officer, side in pairs:
        visitor = officers.a_visitor(officer)
        shown(visitor, f"{of_pack}/position/file")
        for content, taken in ((b"{}", False), (sealing.to_file(files[side]).encode(), True)):
            file = SimpleUploadedFile("kept.json", content)
            answer = visitor.post(f"{of_pack}/position/file", officers.posted(file=file))
            assert (answer.status_code == 302) is taken
    assert len(table_of.opened(pack)) == 1


def test_who_sits_for_nobody_looks_and_is_told_why_they_cannot_seal(table):
    pack = table_of.a_read_pack(table)
    visitor = officers.a_visitor(officers.an_officer("Ann Example", *officers.every_capability()))
    assert "You sit for no partner today" in shown(visitor, CASES)
    told = visitor.get(f"/partnership/information/{pack.pk}/position", follow=True)
    assert "You sit for no partner today" in told.content.decode()
    done = visitor.post(f"/partnership/information/{pack.pk}/position", typed())
    assert "You sit for no partner today" in done.content.decode()
    assert queries.state(pack.case).round.sealed == {}


def test_a_form_that_is_sent_twice_seals_once(table):
    pack = table_of.a_read_pack(table)
    visitor, answers = officers.a_visitor(table.cora), typed()
    for _ in range(2):
        done = visitor.post(f"/partnership/information/{pack.pk}/position", answers)
        assert done.status_code == 302
    assert list(queries.state(pack.case).round.sealed) == ["council"]
    assert queries.state(pack.case).round.sealed["council"].on == TODAY
