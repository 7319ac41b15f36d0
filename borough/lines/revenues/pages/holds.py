"""Leaving a debt alone: a hold on an account or on somebody who owes it, and what the law lays."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.holds import capabilities, kinds
from borough.kernel.holds import commands as holds
from borough.kernel.pages import fields, forms
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import models, remedying
from borough.lines.revenues.commands import moratoria
from borough.lines.revenues.pages import subjects
from borough.rules import years

ACCOUNT = "account"


def _choices(capability: str) -> list[tuple[str, str]]:
    return [
        (slug, kind.title)
        for slug, kind in kinds.all_kinds().items()
        if kind.placed_with == capability
    ]


class Hold(forms.Form):
    kind = fields.ChoiceField(
        what="why it is left alone",
        label="Why is it left alone?",
        choices=_choices(capabilities.PLACE_HOLD.slug),
    )
    upon = fields.ChoiceField(what="what is left alone", label="What is left alone?", choices=[])
    ends = fields.DayField(
        what="the day on which it ends",
        label="Until which day?",
        help_text="For example 27 6 2026. Leave it empty when you do not know yet.",
        required=False,
    )

    def __init__(self, *args: Any, account: models.Account, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(one.pk), f"All debts of {one.name}") for one in _liable(account)]
        forms.offer(self, "upon", [(ACCOUNT, "This account"), *people])


class Statutory(forms.Form):
    kind = fields.ChoiceField(
        what="what it is",
        label="What has begun?",
        choices=_choices(capabilities.PLACE_STATUTORY_HOLD.slug),
    )
    starts = fields.DayField(
        what="the day on which it began",
        label="On which day did it begin?",
        help_text="As the notification gives it, for example 2 6 2026.",
    )


@personal(capabilities.PLACE_HOLD, subject=subjects.of_account)
def hold(visit: Visit, reference: str) -> HttpResponse:
    """Place a hold on an account, or on somebody who owes it."""
    account = subjects.account(reference)
    people = {str(one.pk): one for one in _liable(account)}

    def act(kind: str, upon: str, ends: Any) -> None:
        person = people.get(upon)
        whom = holds.Upon(
            person=person,
            thing="" if person else account.thing,
            about=tuple(one.pk for one in people.values()) if person is None else (),
            line="revenues",
        )
        holds.place_hold(kind=kind, upon=whom, ends=ends, by=visit.actor, on=visit.today)

    in_use = _in_use(account, visit.today)
    deed = doing.Deed(
        title="Leave it alone for a time",
        says="From today nobody is pressed while it holds. Somebody is asked to look at it again, "
        f"so that nothing is forgotten. Payments go on as they are. {in_use}".strip(),
        act=act,
        done=f"It is left alone from today. {in_use}".strip(),
        back=_back(reference, in_use),
        places={holds.UnknownKind: "upon", holds.AlreadyHeld: "kind", holds.NotADay: "ends"},
    )
    return doing.answer(visit, Hold(doing.asked(visit), account=account), deed)


@personal(capabilities.PLACE_STATUTORY_HOLD, subject=subjects.of_account)
def statutory_hold(visit: Visit, reference: str) -> HttpResponse:
    """Record a breathing space, a mental health crisis moratorium or an insolvency."""
    account = subjects.account(reference)
    in_use = _in_use(account, visit.today)
    deed = doing.Deed(
        title="Record a breathing space or an insolvency",
        says="Each year of the account is looked at by itself. Council Tax of a year is in a "
        "breathing space only if all its instalments have fallen due, or a reminder was sent "
        f"(SI 2020/1311 regulation 5(4)(k)). {in_use}".strip(),
        act=lambda kind, starts: moratoria.record_moratorium(
            account=account, kind=kind, starts=starts, by=visit.actor, on=visit.today
        ),
        done=f"Recorded: nothing is done about the years that it covers. {in_use}".strip(),
        back=_back(reference, in_use),
        places={
            holds.AlreadyHeld: "kind",
            holds.NotADay: "starts",
            holds.UnknownKind: "starts",
            moratoria.NotAMoratoriumDebt: "kind",
        },
    )
    return doing.answer(visit, Statutory(doing.asked(visit)), deed)


def _in_use(account: models.Account, on: date) -> str:
    """Return what is in use against those who owe it and has to be stopped; empty for nothing."""
    running = [
        f"{one.get_kind_display().lower()} of {one.account.reference} for {years.Year(one.year)}"
        for one in remedying.running(on, account__liabilities__person__in=_liable(account))
    ]
    if not running:
        return ""
    return (
        f"In use now: {', '.join(dict.fromkeys(running))}. End what it stands against: an employer "
        "goes on deducting until told. An agent is called back at once; ring them too."
    )


def _back(reference: str, in_use: str) -> str:
    name = "remedies" if in_use else "account_recovery"
    return reverse(f"revenues:{name}", args=[reference])


def _liable(account: models.Account) -> list[Person]:
    ids = models.Liability.objects.filter(account=account).values_list("person_id", flat=True)
    return list(Person.objects.filter(pk__in=ids).order_by("pk"))
