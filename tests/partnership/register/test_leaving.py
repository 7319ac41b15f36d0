"""All that the partnership holds, in one file, on any day; and nothing that is still sealed."""

import hashlib
import io
import json
import zipfile
from datetime import date

import pytest

from borough.kernel.facts import chain
from borough.kernel.facts.models import Fact
from borough.kernel.officers.queries import at_work
from borough.partnership.decisions import commands as deciding
from borough.partnership.pack import commands as packs
from borough.partnership.register import capabilities
from borough.partnership.register.leaving import commands, parts, zipping
from borough.partnership.savings.queries import terms
from borough.partnership.sealed import models as sealed
from borough.partnership.sealed.models import Round
from borough.partnership.seats import signing
from tests import makers, markup, officers
from tests.partnership.decisions import decision_makers
from tests.partnership.next_year import review_makers
from tests.partnership.promises import promise_makers
from tests.partnership.register import register_makers
from tests.partnership.savings import contract_makers

pytestmark = pytest.mark.django_db
TODAY = decision_makers.TODAY
HERE = "/partnership/leaving"
URI = "https://council.example/open"
SECRET = "Nobody may read this before both have sealed"


def taken(by=None, on: date = TODAY) -> dict[str, bytes]:
    """Take everything away; return each file by its path, the manifest's digests held."""
    made = commands.take(uri=URI, by=by or makers.everything(), on=on)
    assert list(zipping.faults(made.content)) == []
    with zipfile.ZipFile(io.BytesIO(made.content)) as pack:
        return {path: pack.read(path) for path in pack.namelist()}


def manifest(files: dict[str, bytes]) -> dict:
    return json.loads(files[zipping.MANIFEST])


def holds(files: dict[str, bytes], words: str) -> list[str]:
    """Return the files in which something stands, plain or as JSON writes it."""
    return [path for path, content in files.items() if words.encode() in content]


def test_it_can_be_taken_on_the_first_day_when_nothing_is_there():
    files = taken()
    assert manifest(files)["left_out"] == {}
    assert set(manifest(files)["parts"]) == {one.folder for one in parts.PARTS}
    assert files["contracts/contracts.csv"].startswith(b"Reference number,")


def test_everything_is_in_it_and_what_both_signed_is_written_as_it_was_signed(monkeypatch):
    contract_makers.counts(monkeypatch, {"2023-24": 46_200})
    makers.an_open_ledger()
    council, partner = contract_makers.both()
    rule_set = contract_makers.a_contract(council, partner)
    contract_makers.count()
    contract_makers.charge("INV-1", 700_000_00)
    contract_makers.claimed(partner)
    promised = promise_makers.promised(on=TODAY)
    register_makers.amended(is_partnership=True)
    pack = packs.make(by=makers.everything(), on=TODAY)
    files = taken()
    digest = hashlib.sha256(files["terms/version-1.json"]).hexdigest()
    assert digest == terms.digest(rule_set)
    assert files["signatures/signatures.csv"].decode().count(digest) == 2
    year = json.loads(files["years/2023-24.json"])
    assert year["bars_pence"]["guarantee"] == contract_makers.worked_example().guarantee
    assert year["levels_pence"]["actual"] == 700_000_00
    assert b"Invoice INV-1,70000000" in files["years/charges.csv"]
    assert b"A lower price of contacts" in files["years/claims.csv"]
    assert b"tests.contacts,2023-24,2024-03-31,46200,1" in files["measures/counts.csv"]
    assert b"contacts,Contacts,variable" in files["terms/baselines.csv"]
    assert b"Printing of bills" in files["contracts/contracts.csv"]
    told = json.loads(files["contracts/open-contracting.json"])
    assert told["releases"][0]["contracts"][0]["amendments"]
    [promise] = [path for path in files if path.startswith("promises/promises/")]
    assert hashlib.sha256(files[promise]).hexdigest() == signing.digest(promised.content)
    written = hashlib.sha256(files[f"board-packs/pack-{pack.pk}.json"]).hexdigest()
    assert written == pack.digest


@pytest.mark.parametrize("mode", list(Round.Mode))
def test_no_position_that_is_still_sealed_is_in_it(mode):
    table = decision_makers.a_table()
    pack = decision_makers.a_read_pack(table, mode=mode)
    if mode == Round.Mode.SERVER:
        decision_makers.take(pack, table.council, why=SECRET)
        kept = sealed.Kept.objects.get()
        hidden = (SECRET, kept.ciphertext)
    else:
        told = decision_makers.kept_by(pack, "council", why=SECRET)
        deciding.enter_seal(pack=pack, digest=told.digest, by=table.council, on=TODAY)
        hidden = (SECRET, told.nonce, told.text)
    for by in (table.council, table.partner, makers.everything()):
        files = taken(by)
        assert [holds(files, words) for words in hidden] == [[]] * len(hidden)
        assert not [path for path in files if path.startswith("decisions/")]


def test_what_was_opened_is_in_it_and_a_later_round_that_is_sealed_is_not():
    table = decision_makers.a_table()
    pack = decision_makers.a_read_pack(table)
    for by in table.both:
        decision_makers.take(pack, by, why="Said aloud by both")
    decision_makers.proposed(table, pack.case)
    path = f"decisions/case-{pack.case_id}.json"
    files = taken()
    assert holds(files, "Said aloud by both") == [path]
    assert "Until eight on two days, from May." in files[path].decode()
    again = decision_makers.a_pack(pack.case, assume="Twice as many calls")
    for by in table.both:
        deciding.acknowledge(pack=again, holds_more=False, by=by, on=TODAY)
    decision_makers.take(again, table.council, why=SECRET)
    files = taken()
    assert path in files
    assert holds(files, SECRET) == []
    assert holds(files, sealed.Kept.objects.order_by("pk").last().ciphertext) == []


def test_no_proposal_that_is_still_sealed_is_in_it(monkeypatch):
    review_makers.counts(monkeypatch, lambda *_: (1, 2))
    review = review_makers.a_review()
    people = review_makers.four(review)
    review_makers.asked(review)
    review_makers.seal(people, review, "council", review_makers.a_proposal(people, SECRET))
    files = taken(on=review_makers.TODAY)
    assert holds(files, SECRET) == []
    assert holds(files, sealed.Kept.objects.get().ciphertext) == []


def test_a_part_that_they_may_not_see_is_left_out_and_said_to_be():
    promise_makers.works("ST-0412")
    everything = taken()
    assert holds(everything, "ST-0412") == ["staff/posts.csv"]
    officer = officers.an_officer("Lou Example", capabilities.TAKE_AWAY, capabilities.SEE_CONTRACTS)
    few = taken(at_work(officer, on=TODAY))
    assert holds(few, "ST-0412") == []
    assert set(manifest(few)["parts"]) == {"contracts", "signatures"}
    assert "without their names" in manifest(few)["left_out"]["staff"]
    assert "staff/" in few[zipping.README].decode()


def test_what_was_changed_or_left_out_afterwards_shows():
    register_makers.entered()
    content = commands.take(uri=URI, by=makers.everything(), on=TODAY).content
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        files = {path: pack.read(path) for path in pack.namelist()}
    changed = {**files, "contracts/contracts.csv": b"Reference number\r\n", "added.csv": b""}
    del changed["signatures/seats.csv"]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as pack:
        for path, one in changed.items():
            pack.writestr(path, one)
    assert list(zipping.faults(kept.getvalue())) == [
        "signatures/seats.csv is not there",
        "added.csv is not in the manifest",
        "contracts/contracts.csv is not what was given out",
    ]


def test_that_it_was_taken_is_recorded_and_it_binds_what_was_recorded_before():
    register_makers.entered()
    made = commands.take(uri=URI, by=makers.everything(), on=TODAY)
    fact = Fact.objects.get(what="partnership.taken_away")
    assert fact.detail == {"files": made.files, "content": made.digest}
    with zipfile.ZipFile(io.BytesIO(made.content)) as pack:
        told = pack.read(zipping.MANIFEST)
    assert hashlib.sha256(told).hexdigest() == made.digest
    assert json.loads(told)["head_of_the_chain_of_facts"] == chain.head() != ""


def test_one_click_gives_it_to_either_partner_and_a_second_press_nothing(monkeypatch):
    monkeypatch.setattr("borough.kernel.clock.today", lambda: TODAY)
    table = decision_makers.a_table()
    for officer in (table.cora, table.paul):
        visitor = officers.a_visitor(officer)
        markup.check(visitor.get(HERE).content.decode())
        form = officers.posted()
        answer = visitor.post(HERE, form)
        assert answer["Content-Type"] == "application/zip"
        assert list(zipping.faults(answer.content)) == []
        assert visitor.post(HERE, form).status_code == 302
    assert Fact.objects.filter(what="partnership.taken_away").count() == 2
    looks_on = officers.a_visitor(officers.an_officer("Lou", capabilities.SEE_CONTRACTS))
    assert looks_on.post(HERE, officers.posted()).status_code == 403
