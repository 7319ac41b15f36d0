"""How every change is made: ask, check what it would do, confirm, done.

The answers travel from the question to the check in the page itself (hidden boxes), never in an
address. Only the last step spends the one-use token and runs the command for good.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from borough.kernel import commanding
from borough.kernel.pages import cells, fields, forms, one_use, tables, wording
from borough.kernel.visits import Visit
from borough.lines.revenues import models
from borough.lines.revenues.pages import previewing
from borough.rules import engine, years
from borough.rules.council_tax import bands

STEP = "step"
CHECK, CONFIRM, AGAIN = "check", "confirm", "again"
CARRIED_NOT = {STEP, one_use.FIELD, "csrfmiddlewaretoken"}
COUNCIL_TAX_BEGAN = date(1993, 4, 1)
REFUSALS = (
    commanding.Refusal,
    one_use.NotOurs,
    engine.BadFacts,
    bands.AmountNotKnown,
)
LEFT_EMPTY: tuple[Any, ...] = (None, "", [])
COLUMNS = (
    tables.text("account", "Account"),
    tables.text("year", "Year"),
    tables.money("before", "Charged now"),
    tables.money("after", "After this"),
    tables.money("change", "Change"),
)


class ChangeForm(forms.Form):
    """A form about dated things: no day before Council Tax began, none beyond the next year."""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.limit_days(today)

    def limit_days(self, today: date) -> None:
        for one in self.fields.values():
            if isinstance(one, fields.DayField):
                one.earliest = one.earliest or COUNCIL_TAX_BEGAN
                one.latest = one.latest or date(today.year + 2, 3, 31)


@dataclass(frozen=True)
class Shown:
    """What the check page shows beside the charges: a heading, and what to know below it.

    ``warning`` is what an officer should stop at; ``sentences`` and ``rows`` explain; ``href``
    opens what the heading names.
    """

    title: str = ""
    warning: str = ""
    sentences: Sequence[str] = ()
    rows: Sequence[tables.Table] = ()
    href: str = ""


@dataclass(frozen=True)
class Change:
    """One change: its words, what it does with the answers, and where its refusals belong.

    Attributes:
        title: the heading, as what the officer does.
        says: what will happen, in a sentence or two.
        act: does it; called with the cleaned answers; may raise a refusal.
        done: what the banner says afterwards.
        back: the address of the page that the change began on.
        accounts: the numbers of the accounts whose charge it may change; none for no preview.
        places: the field that a kind of refusal is about; others stand above the form.
        law: the law that reserves it to the council, or that it follows; shown on the page.
        shows: what else the check page shows of what ``act`` returned; asked while it is done.
        over: why there is nothing left to ask, because it was done before; empty while there is.
    """

    title: str
    says: str
    act: Callable[..., object]
    done: str
    back: str
    accounts: Sequence[str] = ()
    places: Mapping[type[Exception], str] = field(default_factory=dict)
    law: str = ""
    button: str = "Continue"
    shows: Callable[[Any], Sequence[Shown]] = lambda _: ()
    over: str = ""


def make(
    visit: Visit,
    form: forms.Form,
    change: Change,
    *,
    ask: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Answer one step of a change: the question, the check, or the deed.

    Args:
        visit: who asks; what was posted.
        form: bound to what was posted, if anything was.
        change: what is to be done with the answers.
        ask: draws the question, where the usual page would not do.
    """
    if change.over and visit.method != "POST":
        messages.warning(visit, change.over)
        return redirect(change.back)
    ask = ask or (lambda: _ask(visit, form, change))
    step = visit.POST.get(STEP, CHECK) if visit.method == "POST" else AGAIN
    if step == AGAIN or not form.is_valid():
        return ask()
    answer = _do if step == CONFIRM else _check
    try:
        return answer(visit, form, change)
    except commanding.NotAllowed:
        raise
    except one_use.AlreadySent:
        return redirect(change.back)
    except REFUSALS as refusal:
        form.add_error(*_mistake(form, change, refusal))
    return ask()


def asked(visit: Visit) -> Any:
    """Return what a form is bound to: what was posted, if anything was."""
    return visit.POST if visit.method == "POST" else None


def _ask(visit: Visit, form: forms.Form, change: Change) -> HttpResponse:
    return render(
        visit,
        "revenues/ask.html",
        {"form": form, "change": change, "button": change.button, "cancel": change.back},
    )


def _check(visit: Visit, form: forms.Form, change: Change) -> HttpResponse:
    seen = previewing.look(
        change.accounts, lambda: change.act(**form.cleaned_data), see=change.shows
    )
    changes = seen.changes
    return render(
        visit,
        "revenues/check.html",
        {
            "change": change,
            "answers": _answers(form),
            "sentences": [_sentence(one) for one in changes],
            "table": _table(changes),
            "shown": [*_beyond_reach(form), *seen.seen],
            "carried": [
                (name, value)
                for name in visit.POST
                if name not in CARRIED_NOT
                for value in visit.POST.getlist(name)
            ],
        },
    )


def _beyond_reach(form: forms.Form) -> list[Shown]:
    """Warn where a change reaches back to years that were billed by an earlier system."""
    days = [one for one in form.cleaned_data.values() if isinstance(one, date)]
    first = models.Bill.objects.order_by("year").values_list("year", flat=True).first()
    if first is None or not days or min(days) >= years.Year(first).starts:
        return []
    name = years.Year(first).name
    return [
        Shown(
            warning=f"Only {name} and later were billed here, so only they are worked out again. "
            "What an earlier system billed before stays as it was brought forward: if this "
            "changes it, work that out by hand."
        )
    ]


def _do(visit: Visit, form: forms.Form, change: Change) -> HttpResponseRedirect:
    with transaction.atomic():
        one_use.spend(visit)
        result = change.act(**form.cleaned_data)
    messages.success(visit, change.done)
    if isinstance(result, models.Account):  # one that was not there before
        return redirect("revenues:account", result.reference)
    return redirect(change.back)


def _mistake(form: forms.Form, change: Change, refusal: Exception) -> tuple[str | None, str]:
    """Return the field that a refusal is about (None: the whole form), and its sentence."""
    name = next((n for kind, n in change.places.items() if isinstance(refusal, kind)), "")
    return name if name in form.fields else None, str(refusal)


def _answers(form: forms.Form) -> list[dict[str, Any]]:
    return [
        {"key": one.label, "value": _shown(one.field, form.cleaned_data.get(one.name))}
        for one in form
        if not one.is_hidden and form.cleaned_data.get(one.name) not in LEFT_EMPTY
    ]


def _shown(asked: Any, value: Any) -> Any:
    """Return an answer as the officer gave it: a choice by its label, an amount in pounds."""
    if isinstance(asked, fields.MoneyField):
        return wording.money(value)
    if isinstance(value, date):
        return wording.day(value)
    choices = dict(getattr(asked, "choices", ()))
    if isinstance(value, list):
        return cells.Lines(tuple(choices.get(one, one) for one in value))
    return choices.get(value) or choices.get(str(value)) or value


def _sentence(one: previewing.YearChange) -> str:
    before, after = wording.money(one.before_pence), wording.money(one.after_pence)
    return f"This changes the year {one.year} from {before} to {after}."


def _table(changes: Sequence[previewing.YearChange]) -> tables.Table | None:
    if len(changes) < 2:
        return None
    rows = [
        {
            "account": one.reference,
            "year": one.year,
            "before": one.before_pence,
            "after": one.after_pence,
            "change": one.change_pence,
        }
        for one in changes
    ]
    total = {"account": "All", "change": sum(one.change_pence for one in changes)}
    return tables.Table("What this changes", COLUMNS, rows, total=total)
