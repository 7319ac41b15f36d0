"""One changed byte shows: in the database, in a paper, and in the book that a partner took away."""

import json
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from borough.partnership.decisions import (
    books,
    by_hand,
    check_command,
    commands,
    manifests,
    models,
    positions,
    queries,
    recording,
)
from borough.partnership.sealed import chain, proving, sealing
from borough.partnership.sealed.models import Commitment, Event, Opening, Round
from borough.partnership.seats import signing
from tests import makers
from tests.partnership import tampering
from tests.partnership.decisions import decision_makers as table_of
from tests.partnership.decisions.decision_makers import TODAY, take


def a_decided_case(table, folder) -> models.Case:
    """Return a case with all that a case can hold, decided."""
    case = table_of.a_case()
    commands.add_paper(
        case=case, title="Calls", content=makers.a_pdf(), folder=folder,
        by=table.council, on=TODAY,
    )  # fmt: skip
    pack = table_of.a_pack(case)
    for by in table.both:
        commands.acknowledge(pack=pack, holds_more=False, by=by, on=TODAY)
    for by in table.both:
        take(pack, by)
    recording.leave_note(case=case, words="Two days", by=table.partner, on=TODAY)
    table_of.decided(table, case)
    return case


# What an owner of the database might change who has switched its triggers off.
CHANGES = (
    "update decisions_case set why = why || ' '",
    "update decisions_case set others[1] = 'Until nine'",
    "update decisions_case set decide_by = decide_by + 1",
    "update decisions_pack set manifest = replace(manifest, 'As many', 'So many')",
    "update decisions_pack set digest = replace(digest, left(digest, 1), 'x')",
    "update decisions_acknowledgement set holds_more = true where party = 'partner'",
    "update decisions_note set words = 'Two day'",
    "update decisions_note set party = 'council'",
    "update decisions_record set review_on = review_on + 1",
    "update decisions_record set dissent = '.'",
    "update sealed_opening set text = replace(text, '80', '81')",
    "update sealed_opening set nonce = reverse(nonce)",
    "update sealed_commitment set digest = reverse(digest) where side = 'council'",
    "update sealed_commitment set side = 'other' where side = 'council'",
    "update sealed_round set closes = closes + 1",
    "update sealed_event set text = replace(text, '2025', '2024') where position = 3",
    "update sealed_event set digest = reverse(digest) where position = 9",
    "delete from sealed_event where position = 4",
    "delete from sealed_event where position = 1",
    "delete from sealed_opening",
    "delete from decisions_note",
    "update seats_signature set digest = reverse(digest) where party = 'council'",
    "update decisions_paper set sha256 = reverse(sha256)",
)


def test_one_change_in_the_database_shows(own_database, tmp_path):
    table = table_of.a_table()
    case = a_decided_case(table, tmp_path)
    assert books.faults(case, tmp_path) == []
    found = tampering.unseen(
        CHANGES, lambda: bool(books.faults(models.Case.objects.get(pk=case.pk), tmp_path))
    )
    assert found == []


def test_one_changed_byte_of_the_book_shows(db, tmp_path):
    case = a_decided_case(table_of.a_table(), tmp_path)
    content, head = books.file(case), chain.head(case.thing)
    assert proving.faults_of_file(content) == []
    assert proving.faults_of_file(content, head) == []
    step = max(1, len(content) // 1500)
    for place in range(0, len(content), step):
        changed = bytearray(content)
        changed[place] ^= 1
        assert proving.faults_of_file(bytes(changed)), f"byte {place} was changed, and nobody saw"
    shorter = json.loads(content)
    del shorter["events"][-1]
    shorter = signing.canonical(shorter).encode()
    assert proving.faults_of_file(shorter) == [], "it is a sound book, of the day before"
    assert proving.faults_of_file(shorter, head) == [
        "the head that was printed is not in the chain"
    ]


def test_the_command_says_so_of_a_file(db, tmp_path):
    case = a_decided_case(table_of.a_table(), tmp_path)
    file = tmp_path / "case.json"
    file.write_bytes(books.file(case))
    said = StringIO()
    assert check_command.of_file(str(file), chain.head(case.thing), said) == 0
    file.write_bytes(books.file(case).replace(b"council", b"counsel", 1))
    assert check_command.of_file(str(file), "", said) == 1
    assert check_command.of_file(str(tmp_path / "none"), "", said) == 2
    assert said.getvalue().startswith("not one byte was changed\n")
    for other in (b"", b"[]", b"{}", b'{"chain":1}', b"\xff"):
        file.write_bytes(other)
        assert check_command.of_file(str(file), "", said) == 1


def test_a_paper_that_was_changed_shows(db, tmp_path):
    case = a_decided_case(table_of.a_table(), tmp_path)
    path = manifests.where(tmp_path, case.papers.get())
    path.write_bytes(path.read_bytes() + b" ")
    assert "is not what was kept" in books.faults(case, tmp_path)[0]
    path.unlink()
    assert "is not there" in books.faults(case, tmp_path)[0]


def test_the_database_takes_no_event_that_does_not_follow(db):
    case = table_of.a_case()
    last = chain.told(case.thing)[-1]
    wrong = ((2, chain.link("", "{}")), (3, chain.link(last.digest, "{}")))
    for position, digest in wrong:
        with pytest.raises(DatabaseError, match="bound to the one before"), transaction.atomic():
            Event.objects.create(chain=case.thing, position=position, text="{}", digest=digest)


@pytest.mark.parametrize("mode", Round.Mode)
def test_two_who_are_last_at_the_same_moment_open_all_once(mode, own_database, tmp_path):
    table = table_of.a_table()
    pack = table_of.a_read_pack(table, mode=mode)
    kept = {side: table_of.kept_by(pack, side) for side in queries.SIDES}
    together = Barrier(2)

    def act(by, side):
        try:
            together.wait(10)
            if mode == Round.Mode.SERVER:
                return take(pack, by)
            commands.enter_seal(pack=pack, digest=kept[side].digest, by=by, on=TODAY)
            together.wait(10)
            return commands.hand_in(pack=pack, kept=kept[side], by=by, on=TODAY)
        finally:
            connection.close()

    pairs = list(zip(table.both, queries.SIDES, strict=True))
    with ThreadPoolExecutor(2) as threads:
        done = [one.result(60) for one in [threads.submit(act, *pair) for pair in pairs]]
    assert len(done) == Opening.objects.count() == Commitment.objects.count() == 2
    opened = [one for one in chain.told(pack.case.thing) if "partnership.opened" in one.text]
    assert len(opened) == 1
    assert books.faults(pack.case, tmp_path) == []


def test_a_form_that_was_filled_in_is_sealed_on_ones_own_machine(db, tmp_path):
    table = table_of.a_table()
    pack = table_of.a_read_pack(table, mode=Round.Mode.SPLIT)
    place = queries.place(pack, queries.state(pack.case).round.round, "council")
    form, said = tmp_path / "position.yaml", StringIO()
    blank = by_hand.blank(place, pack.case.options, queries.units(), on=TODAY)
    form.write_text(blank)
    assert by_hand.main(str(form), said) == 2, "nothing is filled in"
    filled = {
        "option: ": "option: 2 ",
        "sure: ": "sure: 70 ",
        "reasons: []": "reasons: [cost, law]",
        "measure: ": f"measure: {table_of.MEASURE} ",
        "low:": "low: 94",
        "median:": "median: 95.5",
        "high:": "high: 96%",
        "due: ": "due: 2025-03-31 ",
        **{f"{name}: |\n": f"{name}: |\n  As £ and “{name}”\n" for name in positions.WORDS},
    }
    for before, after in filled.items():
        assert before in blank, before
        blank = blank.replace(before, after, 1)
    form.write_text(blank)
    assert by_hand.main(str(form), said) == 0
    assert by_hand.main(str(form), said) == 2, "a second seal would make the first worthless"
    kept = sealing.from_file(form.with_suffix(".sealed.json").read_bytes())
    assert said.getvalue().splitlines()[2] == kept.digest
    commands.enter_seal(pack=pack, digest=kept.digest, by=table.council, on=TODAY)
    other = table_of.kept_by(pack, "partner")
    commands.enter_seal(pack=pack, digest=other.digest, by=table.partner, on=TODAY)
    commands.hand_in(pack=pack, kept=other, by=table.partner, on=TODAY)
    assert commands.hand_in(pack=pack, kept=kept, by=table.council, on=TODAY)
    [opened] = table_of.opened(pack)
    assert (opened["council"].why, opened["council"].forecasts[0].high) == ("As £ and “why”", 9600)


def test_a_sealed_file_that_was_changed_is_none():
    file = sealing.to_file(sealing.seal({"a": 1})).encode()
    assert sealing.from_file(file).content == {"a": 1}
    for wrong in (
        file[:-1],
        file.replace(b"1", b"1.5"),
        file.replace(b'\\"a\\":1', b'\\"a\\": 1'),
        b"[]",
        b"\xff\xfe",
        b'{"nonce":"","text":"{}"}',
        b"[" * 100_000,
    ):
        with pytest.raises(sealing.NotSealed):
            sealing.from_file(wrong)


def test_what_is_sealed_by_hand_is_readable_by_nobody_else_on_the_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(by_hand, "read", lambda _: {"a": 1})
    form = tmp_path / "position.yaml"
    form.write_text("")
    assert by_hand.main(str(form), StringIO()) == 0
    assert form.with_suffix(".sealed.json").stat().st_mode & 0o077 == 0
