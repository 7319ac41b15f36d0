"""Working everything out again: what the ledger says must follow from its postings, to the penny.

The database refuses what is wrong as it is written; this finds what was changed behind its back
(by the tables' owner, a restored backup, a broken disk).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from django.db import connection, transaction

from borough.kernel.ledger import guards, rehashing

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: what, how often, and the first few ids."""

    what: str
    count: int
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = f" (first: {', '.join(self.examples)})" if self.examples else ""
        return f"{self.what}: {self.count:,}{shown}"


# What is wrong, in words -> the ids of what is wrong.
QUESTIONS = {
    "Batches that were never sealed": """
        select b.id from ledger_batch b left join ledger_seal s on s.batch_id = b.id
        where s.batch_id is null""",
    "Journals without their batch": """
        select j.id from ledger_journal j left join ledger_seal s on s.batch_id = j.batch_id
        left join ledger_batch b on b.id = j.batch_id where b.id is null or s.batch_id is null""",
    "Journals without their period": """
        select j.id from ledger_journal j left join ledger_period p on p.id = j.period_id
        where p.id is null""",
    "Postings without their journal": """
        select distinct p.journal_id from ledger_posting p
        where not exists (select 1 from ledger_journal j where j.id = p.journal_id)""",
    "Journals of fewer than two lines": """
        select j.id from ledger_journal j
        left join (select journal_id, count(*) as lines from ledger_posting group by journal_id) p
          on p.journal_id = j.id
        where coalesce(p.lines, 0) < 2""",
    "Journals that do not balance in every fund": """
        select journal_id from (
          select p.journal_id, a.fund_id from ledger_posting p
          left join ledger_account a on a.id = p.account_id
          group by 1, 2 having sum(p.pence) <> 0
        ) unbalanced""",
    "Journals that post to an account or sub-account which does not fit": """
        select distinct p.journal_id from ledger_posting p
        left join ledger_account a on a.id = p.account_id
        left join ledger_subaccount s on s.id = p.sub_account_id
        where a.id is null or (a.control_for = '') <> (p.sub_account_id is null)
           or p.sub_account_id is not null
              and (s.id is null or s.account_id <> p.account_id or s.kind <> a.control_for)""",
    "Sub-accounts that are not of their control account": """
        select s.id from ledger_subaccount s left join ledger_account a on a.id = s.account_id
        where a.control_for is distinct from s.kind""",
    "Control accounts that differ from their sub-ledger": """
        select coalesce(c.code, 'account ' || t.account_id) from (
          select a.id, a.code, sum(p.pence) as pence from ledger_account a
          join ledger_posting p on p.account_id = a.id where a.control_for <> '' group by a.id
        ) c
        full join (
          select s.account_id, sum(p.pence) as pence from ledger_posting p
          join ledger_subaccount s on s.id = p.sub_account_id group by s.account_id
        ) t on t.account_id = c.id
        where c.pence is distinct from t.pence""",
    "Funds that do not add up to nought": """
        select f.code from ledger_fund f join ledger_account a on a.fund_id = f.id
        join ledger_posting p on p.account_id = a.id group by f.code having sum(p.pence) <> 0""",
    "Batches whose control totals differ from their rows": """
        select b.id from ledger_batch b
        left join (
          select batch_id, count(*) as journals from ledger_journal group by batch_id
        ) j on j.batch_id = b.id
        left join (
          select journal_id >> 20 as batch_id, sum(pence) as debit from ledger_posting
          where pence > 0 group by 1
        ) p on p.batch_id = b.id
        where (b.expected_journals, b.expected_debit_pence) is distinct from
              (j.journals, p.debit)""",
    "Reversals that are not the exact negation": """
        select distinct id from (
          select j.id, p.line, p.account_id, p.sub_account_id, p.pence from ledger_journal j
            join ledger_posting p on p.journal_id = j.id where j.reverses_id is not null
          union all
          select j.id, p.line, p.account_id, p.sub_account_id, p.pence from ledger_journal j
            join ledger_posting p on p.journal_id = j.reverses_id where j.reverses_id is not null
        ) both_sides
        group by id, line, account_id, sub_account_id having sum(pence) <> 0 or count(*) <> 2""",
    "Journals reversed more than once, or keys posted more than once": """
        select min(id) from ledger_journal group by source, key having count(*) > 1
        union all
        select min(id) from ledger_journal where reverses_id is not null
        group by reverses_id having count(*) > 1""",
    "Periods whose state is not that of their last change": """
        select p.id from ledger_period p where p.state <> coalesce(
          (select c.state from ledger_periodchange c where c.period_id = p.id
           order by c.id desc limit 1), 'open')""",
    "Allocations that do not fit their payment or charge": """
        select a.payment_journal_id from ledger_allocation a
        left join ledger_posting p
          on (p.journal_id, p.line) = (a.payment_journal_id, a.payment_line)
        left join ledger_posting c
          on (c.journal_id, c.line) = (a.charge_journal_id, a.charge_line)
        group by a.payment_journal_id, a.payment_line, p.pence
        having sum(a.pence) < 0 or sum(a.pence) > -coalesce(p.pence, 0)
            or bool_or(p.sub_account_id is distinct from a.sub_account_id
                       or c.sub_account_id is distinct from a.sub_account_id)
        union all
        select a.charge_journal_id from ledger_allocation a
        left join ledger_posting c
          on (c.journal_id, c.line) = (a.charge_journal_id, a.charge_line)
        group by a.charge_journal_id, a.charge_line, c.pence
        having sum(a.pence) < 0 or sum(a.pence) > coalesce(c.pence, 0)""",
}


def check() -> list[Finding]:
    """Work everything out again, as of one moment; return what does not agree."""
    with _one_moment():
        findings = [
            found for what, question in QUESTIONS.items() if (found := _ask(what, question))
        ]
        for what, ids in (*rehashing.differences(), *guards.differences()):
            findings.append(Finding(what, len(ids), tuple(ids[:EXAMPLES])))
    return findings


def main(stdout: TextIO) -> int:
    """Check the ledger and say what was found; return 1 on the smallest difference, else 0."""
    findings = check()
    for finding in findings:
        stdout.write(f"{finding}\n")
    if not findings:
        stdout.write(f"The ledger agrees: {_size()}.\n")
    return 1 if findings else 0


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let every question see the same rows, while others go on posting."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def _ask(what: str, question: str) -> Finding | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*), (array_agg(id::text order by id))[:{EXAMPLES}]"  # noqa: S608  ours
            f" from ({question}) wrong (id)"
        )
        count, examples = cursor.fetchone()
    return Finding(what, count, tuple(examples)) if count else None


def _size() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from ledger_posting), (select count(*) from ledger_journal),"
            " (select count(*) from ledger_batch)"
        )
        postings, journals, batches = cursor.fetchone()
    return f"{postings:,} postings in {journals:,} journals in {batches:,} batches"
