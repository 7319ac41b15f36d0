"""The pages on which one plan for all debts is agreed, seen, and ended."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing, visits
from borough.kernel.pages import cells, components, fields, forms, one_use, tables, wording
from borough.kernel.people import capabilities as people
from borough.kernel.visits import Visit
from borough.resident.plans import capabilities, models
from borough.resident.plans.commands import plans as commands
from borough.resident.plans.pages import opening
from borough.resident.plans.pages import proposals as offering
from borough.resident.plans.queries import keeping, proposals
from borough.resident.plans.queries import plans as queries
from borough.rules.arrangements import State

SHARES = (
    tables.text("debt", "Debt"),
    tables.money("owed", "Owed then"),
    tables.money("share", "A month"),
    tables.text("came", "Came since"),
    tables.text("why", "Why"),
)
PAYMENTS = (
    tables.text("number", "Number"),
    tables.day("on", "On"),
    tables.money("pence", "Amount"),
    tables.text("state", "State"),
)
FOLLOWS = "follows"
STATES = {
    State.PAID: cells.Tag("Paid off", "green"),
    State.KEPT: cells.Tag("Kept", "green"),
    State.LATE: cells.Tag("Late", "yellow"),
}
ENDED = [
    (one.value, str(one.label))
    for one in (
        models.Plan.Ended.ASKED,
        models.Plan.Ended.NOT_KEPT,
        models.Plan.Ended.MISTAKE,
        models.Plan.Ended.PAID,
    )
]


class Agreement(forms.Form):
    """From when, and that help came before the plan."""

    first_due = fields.DayField(
        what="the day of the first payment",
        label="On which day is the first payment?",
        help_text="The others follow on that day of each month.",
    )
    entitled = fields.ConfirmField(
        what="to confirm that what they may be entitled to was gone through",
        label="What they may be entitled to was gone through with them",
    )
    agreed = fields.ConfirmField(
        what="to confirm that they agree",
        label="They have seen each share and agree",
    )


class Ending(forms.Form):
    why = fields.ChoiceField(what="why it ends", label="Why does it end?", choices=ENDED)


@opening.helping(capabilities.AGREE_PLAN)
def agreement(visit: Visit, number: int) -> HttpResponse:
    """Show the shares once more, and agree them."""
    found = proposals.propose(number, purpose=visit.purpose, on=visit.today)
    offer = offering.Offer(visit.POST or None, found=found)
    if visit.method != "POST" or not offer.is_valid():
        return redirect("plans:proposal", number)
    monthly, floors = offer.cleaned_data["monthly"], offer.floors()
    found = proposals.propose(
        number, purpose=visit.purpose, on=visit.today, monthly_pence=monthly, floors=floors
    )
    form = Agreement(visit.POST if visit.POST.get("go") == "agree" else None)
    if form.is_valid():
        given = commands.Offer(monthly, form.cleaned_data["first_due"], floors, _seen(visit))
        try:
            _agree(visit, number, given)
        except one_use.AlreadySent:
            return redirect("plans:plan", number)
        except commanding.NotAllowed:
            raise
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            at = "first_due" if isinstance(refusal, commands.NotADay) else None
            form.add_error(at, str(refusal))
        else:
            messages.success(visit, "Plan agreed")
            return redirect("plans:plan", number)
    return render(
        visit,
        "plans/agreement.html",
        {
            "number": number,
            "form": form,
            "shares": offering.shares(found),
            "monthly_pence": sum(found.plan.allocation.values()) if found.plan else 0,
            "not_bound": queries.not_bound(found.plan.allocation if found.plan else ()),
            "carried": [*_offered(visit), *_shown(found), (FOLLOWS, _follows(visit, number))],
        },
    )


@opening.helping(people.SEE_PERSON)
def plan(visit: Visit, number: int) -> HttpResponse:
    """Show the plan that somebody has, or had last."""
    found = queries.of_person(number, purpose=visit.purpose, on=visit.today)
    newest = found[0] if found else None
    may = capabilities.AGREE_PLAN.slug in visit.actor.capabilities
    is_open = newest is not None and newest.plan.ends is None
    how = keeping.of_plan(newest.plan, visit.today) if newest and is_open else None
    return render(
        visit,
        "plans/plan.html",
        {
            "number": number,
            "newest": newest,
            "is_open": is_open,
            "summary": _summary(newest, how) if newest else [],
            "how": how,
            "is_late": how is not None and how.state is State.LATE,
            "shares": _shares(newest, how) if newest else None,
            "not_bound": queries.not_bound(one.debt for one in newest.shares) if newest else [],
            "payments": _payments(newest) if newest else None,
            "letter": _letter(number, newest) if newest else None,
            "may_end": may and is_open,
        },
    )


def of_plan(number: int, **_: object) -> visits.Subject:
    """Return whose plan it is."""
    return opening.subject(get(number).person_id)


def get(number: int) -> models.Plan:
    """Return a plan, or say that there is none."""
    rows = models.Plan.objects.select_related("person")
    return get_object_or_404(rows, pk=min(number, opening.LARGEST_ID))


@opening.helping(capabilities.AGREE_PLAN, of=of_plan)
def ending(visit: Visit, number: int) -> HttpResponse:
    """End a plan."""
    found = get(number)
    deed = doing.Deed(
        title="End the plan for all debts",
        says="What is owed stays owed, and each service goes on from where it stood. If it only "
        "asks too much, take a new statement and agree another plan instead.",
        act=lambda why: commands.end_plan(plan=found, why=why, by=visit.actor, on=visit.today),
        done="Plan ended",
        back=reverse("plans:plan", args=[found.person_id]),
        button="End it",
        over="This plan has ended." if found.ends else "",
    )
    return doing.answer(visit, Ending(doing.asked(visit)), deed)


def _agree(visit: Visit, number: int, given: commands.Offer) -> None:
    """Agree a plan, or replace the one that was there when the shares were looked at."""
    seen = visit.POST.get(FOLLOWS, "")
    with transaction.atomic():
        one_use.spend(visit)
        if not seen.isdecimal():
            commands.agree_plan(
                person=opening.person(number),
                offer=given,
                purpose=visit.purpose,
                by=visit.actor,
                on=visit.today,
            )
        else:
            theirs = models.Plan.objects.filter(person=number)
            running = get_object_or_404(theirs, pk=min(int(seen), opening.LARGEST_ID))
            commands.change_plan(
                plan=running, offer=given, purpose=visit.purpose, by=visit.actor, on=visit.today
            )


def _offered(visit: Visit) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, value in visit.POST.items()
        if name == "monthly" or name.startswith("floor_")
    ]


def _follows(visit: Visit, number: int) -> str:
    """Return the plan that this one would replace, as the officer first saw it; "" for none.

    What a colleague agrees while the page is open is never replaced unseen.
    """
    if FOLLOWS in visit.POST:
        return str(visit.POST[FOLLOWS])
    running = queries.running(number, visit.today)
    return str(running.pk) if running else ""


def _shown(found: proposals.Proposal) -> list[tuple[str, str]]:
    """Return the shares as they are shown, so that they are agreed and no others."""
    made = found.plan.allocation if found.plan else {}
    return [
        (f"share_{found.debts[name].sub_account_id}", str(pence)) for name, pence in made.items()
    ]


def _seen(visit: Visit) -> dict[int, int]:
    given = {
        name.removeprefix("share_"): str(value)
        for name, value in visit.POST.items()
        if name.startswith("share_")
    }
    return {int(sub): int(pence) for sub, pence in given.items() if (sub + pence).isdecimal()}


def _summary(found: queries.Agreed, how: keeping.Keeping | None) -> list[components.Row]:
    one = found.plan
    state: Any = STATES[how.state] if how else None
    if one.ends is not None:
        state = cells.Tag(f"{one.get_why_ended_display()}, {wording.day(one.ends)}", "grey")
    return [
        components.Row("State", state),
        components.Row("Reference of its payments", f"PLAN {one.pk}"),
        components.Row("Paid in a month", cells.Pence(one.monthly_pence)),
        components.Row("First payment", wording.day(one.first_due)),
        *_kept(how),
        components.Row("Months until nothing is owed", one.months),
        components.Row("Agreed on", wording.day(one.starts)),
    ]


def _kept(how: keeping.Keeping | None) -> list[components.Row]:
    """Return what had to be paid by now, and what came."""
    if how is None:
        return []
    return [
        components.Row("To be paid by now", cells.Pence(how.asked_pence)),
        components.Row("Came", cells.Pence(how.received_pence)),
        components.Row("Next payment", wording.day(how.next_due)),
    ]


def _shares(found: queries.Agreed, how: keeping.Keeping | None) -> tables.Table:
    paid = {one.share.pk: one for one in how.paid} if how else {}
    rows = [
        {
            "debt": one.title,
            "owed": one.owed_pence,
            "share": one.monthly_pence,
            "came": _came(paid.get(one.pk)),
            "why": one.says,
        }
        for one in found.shares
    ]
    return tables.Table("What each debt gets", SHARES, rows)


def _payments(found: queries.Agreed) -> tables.Table | None:
    """Return the payments that came with the plan's reference; None where none did."""
    rows = [
        {
            "number": str(one.pk),
            "on": one.on,
            "pence": one.pence,
            "state": cells.Tag("Taken back", "red") if hasattr(one, "undone") else "Shared",
        }
        for one in models.Split.objects.filter(plan=found.plan)
        .select_related("undone")
        .order_by("-pk")
    ]
    return tables.Table("Payments of the plan", PAYMENTS, rows) if rows else None


def _came(one: keeping.Paid | None) -> Any:
    """Write what came for a debt, and by which day that is known."""
    if one is None:
        return None
    words = (wording.money(one.received_pence), f"by {wording.short_day(one.by_day)}")
    return cells.Lines(words)


def _letter(number: int, found: queries.Agreed) -> cells.Link | None:
    if found.letter is None:
        return None
    there = reverse("resident-letter", args=[number, found.letter.id])
    return cells.Link("The letter about it", there)
