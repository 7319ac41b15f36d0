"""Telling the banks of instructions: new ones are lodged, those that payers ended are cancelled.

What a bank ended itself it is not told of.
"""

from datetime import date

from django.db import connection

from borough.kernel import commanding
from borough.kernel.bank import working_days
from borough.kernel.facts import commands as facts
from borough.kernel.runs import commands as runs
from borough.kernel.runs.models import Run
from borough.lines.revenues import debit_files, models
from borough.rules import direct_debit

LODGING = "revenues.lodging"

# New: confirmed, in force, never sent. Cancelled: known to the banks, ended by us or the payer.
_WAITING = """
select i.id, '0N' from revenues_instruction i join bank_bankdetails d on d.id = i.details_id
where i.live_from is null and i.ends is null
  and d.confirmed_by is not null and d.withdrawn_by is null
union all
select i.id, '0C' from revenues_instruction i
where i.live_from is not null and i.ends <= %(on)s
  and i.why_ended in ('payer', 'replaced', 'death')
  and not exists (select 1 from revenues_instructionmessage m
                  where m.instruction_id = i.id and m.code = '0C')
order by 1, 2
"""


def waiting(on: date) -> list[tuple[int, str]]:
    """Return which instructions the banks have to be told of, with the code."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"on": on})
        return [(int(number), str(code)) for number, code in cursor.fetchall()]


def carry_out(run: Run, *, by: commanding.Actor) -> None:
    """Tell the banks, in one part: messages and file together, or neither."""

    def do(number: int) -> runs.Result:
        sent = waiting(run.on)
        models.InstructionMessage.objects.bulk_create(
            models.InstructionMessage(instruction_id=one, run=run, code=code) for one, code in sent
        )
        cycle = working_days.cycle_from(run.on)
        debit_files.instructions(run, made_on=run.on, processing_day=cycle.processing_day)
        wait = direct_debit.figure("first_collection_working_days", run.on)
        lodged = [one for one, code in sent if code == direct_debit.NEW_INSTRUCTION]
        models.Instruction.objects.filter(pk__in=lodged).update(
            live_from=working_days.later(cycle.processing_day, wait)
        )
        facts.record(
            "revenues.instructions_sent",
            thing=f"run/{run.pk}",
            by=by,
            on=run.on,
            lodged=len(lodged),
            cancelled=len(sent) - len(lodged),
        )
        return len(sent), {"lodged": len(lodged), "cancelled": len(sent) - len(lodged)}

    runs.carry_out(run, do)
    runs.end(run)
