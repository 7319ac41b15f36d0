"""Bank details: keyed by one officer, confirmed by another, withdrawn when they hold no more."""

import re
from datetime import date

import numpy as np
from django.db import IntegrityError, transaction

from borough.kernel import commanding
from borough.kernel.bank import capabilities, models, modulus
from borough.kernel.facts import commands as facts
from borough.kernel.people.models import Person


class NotBankDetails(commanding.Refusal):
    """What was keyed is no sort code, no account number or no name."""


class CannotBelongTogether(commanding.Refusal):
    """Sort code and account number do not pass the modulus check: one of them is mistyped."""


class AlreadyKeyed(commanding.Refusal):
    """The person has these details already."""


class SamePerson(commanding.Refusal):
    """Whoever keyed bank details may not confirm them."""


class AlreadySettled(commanding.Refusal):
    """The details have been confirmed or withdrawn meanwhile."""


@commanding.command(capabilities.KEY_BANK_DETAILS)
def key_details(
    *,
    person: Person,
    sort_code: str,
    account_number: str,
    name: str,
    by: commanding.Actor,
    on: date,
) -> models.BankDetails:
    """Key somebody's bank details; nothing goes to them before another officer confirms them.

    Args:
        person: whose account it is, or who asks that it be used.
        sort_code: six figures; blanks and hyphens between them do no harm.
        account_number: six to ten figures; eight are kept.
        name: as it stands on the account.
        by: who keys them.
        on: today.

    Raises:
        NotBankDetails: figures or the name are missing.
        CannotBelongTogether: the modulus check says that one figure is wrong.
        AlreadyKeyed: the same account is recorded for the person.
    """
    code, number = _figures(sort_code, account_number)
    called = " ".join(name.split())
    if not called:
        raise NotBankDetails("Enter the name on the account.")
    answer = modulus.check(np.array([code]), np.array([number]), modulus.configured())[0]
    if answer == modulus.Answer.INVALID:
        raise CannotBelongTogether(
            "This sort code and account number do not belong together. "
            "Check both with whoever gave them."
        )
    checks = models.BankDetails.Check
    try:
        with transaction.atomic():
            details = models.BankDetails.objects.create(
                person=person,
                sort_code=code,
                account_number=number,
                name=called,
                check_made=checks.VALID if answer == modulus.Answer.VALID else checks.NOT_CHECKED,
                keyed_by=by.reference,
                keyed_on=on,
            )
    except IntegrityError as error:
        raise AlreadyKeyed("This account is recorded for them already.") from error
    _tell("kernel.bank_details_keyed", details, by=by, on=on)
    return details


@commanding.command(capabilities.CONFIRM_BANK_DETAILS)
def confirm_details(
    *, details: models.BankDetails, by: commanding.Actor, on: date
) -> models.BankDetails:
    """Confirm, from what the person gave us, details that another officer keyed.

    Raises:
        SamePerson: the same officer keyed them.
        AlreadySettled: they were confirmed or withdrawn meanwhile.
    """
    now = _held(details)
    if now.keyed_by == by.reference:
        raise SamePerson("You keyed these bank details. Ask a colleague to confirm them.")
    if now.confirmed_by is not None or now.withdrawn_by is not None:
        raise AlreadySettled("These bank details have been confirmed or withdrawn already.")
    now.confirmed_by, now.confirmed_on = by.reference, on
    now.save(update_fields=["confirmed_by", "confirmed_on"])
    _tell("kernel.bank_details_confirmed", now, by=by, on=on)
    return now


@commanding.command(capabilities.CONFIRM_BANK_DETAILS)
def confirm_by_keying_again(
    *,
    details: models.BankDetails,
    sort_code: str,
    account_number: str,
    by: commanding.Actor,
    on: date,
) -> models.BankDetails:
    """Confirm details by keying them again, blind: a slip of either officer shows.

    Raises:
        NotBankDetails: what was keyed again differs, or is no bank account.
        SamePerson: the same officer keyed them.
        AlreadySettled: they were confirmed or withdrawn meanwhile.
    """
    if _figures(sort_code, account_number) != (details.sort_code, details.account_number):
        raise NotBankDetails(
            "This is not what your colleague keyed. One of you has mistyped: if it is they, "
            "withdraw these details and have them keyed anew."
        )
    return confirm_details(details=details, by=by, on=on)


@commanding.command(capabilities.KEY_BANK_DETAILS)
def withdraw_details(*, details: models.BankDetails, by: commanding.Actor, on: date) -> None:
    """Say that details are not to be used any more; what went to them stays as it was.

    Raises:
        AlreadySettled: they were withdrawn before.
    """
    now = _held(details)
    if now.withdrawn_by is not None:
        raise AlreadySettled("These bank details have been withdrawn already.")
    now.withdrawn_by, now.withdrawn_on = by.reference, on
    now.save(update_fields=["withdrawn_by", "withdrawn_on"])
    _tell("kernel.bank_details_withdrawn", now, by=by, on=on)


def _figures(sort_code: str, account_number: str) -> tuple[str, str]:
    code, number = (re.sub(r"[ -]", "", text) for text in (sort_code, account_number))
    if not re.fullmatch(r"[0-9]{6}", code):
        raise NotBankDetails("Enter a sort code of six figures, like 20-45-53.")
    if not re.fullmatch(r"[0-9]{6,10}", number):
        raise NotBankDetails("Enter an account number of eight figures, like 31926819.")
    return modulus.normalised(code, number)


def _held(details: models.BankDetails) -> models.BankDetails:
    """Return the details as they are now; whoever else would settle them waits."""
    return models.BankDetails.objects.select_for_update(no_key=True).get(pk=details.pk)


def _tell(what: str, details: models.BankDetails, *, by: commanding.Actor, on: date) -> None:
    facts.record(
        what,
        about=[details.person_id],
        thing=f"kernel.person/{details.person_id}",
        by=by,
        on=on,
        details=details.pk,
    )
