import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest

from borough.kernel import commanding
from borough.kernel.documents import archive, commands, models, printing, typesetting
from borough.lines.revenues.letters import bill, specimen

DAY = date(2026, 3, 12)
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
SYSTEM = commanding.system("tests")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS


def issue_bills(count):
    bills = [specimen.a_bill(account=str(100_001 + number)).as_json() for number in range(count)]
    letters = [commands.Letter(data, f"revenues.account/{data['account']}") for data in bills]
    return commands.issue_many("revenues.bill", letters, template=bill.TEMPLATE, by=SYSTEM, on=DAY)


def a_document():
    [number] = issue_bills(1)
    return models.Document.objects.select_related("template").get(pk=number)


def archived(folder):
    return sorted(path.name for path in folder.rglob("*.pdf"))


def test_a_letter_is_made_when_it_is_first_opened_and_then_kept(db, folder):
    document = a_document()
    pdf = printing.pdf_of(document)
    kept = models.Print.objects.get(document=document)
    assert kept.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    assert kept.length_bytes == len(pdf)
    assert kept.typst_version == typesetting.TYPST
    assert archived(folder) == [f"{kept.pdf_sha256}.pdf"]
    assert printing.pdf_of(document) == pdf
    assert models.Print.objects.count() == 1


def test_a_lost_file_comes_out_byte_for_byte_the_same(db, folder):
    document = a_document()
    pdf = printing.pdf_of(document)
    archive.where(folder, hashlib.sha256(pdf).hexdigest()).unlink()
    assert printing.pdf_of(document) == pdf
    assert len(archived(folder)) == 1


def test_another_process_makes_the_same_bytes(db, folder):
    document = a_document()
    here = typesetting.typeset(printing._order(document))
    assert printing.print_pending(processes=1).made == 1
    assert models.Print.objects.get().pdf_sha256 == hashlib.sha256(here).hexdigest()


def test_a_changed_file_is_not_handed_out(db, folder):
    document = a_document()
    path = archive.where(folder, hashlib.sha256(printing.pdf_of(document)).hexdigest())
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(archive.Spoiled, match="Restore it from a backup"):
        printing.pdf_of(document)


def test_a_lost_file_that_would_come_out_differently_is_not_passed_off_as_the_letter(db, folder):
    document = a_document()
    models.Print.objects.create(
        document=document, pdf_sha256="0" * 64, length_bytes=1, typst_version="0.1", made_at=NOON
    )
    with pytest.raises(printing.NotAsIssued, match=r"made with Typst 0\.1"):
        printing.pdf_of(document)


def test_data_that_was_changed_behind_our_back_is_not_printed(db):
    document = a_document()
    document.data["due_pence"] = 1
    with pytest.raises(printing.NotAsIssued, match="not what was issued"):
        printing.pdf_of(document)


def test_an_old_letter_keeps_its_old_template(db, folder):
    document = a_document()
    old = models.Template.objects.create(
        hash="f" * 64,
        name="/old.typ",
        sources={"/old.typ": "#let letter(data) = { set document(title: data.title); data.title }"},
    )
    document.template = old
    with pikepdf.open(io.BytesIO(printing.pdf_of(document))) as pdf:
        assert len(pdf.pages) == 1


def test_all_that_waits_is_printed_once(db, folder):
    issue_bills(45)
    seen = []
    assert printing.print_pending(processes=2, report=seen.append) == printing.Outcome(made=45)
    assert seen[-1] == 45
    assert len(archived(folder)) == 45
    assert printing.print_pending() == printing.Outcome(made=0)
    assert models.Print.objects.count() == 45


def test_a_letter_that_cannot_be_set_does_not_stop_the_others(db, folder, caplog):
    issue_bills(1)
    bad = commands.issue(
        "revenues.bill", template=bill.TEMPLATE, data={"title": "Mary"}, by=SYSTEM, on=DAY
    )
    issue_bills(1)
    assert printing.print_pending(processes=1) == printing.Outcome(made=2, failed=[bad])
    assert f"document {bad} cannot be set" in caplog.text
    assert "Mary" not in caplog.text
    with pytest.raises(typesetting.CannotBeSet):
        printing.pdf_of(models.Document.objects.get(pk=bad))


def is_gone(pid):
    """Wait up to ten seconds for a process to end."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_two_residents_can_open_their_letters_at_once(db):
    orders = [printing._order(models.Document.objects.get(pk=number)) for number in issue_bills(8)]
    alone = [typesetting.typeset(order) for order in orders]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(typesetting.typeset, orders))
    assert together == alone


def test_a_file_that_two_write_at_once_is_whole(folder):
    with ThreadPoolExecutor(8) as threads:
        digests = set(threads.map(archive.keep, [folder] * 64, [b"the same letter" * 10_000] * 64))
    [digest] = digests
    assert archive.read(folder, digest) == b"the same letter" * 10_000
    assert [path.name for path in folder.rglob("*.*")] == [f"{digest}.pdf"]


KILLED = """
import multiprocessing, os, signal, sys
import tests.database
import django
django.setup()
from django.conf import settings
from django.db import connection
from pathlib import Path
from borough.kernel.documents import printing

def after(made):
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    connection.settings_dict["NAME"] = sys.argv[1]
    settings.DOCUMENTS = Path(sys.argv[2])
    printing.print_pending(processes=2, report=after)
"""


def test_a_run_killed_half_way_is_taken_up_and_doubles_nothing(own_database, folder, tmp_path):
    issue_bills(90)
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run(
        [sys.executable, script, own_database, folder],
        env=os.environ
        | {"PYTHONPATH": str(root), "DJANGO_SETTINGS_MODULE": "borough.wiring.settings"},
        stdout=subprocess.PIPE,
        timeout=120,
    )
    assert ended.returncode == -signal.SIGKILL
    workers = [int(pid) for pid in ended.stdout.split()]
    assert len(workers) == 2
    assert all(is_gone(pid) for pid in workers)
    before = models.Print.objects.count()
    assert 0 < before < 90
    assert printing.print_pending(processes=2).made == 90 - before
    prints = models.Print.objects.values_list("document_id", "pdf_sha256")
    assert len(prints) == len(dict(prints)) == 90
    assert archived(folder) == sorted(f"{digest}.pdf" for _, digest in prints)
    for _, digest in prints:
        archive.read(folder, digest)
