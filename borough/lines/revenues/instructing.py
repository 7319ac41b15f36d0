"""What begins an instruction, ends it or stops it: the payer, an officer or a bank finds out."""

import re
from dataclasses import dataclass
from datetime import date

from borough.kernel import commanding, dated
from borough.kernel.bank import commands as bank
from borough.kernel.bank import modulus
from borough.kernel.bank.models import BankDetails
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person
from borough.lines.revenues import models

_DIGITS = 8


class NotInForce(commanding.Refusal):
    """The instruction has ended, or is not as asked."""


@dataclass(frozen=True, slots=True)
class Given:
    """A bank account as a payer gives it: sort code, account number, the name on it."""

    sort_code: str
    account_number: str
    name: str


def details_of(payer: Person, given: Given, *, by: commanding.Actor, on: date) -> BankDetails:
    """Return the payer's bank details, keyed now unless the same account is recorded already.

    Raises:
        bank.NotBankDetails, bank.CannotBelongTogether: mistyped.
    """
    known = BankDetails.objects.filter(
        person=payer,
        sort_code=given.sort_code.replace("-", "").replace(" ", ""),
        account_number=given.account_number.replace(" ", ""),
        withdrawn_by=None,
    ).first()
    return known or bank.key_details(
        person=payer,
        sort_code=given.sort_code,
        account_number=given.account_number,
        name=given.name,
        by=by,
        on=on,
    )


def next_reference(account: models.Account) -> str:
    """Return a core reference that no other begins with: all are of one length."""
    nth = account.instructions.count() + 1
    return f"CT{account.reference:0>{_DIGITS}}{nth:02}"


def is_account(sort_code: str, account_number: str, account: tuple[str, str]) -> bool:
    """Tell whether what was keyed is a bank account; blanks and hyphens do no harm."""
    code, number = (re.sub(r"[ -]", "", text) for text in (sort_code, account_number))
    readable = re.fullmatch(r"[0-9]{6}", code) and re.fullmatch(r"[0-9]{6,10}", number)
    return bool(readable) and modulus.normalised(code, number) == account


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
