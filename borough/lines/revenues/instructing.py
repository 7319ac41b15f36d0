"""What ends an instruction or stops it, whoever finds out: the payer, an officer, a bank."""

from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.facts import commands as facts
from borough.lines.revenues import models


class NotInForce(commanding.Refusal):
    """The instruction has ended, or is not as asked."""


def end(instruction: models.Instruction, *, why: str, by: commanding.Actor, on: date) -> None:
    """End an instruction that is in force; the account then pays by its bill.

    Args:
        instruction: which.
        why: an ``Instruction.Ended``.
        by: who acts.
        on: the first day without it.

    Raises:
        NotInForce: it has ended.
    """
    held = models.Instruction.objects.select_for_update(no_key=True).get(pk=instruction.pk)
    if held.ends is not None:
        raise NotInForce(f"Direct Debit {held.reference} has ended already.")
    # A row holds for a day at least: one that was set up today ends tomorrow.
    held.ends = max(on, date.fromordinal(held.starts.toordinal() + 1))
    held.why_ended = why
    held.save(update_fields=["ends", "why_ended"])
    pay_by(held.account, models.Plan.Method.CASH, None, on=on)
    record("revenues.direct_debit_ended", held, by=by, on=on, ends=held.ends)


def halt(instruction: models.Instruction, *, why: str, by: commanding.Actor, on: date) -> None:
    """Stop collecting by an instruction until somebody lets it go on.

    Args:
        instruction: which.
        why: a ``Stop.Why``.
        by: who acts.
        on: the first day on which nothing is collected.

    Raises:
        NotInForce: it has ended, or is stopped already.
    """
    if instruction.ends is not None:
        raise NotInForce(f"Direct Debit {instruction.reference} has ended already.")
    if instruction.stops.filter(dated.touches(on, None)).exists():
        raise NotInForce(f"Direct Debit {instruction.reference} is stopped already.")
    instruction.stops.create(why=why, starts=on)
    record("revenues.direct_debit_stopped", instruction, by=by, on=on, starts=on)


def halt_once(instruction: models.Instruction, *, why: str, by: commanding.Actor, on: date) -> None:
    """Stop collecting by an instruction unless it has ended or is stopped already."""
    stopped = instruction.stops.filter(dated.touches(on, None)).exists()
    if instruction.ends is None and not stopped:
        halt(instruction, why=why, by=by, on=on)


def go_on(instruction: models.Instruction, *, by: commanding.Actor, on: date) -> bool:
    """Collect again by an instruction that is stopped; tell whether it was."""
    stopped = instruction.stops.filter(dated.touches(on, None)).first()
    if stopped is None:
        return False
    if stopped.starts >= on:
        stopped.delete()  # it has held on no day
    else:
        stopped.ends = on
        stopped.save(update_fields=["ends"])
    record("revenues.direct_debit_resumed", instruction, by=by, on=on, starts=on)
    return True


def pay_by(account: models.Account, method: str, payment_day: int | None, *, on: date) -> None:
    """Record how the account pays from a day; its number of instalments stays."""
    plan = account.plans.filter(dated.holds_on(on)).first()
    dated.write_over(
        account.plans.all(),
        on,
        None,
        account=account,
        instalments=plan.instalments if plan else 10,
        payment_day=payment_day or (plan.payment_day if plan else 1),
        method=method,
    )


def record(
    what: str, instruction: models.Instruction, *, by: commanding.Actor, on: date, **detail: object
) -> None:
    """Record what happened to an instruction, about everybody liable and the payer."""
    account = instruction.account
    liable = account.liabilities.values_list("person_id", flat=True)
    facts.record(
        what,
        about=[*liable, instruction.details.person_id],
        thing=account.thing,
        by=by,
        on=on,
        account=account.reference,
        reference=instruction.reference,
        **detail,
    )
