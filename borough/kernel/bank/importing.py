"""Taking in a statement: read whole, then posted in parts, each of which is done once.

Every credit is posted at once: to the account whose reference it bears, or else to suspense, so
that the ledger's bank account is the bank's. Killed anywhere and started again, nothing is doubled.
"""

from collections.abc import Sequence

import pyarrow as pa
from django.db import connection, transaction

from borough.kernel import arrays, commanding, copying, feeds
from borough.kernel.bank import camt, models, posting, statements
from borough.kernel.facts import commands as facts
from borough.kernel.pages import wording
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run

KIND = "kernel.statement"
FUTURE = "Its day is in the future"
PART = 5_000


def parts_for(content: bytes) -> int:
    """Return into how many parts a file is divided: one to read it, the others to post it.

    Counted by what an entry cannot be without; the last part takes whatever is left.
    """
    most = max(content.count(b"\n"), content.count(b"Ntry>") // 2)
    return 2 + most // PART


def carry_out(run: Run, *, by: commanding.Actor) -> None:
    """Take in the file of a run; started again, it goes on where it stopped.

    Raises:
        commanding.Refusal: the file cannot be read, or does not come to its totals.
    """
    file = models.StatementFile.objects.get(run=run)

    def do(number: int) -> runs.Result:
        if number == 0:
            return _take_in(file)
        last = number == run.parts_expected - 1
        entries = list(_of_part(file, number, last=last))
        return len(entries), posting.post(entries, by=by, on=run.on)

    runs.carry_out(run, do)
    if not run.endings.filter(outcome="done").exists():
        with transaction.atomic():  # the fact and the ending together, or neither
            _finish(run, file, by=by)


def read(content: bytes, layout: str) -> statements.Read:
    """Return what a file says, whatever its format.

    Raises:
        commanding.Refusal: in words, why it cannot be read.
    """
    if layout == statements.CAMT:
        return camt.read(content)
    return statements.read_csv(content, statements.LAYOUTS[layout])


def lines(file: models.StatementFile) -> list[statements.Line]:
    """Return the lines of a file as it came, each with its key."""
    content = bytes(file.content)
    return statements.named(read(content, file.layout).lines, content)


def _take_in(file: models.StatementFile) -> runs.Result:
    content = bytes(file.content)
    found = read(content, file.layout)
    lines, bad = _split(statements.named(found.lines, content), found.bad, file)
    total = sum(line.pence for line in found.lines)
    if file.announced_pence is not None and total != file.announced_pence:
        raise statements.TotalsDiffer(
            f"The rows that can be read come to {wording.money(total)}, and "
            f"{wording.money(file.announced_pence)} was announced. {len(found.bad)} rows cannot be "
            "read. Nothing was taken in."
        )
    keep(file, lines)
    models.SetAside.objects.bulk_create(
        models.SetAside(file=file, line=one.line, reason=one.reason, row=one.cells) for one in bad
    )
    return 0, {"entries": len(lines), "set_aside": len(bad), "pence": total}


def _split(
    lines: Sequence[statements.Line], bad: Sequence[feeds.Bad], file: models.StatementFile
) -> tuple[list[statements.Line], list[feeds.Bad]]:
    """Set aside what is dated in the future, and what another file has brought already."""
    there = known([line.key for line in lines])
    good, aside = [], list(bad)
    for line in lines:
        if line.on > file.loaded_on:
            aside.append(feeds.Bad(line.number, FUTURE, _cells(line)))
        elif line.key in there:
            same = there[line.key] == (line.on, line.pence)
            reason = "Another file brought it before" + (
                "" if same else ", with another day or amount: ask the bank"
            )
            aside.append(feeds.Bad(line.number, reason, _cells(line)))
        else:
            good.append(line)
    return good, aside


def known(keys: list[str]) -> dict[str, tuple[object, int]]:
    """Return the day and the pence of the entries that have one of these keys, by key."""
    with connection.cursor() as cursor:
        cursor.execute(
            'select key, "on", pence from bank_entry'
            " where key = any(array(select json_array_elements_text(%s::json)))",
            [arrays.of_texts(keys)],
        )
        return {key: (on, pence) for key, on, pence in cursor.fetchall()}


def _cells(line: statements.Line) -> dict[str, str]:
    """Return what a row said, as far as it tells it from others: never a payer's account."""
    return {
        "Day": line.on.isoformat(),
        "Amount": wording.money(line.pence),
        "Reference": line.reference,
        "Description": line.narrative,
    }


def keep(file: models.StatementFile, lines: Sequence[statements.Line]) -> None:
    """Write lines as entries of a file, without posting them."""
    if not lines:
        return
    texts = ("key", "reference", "narrative", "payer_name", "payer_sort_code", "payer_account")
    columns = {name: pa.array([getattr(line, name) for line in lines]) for name in texts}
    copying.copy(
        "bank_entry",
        pa.table(
            {
                **columns,
                "year": pa.array([line.year[:24] for line in lines]),
                "file_id": pa.repeat(file.pk, len(lines)),
                "number": pa.array([line.number for line in lines]),
                "on": pa.array([line.on for line in lines]),
                "pence": pa.array([line.pence for line in lines], pa.int64()),
                "is_reversal": pa.array([line.is_reversal for line in lines]),
            }
        ),
    )


def _of_part(file: models.StatementFile, number: int, *, last: bool) -> Sequence[models.Entry]:
    """Return the entries of a part, by place among those kept; the last takes what is left."""
    rows = models.Entry.objects.filter(file=file).order_by("pk")
    first = (number - 1) * PART
    return list(rows[first:] if last else rows[first : first + PART])


def _finish(run: Run, file: models.StatementFile, *, by: commanding.Actor) -> None:
    sums = totals(run)
    facts.record(
        "kernel.statement_taken_in",
        thing=f"kernel.statement/{file.pk}",
        by=by,
        on=run.on,
        entries=sums["entries"],
        received_pence=sums["received_pence"],
        suspense_pence=sums["suspense_pence"],
    )
    runs.end(run)


def totals(run: Run) -> dict[str, int]:
    """Return the sums of the parts that are done, by name; nought for what none has yet."""
    names = ("entries", "set_aside", "pence", *posting.NAMES)
    sums = dict.fromkeys(names, 0)
    for result in run.parts.values_list("result", flat=True):
        for name in names:
            sums[name] += result.get(name, 0)
    return sums
