"""What tests of Direct Debit begin with: accounts that pay by it, ready to be collected from."""

from datetime import date
from itertools import count

from borough.kernel.bank.models import BankDetails
from borough.kernel.people.models import Person
from borough.kernel.runs.models import Run
from borough.lines.revenues import billing, collections, models, telling
from borough.lines.revenues.commands import collections as commands
from tests import makers

_numbers = count(10_000_001)
ANN, TOM = makers.an_officer(1), makers.an_officer(2)
BILLED = date(2025, 3, 10)
PREPARED = date(2025, 4, 22)
MAY = date(2025, 5, 1)


def bank_details(person: Person, *, confirmed: bool = True) -> BankDetails:
    return BankDetails.objects.create(
        person=person,
        sort_code="000000",
        account_number=str(next(_numbers)),
        name=person.name,
        check_made=BankDetails.Check.NOT_CHECKED,
        keyed_by="officer/1",
        keyed_on=BILLED,
        confirmed_by="officer/2" if confirmed else None,
        confirmed_on=BILLED if confirmed else None,
    )


def an_instruction(
    account: models.Account, *, confirmed: bool = True, reference: str = "", **fields: object
) -> models.Instruction:
    """Return an instruction of long ago that the banks know."""
    person = account.liabilities.get().person
    account.plans.update(method=models.Plan.Method.DIRECT_DEBIT)
    return models.Instruction.objects.create(
        **{
            "account": account,
            "details": bank_details(person, confirmed=confirmed),
            "reference": reference or f"CT{account.reference:0>8}01",
            "source": models.Instruction.Source.PAPER,
            "agreed_on": date(2025, 2, 1),
            "starts": date(2025, 2, 1),
            "live_from": date(2025, 2, 20),
        }
        | fields
    )


def a_payer(*, told: bool = True, **account: object) -> models.Account:
    """Return an account billed for the year that pays by Direct Debit and was told of it."""
    made = makers.an_account(**account)
    an_instruction(made)
    billing.bill_accounts(
        [made.pk], makers.YEAR, on=BILLED, by=makers.everything(), because="annual billing"
    )
    if told:
        telling.tell(made.pk, made.pk, on=BILLED)
    return made


def prepared(entry_day: date = MAY, *, on: date = PREPARED) -> Run:
    run = commands.prepare_collection(entry_day=entry_day, by=ANN, on=on)
    collections.preview(run)
    return run


def collected(entry_day: date = MAY, *, on: date = PREPARED) -> models.Collection:
    """Return the collection of a day, prepared, committed and made into a file."""
    run = commands.commit_collection(preview=prepared(entry_day, on=on), by=TOM, on=on)
    collections.carry_out(run, by=makers.everything())
    return models.Collection.objects.get(pk=run.pk)


def posted(collection: models.Collection, *, on: date | None = None) -> models.Collection:
    by = makers.everything()
    run = commands.post_collection(collection=collection, by=by, on=on or collection.entry_day)
    collections.post(run, by=by)
    return collection
