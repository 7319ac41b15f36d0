"""Agreeing an arrangement: what can be kept, a look at what that comes to, then yes.

The look is the command itself, taken back, so it cannot say anything else than what is agreed.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding
from borough.kernel.pages import cells, components, fields, forms, one_use, wording
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import arrangements as commands
from borough.lines.revenues.pages import arrangements as pages
from borough.lines.revenues.pages import changing, subjects
from borough.lines.revenues.queries import arrangements as queries
from borough.rules import arrangements as rules
from borough.rules import years

KEEP, SPREAD = "keep", "spread"
Act = Callable[[list[str], commands.Offer], models.Arrangement]


class Offer(changing.ChangeForm):
    parts = fields.ChoicesField(
        what="what it covers",
        label="What does it cover?",
        help_text="Choose this year too if its instalments are paid in this way from now on.",
        choices=(),
    )
    amount = fields.MoneyField(
        what="what they can pay each time",
        label="How much can they pay each time?",
        help_text="Any amount that they can keep. The first payment takes the odd pence and is "
        "never larger than the others.",
        least_pence=1,
    )
    every = fields.ChoiceField(
        what="how often they can pay",
        label="How often?",
        choices=models.Arrangement.Every.choices,
    )
    first_due = fields.DayField(
        what="the day of the first payment",
        label="When is the first payment?",
        help_text="A day or two after money comes in is easiest to keep, for example 27 3 2025.",
    )
    income = fields.MoneyField(
        what="the money that comes in",
        label="About how much comes in each month?",
        help_text="Nobody has to say. It helps us not to agree to too much.",
        required=False,
    )
    outgoings = fields.MoneyField(
        what="the money that goes out",
        label="About how much goes out each month?",
        help_text="Rent, food, heating, travel, other debts: everything but these payments.",
        required=False,
    )

    def __init__(self, *args: Any, debts: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        forms.offer(
            self,
            "parts",
            [(part, f"{part}: {wording.money(pence)}") for part, pence in debts.items()],
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        income, outgoings = given.get("income"), given.get("outgoings")
        if (income is None) != (outgoings is None) and not {"income", "outgoings"} & set(
            self.errors
        ):
            missing = "outgoings" if outgoings is None else "income"
            self.add_error(missing, "Enter both what comes in and what goes out, or neither")
        return given

    def offer(self) -> commands.Offer:
        """Return what was offered; what is left of a month only where both were given."""
        given = self.cleaned_data
        left = None
        if given["income"] is not None and given["outgoings"] is not None:
            left = given["income"] - given["outgoings"]
        return commands.Offer(given["amount"], given["every"], given["first_due"], left)


@personal(capabilities.AGREE_ARRANGEMENT, subject=subjects.of_account)
def offer(visit: Visit, reference: str) -> HttpResponse:
    """Agree an arrangement for an account that has none."""
    account = subjects.account(reference)
    debts = queries.debts(account)
    arrears = [part for part in debts if _is_arrears(part, visit.today)]
    initial = {"parts": arrears or (list(debts) if len(debts) == 1 else [])}
    form = Offer(changing.asked(visit), today=visit.today, debts=debts, initial=initial)

    def act(parts: list[str], offered: commands.Offer) -> models.Arrangement:
        return commands.agree(
            account=account, parts=parts, offer=offered, by=visit.actor, on=visit.today
        )

    return _answer(visit, form, account, act, "Agree an arrangement to pay")


@personal(capabilities.AGREE_ARRANGEMENT, subject=pages.of_arrangement)
def change(visit: Visit, number: int) -> HttpResponse:
    """Change an arrangement: the same amount for longer, the same payments, or something else."""
    found = pages.get(number)
    stands = queries.standing_of(found, visit.today)
    form = Offer(
        changing.asked(visit),
        today=visit.today,
        debts=queries.debts(found.account),
        initial={
            "parts": found.parts,
            "amount": wording.money(_amount(stands, visit.GET.get("how", KEEP), visit.today)),
            "every": found.every,
            "first_due": _next_due(stands, visit.today),
        },
    )

    def act(parts: list[str], offered: commands.Offer) -> models.Arrangement:
        return commands.change(
            arrangement=found, parts=parts, offer=offered, by=visit.actor, on=visit.today
        )

    return _answer(visit, form, found.account, act, "Change the arrangement")


def _answer(
    visit: Visit, form: Offer, account: models.Account, act: Act, title: str
) -> HttpResponse:
    """Answer one step: the question, the look, or the agreement."""
    back = pages.page_of(account)
    step = visit.POST.get(changing.STEP, changing.CHECK)
    if visit.method == "POST" and step != changing.AGAIN and form.is_valid():
        answer = _agree if step == changing.CONFIRM else _look
        try:
            return answer(visit, form, act, title, back)
        except commanding.NotAllowed:
            raise
        except one_use.AlreadySent:
            return redirect(back)
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error(_place(refusal), str(refusal))
    deed = {"title": title, "back": back, "says": SAYS}
    return render(
        visit,
        "revenues/ask.html",
        {"form": form, "change": deed, "button": "Continue", "cancel": back},
    )


SAYS = (
    "Ask what they can keep, not what would be quickest. While an arrangement is kept, no "
    "reminder, summons or agent follows. Check first what help they may not be getting."
)


def _place(refusal: Exception) -> str | None:
    places: dict[type[Exception], str] = {
        commands.NothingToAgree: "parts",
        commands.EarningsAttached: "parts",
        commands.TooLong: "amount",
        commands.NotADay: "first_due",
    }
    return places.get(type(refusal))


def _agree(visit: Visit, form: Offer, act: Act, title: str, back: str) -> HttpResponse:
    with transaction.atomic():
        one_use.spend(visit)
        act(form.cleaned_data["parts"], form.offer())
    messages.success(visit, "Arrangement agreed")
    return redirect(back)


def _look(visit: Visit, form: Offer, act: Act, title: str, back: str) -> HttpResponse:
    with transaction.atomic():
        found = act(form.cleaned_data["parts"], form.offer())
        last_due = queries.standing_of(found, visit.today).terms.last_due[0].item()
        transaction.set_rollback(True)
    context = {
        "title": title,
        "back": back,
        "answers": _answers(found, last_due),
        "too_much_pence": _too_much(found),
        "past_year": _past_year(found, last_due, visit.today),
        "carried": [
            (name, value)
            for name in visit.POST
            if name not in changing.CARRIED_NOT
            for value in visit.POST.getlist(name)
        ],
    }
    return render(visit, "revenues/arrangement_check.html", context)


def _answers(found: models.Arrangement, last_due: date) -> list[components.Row]:
    rows = [
        components.Row("Covers", ", ".join(found.parts)),
        components.Row("Owed", cells.Pence(found.debt_pence)),
        components.Row("Each time", cells.Pence(found.other_pence)),
        components.Row("How often", found.get_every_display()),
        components.Row("First payment", f"{wording.money(found.first_pence)} by "
                       f"{wording.day(found.first_due)}"),
        components.Row("Payments", wording.number(found.number)),
        components.Row("Paid off", wording.day(last_due)),
        components.Row("A month", cells.Pence(_a_month(found))),
    ]  # fmt: skip
    if found.left_a_month_pence is not None:
        rows.append(components.Row("Left in a month", cells.Pence(found.left_a_month_pence)))
    return rows


def _too_much(found: models.Arrangement) -> int:
    """Return by how much a month the payments are more than what they said is left; 0 if not."""
    if found.left_a_month_pence is None:
        return 0
    return max(_a_month(found) - max(found.left_a_month_pence, 0), 0)


def _a_month(found: models.Arrangement) -> int:
    return int(rules.a_month(np.array([found.other_pence]), found.every)[0])


def _past_year(found: models.Arrangement, last_due: date, today: date) -> str:
    """Return this year, or a later one that is covered, where the last payment comes after it."""
    year = max(found.covered_years[-1], years.Year.holding(today))
    return year.name if last_due >= year.ends else ""


def _is_arrears(part: str, today: date) -> bool:
    name = part.removesuffix(models.arrangements.COSTS)
    return years.Year.named(name).ends <= today or part != name


def _amount(stands: queries.Standings, how: str, today: date) -> int:
    """Return the amount offered first: as agreed, or what clears it in the payments left."""
    if how != SPREAD:
        return int(stands.terms.other_pence[0])
    left = stands.terms.number - stands.terms.fallen(np.datetime64(today))
    owed = np.maximum(stands.owed_pence, 1)
    return int(rules.over(owed, np.maximum(left, 1))[0])


def _next_due(stands: queries.Standings, today: date) -> date:
    """Return the day of the next payment that is still to come, or today."""
    fallen = stands.terms.fallen(np.datetime64(today))
    coming: date = stands.terms.due_on(np.minimum(fallen, stands.terms.number - 1))[0].item()
    return max(coming, today)


def spread_address(found: models.Arrangement) -> str:
    """Return the page that spreads what is owed now over the payments that are left."""
    return f"{reverse('revenues:arrangement_change', args=[found.pk])}?how={SPREAD}"
