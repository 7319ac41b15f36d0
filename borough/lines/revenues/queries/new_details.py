"""The new bank account that an advice gives: read from the file of the bank, and not kept again."""

from dataclasses import dataclass

from borough.kernel.bank import advices, modulus
from borough.lines.revenues import models


@dataclass(frozen=True, slots=True)
class NewDetails:
    """A bank account as a bank's file gives it; ``name`` is empty where it did not change."""

    account: tuple[str, str]
    name: str

    def __str__(self) -> str:
        return self.masked  # the number would end up in a log

    @property
    def masked(self) -> str:
        """The account as pages show it: its last four figures."""
        return f"account ending {self.account[1][-4:]}"


def waiting(instruction: models.Instruction) -> models.Advice | None:
    """Return the newest advice that gives a new account for an instruction, and still waits."""
    found = models.Advice.objects.filter(
        instruction=instruction, then=models.Advice.Then.AMEND, settled=None
    ).order_by("-pk")
    return next((one for one in found.select_related("file") if of_advice(one)), None)


def of_advice(advice: models.Advice) -> NewDetails | None:
    """Return the new account that an advice gives, or None where it gives none.

    What a bank leaves out has not changed: a sort code alone goes with the number as it was.
    """
    if advice.then != models.Advice.Then.AMEND or advice.file is None:
        return None
    file = advice.file
    read = advices.read(bytes(file.content), on=file.loaded_on, said=file.kind)
    found = next((one for one in read.changes if one.position == advice.position), None)
    if found is None or not (found.new_sort_code or found.new_account_number):
        return None
    was = advice.instruction.details if advice.instruction else None
    code = found.new_sort_code or (was.sort_code if was else "")
    number = found.new_account_number or (was.account_number if was else "")
    if len(code) != 6 or not 6 <= len(number) <= 10:
        return None  # nobody can say which account it is
    return NewDetails(modulus.normalised(code, number), found.new_payer_name)
