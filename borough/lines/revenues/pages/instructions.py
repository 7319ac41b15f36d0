"""The Direct Debit of an account: how it stands, and what can be done about it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.forms import widgets
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import dated, doing
from borough.kernel.bank import commands as bank
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, instructing, models
from borough.lines.revenues.commands import instructions as commands
from borough.lines.revenues.commands import keying, returned
from borough.lines.revenues.pages import accounts as account_pages
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import accounts, new_details
from borough.lines.revenues.queries import instructions as queries
from borough.rules import direct_debit

SOURCES = models.Instruction.Source.choices
DAYS = [(str(day), str(day)) for day in range(1, 29)]
NO_AUTOFILL = {"autocomplete": "off", "spellcheck": "false", "inputmode": "numeric"}
CODES = {"01": "First", "17": "Usual", "18": "Tried again", "19": "Last"}
STATES = {
    "In use": "green",
    "Ended": "grey",
    "Stopped": "orange",
    queries.RECEIVED: "green",
    queries.RETURNED: "red",
    queries.CLAIMED: "red",
}
COMING = (
    tables.day("due_on", "Due by"),
    tables.day("collects_on", "Collected on"),
    tables.money("told", "Told to the payer"),
    tables.money("pence", "Would be collected"),
    tables.text("reason", "How it stands"),
)
PAST = (
    tables.day("on", "Collected on"),
    tables.money("pence", "Amount"),
    tables.text("code", "Kind"),
    tables.text("state", "What became of it"),
    tables.text("claim", "If the bank paid it back", link="href"),
)
EARLIER = (
    tables.text("reference", "Reference"),
    tables.text("period", "When"),
    tables.text("why", "Why it ended"),
)


class SetUp(forms.Form):
    payer = fields.ChoiceField(
        what="whose bank account it is", label="Whose bank account is it?", choices=[]
    )
    name = fields.TextField(
        what="the name on the account",
        label="What is the name on the account?",
        max_length=120,
        widget=widgets.TextInput({"autocomplete": "off"}),
    )
    sort_code = fields.TextField(
        what="the sort code",
        label="What is the sort code?",
        max_length=12,
        widget=widgets.TextInput(NO_AUTOFILL),
    )
    account_number = fields.TextField(
        what="the account number",
        label="What is the account number?",
        max_length=14,
        widget=widgets.TextInput(NO_AUTOFILL),
    )
    source = fields.ChoiceField(
        what="how the payer agreed",
        label="How did the payer agree to it?",
        choices=[(one, said[:1].upper() + said[1:]) for one, said in SOURCES[:3]],
    )
    agreed_on = fields.DayField(what="the day the payer agreed", label="When did the payer agree?")
    payment_day = fields.SelectField(
        what="the day of the month", label="On which day of the month?", choices=DAYS
    )

    def __init__(self, *args: Any, account: models.Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.person_id): one.name for one in accounts.liable(account)}
        forms.offer(self, "payer", list(self.people.items()))


class Again(forms.Form):
    """The bank details once more, by the second officer, who does not see the first ones."""

    sort_code = fields.TextField(
        what="the sort code",
        label="What is the sort code?",
        max_length=12,
        widget=widgets.TextInput(NO_AUTOFILL),
    )
    account_number = fields.TextField(
        what="the account number",
        label="What is the account number?",
        max_length=14,
        widget=widgets.TextInput(NO_AUTOFILL),
    )


class Day(forms.Form):
    payment_day = fields.SelectField(
        what="the day of the month", label="On which day of the month?", choices=DAYS
    )


class Claim(forms.Form):
    code = fields.ChoiceField(
        what="the reason of the claim", label="Which reason does the claim give?", choices=[]
    )
    pence = fields.MoneyField(
        what="how much was paid back", label="How much was paid back?", least_pence=1
    )

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        reasons = direct_debit.SHEET["indemnity_reasons"].at(on).value
        forms.offer(self, "code", [(k, f"{k}: {v}") for k, v in reasons.items()])


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def overview(visit: Visit, reference: str) -> HttpResponse:
    """Show how the Direct Debit stands, what comes next and what was."""
    account = subjects.account(reference)
    card = accounts.card(account, on=visit.today)
    held = queries.of_account(account, visit.today)
    context = account_pages.frame(visit, card, "direct_debit") | {
        "held": held,
        "summary": _summary(held, visit.today) if held else None,
        "coming": _coming(account, visit.today) if held else None,
        "past": _past(account, visit),
        "earlier": _earlier(account, visit.today),
        "hard": queries.is_hard_to_pay(account, visit.today),
        "actions": _actions(account, held, visit),
    }
    return render(visit, "revenues/direct_debit.html", context)


@personal(capabilities.SET_UP_DIRECT_DEBIT, subject=subjects.of_account)
def set_up(visit: Visit, reference: str) -> HttpResponse:
    """Set up a Direct Debit."""
    account = subjects.account(reference)

    def act(**given: Any) -> None:
        commands.set_up(
            account=account,
            payer=Person.objects.get(pk=int(given["payer"])),
            given=instructing.Given(given["sort_code"], given["account_number"], given["name"]),
            source=given["source"],
            agreed_on=given["agreed_on"],
            payment_day=int(given["payment_day"]),
            by=visit.actor,
            on=visit.today,
        )

    deed = _deed(
        reference,
        "Set up a Direct Debit",
        "A colleague confirms the bank details next. Nothing is collected before the payer was "
        "told of each amount and day.",
        act,
        "Direct Debit set up. A colleague confirms the bank details next",
        places={
            commands.NotADay: "agreed_on",
            bank.NotBankDetails: "account_number",
            bank.CannotBelongTogether: "account_number",
        },
    )
    return doing.answer(visit, SetUp(doing.asked(visit), account=account), deed)


@personal(capabilities.SET_UP_DIRECT_DEBIT, subject=subjects.of_account)
def confirmation(visit: Visit, reference: str) -> HttpResponse:
    """Confirm the bank details that a colleague keyed, by keying them again."""
    held = _held(reference, visit.today)
    deed = _deed(
        reference,
        "Confirm the bank details",
        f"Key them again from what the payer gave us, for the account of {held.details.name}. "
        "They are confirmed when both agree.",
        lambda sort_code, account_number: keying.confirm_by_keying(
            details=held.details,
            sort_code=sort_code,
            account_number=account_number,
            by=visit.actor,
            on=visit.today,
        ),
        "Bank details confirmed. The instruction goes to the bank with the next file",
        places={keying.Differs: "account_number"},
    )
    return doing.answer(visit, Again(doing.asked(visit)), deed)


@personal(capabilities.SET_UP_DIRECT_DEBIT, subject=subjects.of_account)
def day(visit: Visit, reference: str) -> HttpResponse:
    """Move the collections to another day of the month."""
    account = subjects.account(reference)
    deed = _deed(
        reference,
        "Collect on another day",
        "The instalments to come move to that day, with a new bill that tells the payer.",
        lambda payment_day: commands.change_day(
            account=account, payment_day=int(payment_day), by=visit.actor, on=visit.today
        ),
        "Collected on another day from now on",
    )
    return doing.answer(visit, Day(doing.asked(visit)), deed)


@personal(capabilities.SET_UP_DIRECT_DEBIT, subject=subjects.of_account)
def ending(visit: Visit, reference: str) -> HttpResponse:
    """Cancel the Direct Debit."""
    held = _held(reference, visit.today)
    deed = _deed(
        reference,
        "Cancel the Direct Debit",
        "Nothing more is collected; what is on its way still arrives. The account then pays by "
        "its bill, on the days it says.",
        lambda: commands.cancel(instruction=held, by=visit.actor, on=visit.today),
        "Direct Debit cancelled",
        button="Cancel the Direct Debit",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.SET_UP_DIRECT_DEBIT, subject=subjects.of_account)
def stopping(visit: Visit, reference: str) -> HttpResponse:
    """Stop collecting for a while, or go on."""
    held = _held(reference, visit.today)
    stopped = held.stops.filter(dated.holds_on(visit.today)).exists()
    verb = commands.resume if stopped else commands.stop
    title = "Go on collecting" if stopped else "Stop collecting for a while"
    deed = _deed(
        reference,
        title,
        "Instalments that fell due meanwhile are not collected on their own: agree with the payer "
        "how they are paid."
        if stopped
        else "Nothing is collected until somebody lets it go on. The bill still asks for its "
        "instalments: agree with the payer how they are paid.",
        lambda: verb(instruction=held, by=visit.actor, on=visit.today),
        "Collecting goes on" if stopped else "Collecting is stopped",
        button=title,
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.LOAD_ADVICES, subject=subjects.of_account)
def claim(visit: Visit, reference: str, item: int) -> HttpResponse:
    """Record that the payer's bank paid a collection back under the Guarantee."""
    account = subjects.account(reference)
    found = models.CollectionItem.objects.filter(pk=item, instruction__account=account).first()
    if found is None:
        raise Http404
    deed = _deed(
        reference,
        "Record a claim under the Direct Debit Guarantee",
        f"The bank has paid back a collection of {wording.money(found.pence)}. It is owed again, "
        "collecting stops, and the debt is not pressed until somebody has looked.",
        lambda code, pence: returned.record_claim(
            item=found, code=code, pence=pence, by=visit.actor, on=visit.today
        ),
        "Claim recorded. It waits to be looked at",
        places={returned.NotAClaim: "pence"},
    )
    return doing.answer(visit, Claim(doing.asked(visit), on=visit.today), deed)


def _deed(
    reference: str, title: str, says: str, act: Callable[..., object], done: str, **more: Any
) -> doing.Deed:
    back = reverse("revenues:direct_debit", args=[reference])
    return doing.Deed(title=title, says=says, act=act, done=done, back=back, **more)


def _held(reference: str, on: date) -> models.Instruction:
    held = queries.of_account(subjects.account(reference), on)
    if held is None:
        raise Http404
    return held


def _summary(held: models.Instruction, on: date) -> list[components.Row]:
    state = queries.state(held, on)
    details = held.details
    return [
        components.Row("State", cells.Tag(state, STATES.get(state, "blue"))),
        components.Row("Reference at the bank", held.reference),
        components.Row("Bank account", f"{details.name}, {details.masked}"),
        components.Row("Agreed", f"{wording.day(held.agreed_on)}, {held.get_source_display()}"),
        components.Row(
            "May be used from",
            wording.day(held.live_from) if held.live_from else "Not sent to the bank yet",
        ),
    ]


def _coming(account: models.Account, on: date) -> tables.Table:
    rows = [
        {
            "due_on": one.due_on,
            "collects_on": one.collects_on,
            "told": one.told_pence,
            "reason": one.reason or "To come",
            **({"pence": one.pence} if one.reason else {}),  # of the others nearer the day
        }
        for one in queries.coming(account, on)
    ]
    return tables.Table("What comes next", COMING, rows, empty="Nothing is to be collected.")


def _past(account: models.Account, visit: Visit) -> tables.Table:
    may = capabilities.LOAD_ADVICES.slug in visit.actor.capabilities
    rows = []
    for one in queries.past(account):
        row = {
            "on": one.on,
            "pence": one.pence,
            "code": CODES[one.code],
            "state": cells.Tag(one.state, STATES.get(one.state, "blue")),
        }
        if may and one.state == queries.RECEIVED:
            args = [account.reference, one.item_id]
            row |= {
                "claim": cells.Link(
                    "Record a claim",
                    reverse("revenues:claim", args=args),
                    f"for {wording.day(one.on)}",
                )
            }
        rows.append(row)
    return tables.Table(
        "What was collected", PAST, rows, empty="Nothing has been collected by Direct Debit here."
    )


def _earlier(account: models.Account, on: date) -> tables.Table | None:
    rows = [
        {
            "reference": one.reference,
            "period": wording.period(one.starts, one.ends),
            "why": one.get_why_ended_display(),
        }
        for one in account.instructions.filter(ends__lte=on).order_by("-starts")
    ]
    return tables.Table("Earlier Direct Debits", EARLIER, rows) if rows else None


def _actions(
    account: models.Account, held: models.Instruction | None, visit: Visit
) -> list[cells.Link]:
    """Return what can be done next, the most likely first."""
    if capabilities.SET_UP_DIRECT_DEBIT.slug not in visit.actor.capabilities:
        return []
    if held is None:
        ways = [("Set up a Direct Debit", "set_up_debit")] if account.ends is None else []
    else:
        stopped = held.stops.filter(dated.holds_on(visit.today)).exists()
        confirm = held.details.confirmed_by is None and (
            held.details.keyed_by != visit.actor.reference
        )
        ways = [
            *([("Confirm the bank details", "confirm_debit")] if confirm else []),
            ("Collect on another day", "debit_day"),
            ("Go on collecting" if stopped else "Stop collecting for a while", "stop_debit"),
            ("Cancel the Direct Debit", "end_debit"),
        ]
    links = [
        cells.Link(title, reverse(f"revenues:{name}", args=[account.reference]))
        for title, name in ways
    ]
    moved = new_details.waiting(held) if held else None
    if moved is not None:
        there = reverse("revenues:debit_details", args=[account.reference, moved.pk])
        links.insert(0, cells.Link("Key the new bank account", there))
    return links
