"""How an account pays, and how it ends."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel.pages import cells, fields, wording
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import accounts
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.pages import changing, subjects
from borough.lines.revenues.queries import instructions
from borough.rules import years

WHY_NOT = (
    "This year’s payments stay as they are: none is still to come, they are asked for in this way "
    "already, the day is a later one, or a reminder has gone out. The next year’s bill follows it."
)
DAYS = [(str(day), str(day)) for day in range(1, 29)]


class Plan(changing.ChangeForm):
    instalments = fields.ChoiceField(
        what="the number of instalments",
        label="How many instalments a year?",
        choices=[("10", "10 instalments"), ("12", "12 instalments")],
    )
    payment_day = fields.SelectField(
        what="the day of the month", label="On which day of the month?", choices=DAYS
    )
    starts = fields.DayField(
        what="the day from which it holds",
        label="From which day?",
        help_text="Today or an earlier day: a new bill asks for what is still to come in this way. "
        "A later day: the next year’s bill does.",
    )


class Closing(changing.ChangeForm):
    ends = fields.DayField(
        what="the day from which nobody on this account is liable",
        label="From which day is nobody on this account liable?",
        help_text="For a move: the day of moving out. What is so at the end of a day holds for "
        "the whole of it.",
    )


@personal(capabilities.CHANGE_PLAN, subject=subjects.of_account)
def plan(visit: Visit, reference: str) -> HttpResponse:
    """Change how it is paid."""
    account = subjects.account(reference)

    def choose(instalments: str, payment_day: str, starts: date) -> list[models.Bill]:
        return accounts.choose_plan(
            account=account,
            instalments=int(instalments),
            payment_day=int(payment_day),
            starts=starts,
            by=visit.actor,
            on=visit.today,
        )

    change = changing.Change(
        title="Change how it is paid",
        says="Twelve instalments instead of ten can be asked for at any time of the year.",
        act=choose,
        done="Way of paying changed",
        back=reverse("revenues:account", args=[reference]),
        accounts=[reference],
        places={accounts.NotAPlan: "payment_day", refusals.NotADay: "starts"},
        shows=_asked,
    )
    form = Plan(changing.asked(visit), today=visit.today)
    held = instructions.of_account(account, visit.today)

    def ask() -> HttpResponse:
        context = {"form": form, "change": change, "button": change.button, "cancel": change.back}
        return render(visit, "revenues/plan.html", context | {"way": _way(reference, held, visit)})

    return changing.make(visit, form, change, ask=ask)


def _asked(bills: list[models.Bill]) -> list[changing.Shown]:
    """Return what each new bill asks for, or that none is made."""
    if not bills:
        return [changing.Shown("No new bill is made", sentences=[WHY_NOT])]
    return [
        changing.Shown(f"A new bill for {years.Year(one.year).name}", sentences=[_terms(one)])
        for one in bills
    ]


def _terms(bill: models.Bill) -> str:
    first, day = wording.money(bill.first_pence), wording.day(bill.first_due)
    if bill.instalments == 1:
        return f"One payment of {first} by {day}."
    others = wording.money(bill.other_pence)
    return f"{bill.instalments} payments from {day}: {first}, then {others} a month."


def _way(reference: str, held: models.Instruction | None, visit: Visit) -> list[cells.Link | str]:
    """Say how it is paid now, and lead to where that is changed."""
    says = "It is paid by Direct Debit." if held else "It is paid by its bill."
    if capabilities.SET_UP_DIRECT_DEBIT.slug not in visit.actor.capabilities:
        return [says]
    if held:
        return [says, cells.Link("Look at the Direct Debit", _at("direct_debit", reference))]
    return [says, cells.Link("Set up a Direct Debit", _at("set_up_debit", reference))]


def _at(name: str, reference: str) -> str:
    return reverse(f"revenues:{name}", args=[reference])


@personal(capabilities.OPEN_ACCOUNT, subject=subjects.of_account)
def closing(visit: Visit, reference: str) -> HttpResponse:
    """Close the account."""
    account = subjects.account(reference)
    change = changing.Change(
        title="Close the account",
        says="Nothing is charged from that day. What was paid beyond it becomes a credit.",
        act=lambda ends: accounts.close_account(
            account=account, ends=ends, by=visit.actor, on=visit.today
        ),
        done="Account closed",
        back=reverse("revenues:account", args=[reference]),
        accounts=[reference],
        places={refusals.NotADay: "ends", accounts.AlreadyClosed: "ends"},
    )
    return changing.make(visit, Closing(changing.asked(visit), today=visit.today), change)
