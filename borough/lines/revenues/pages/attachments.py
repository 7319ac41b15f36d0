"""Attachments of earnings: look at what it would mean, order, set real beside expected, end."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.pages import cells, components, fields, forms, one_use, tables, wording
from borough.kernel.people import commands as people
from borough.kernel.people.models import Person
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models, steps
from borough.lines.revenues.commands import attachments as commands
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.pages import changing, subjects
from borough.lines.revenues.queries import attachments as queries
from borough.lines.revenues.queries import remedies
from borough.rules import years

TAKEN = (
    tables.day("pay_day", "Pay day"),
    tables.money("net", "Earnings"),
    tables.money("expected", "By the table"),
    tables.money("deducted", "Taken"),
    tables.text("do", "Keyed wrongly?"),
)
ENDED = [
    (value, title)
    for value, title in models.Remedy.Ended.choices
    if value in {"left", "discharged"}
]


class Order(changing.ChangeForm):
    person = fields.ChoiceField(
        what="against whom it is made", label="Against whom is it made?", choices=()
    )
    employer = fields.TextField(
        what="the employer’s name",
        label="Who employs them?",
        help_text="The name of the firm. Where it is not known yet, it is recorded.",
        max_length=120,
    )
    payroll_number = fields.TextField(
        what="the payroll number", label="What is their payroll number?", max_length=40,
        required=False,
    )  # fmt: skip
    frequency = fields.ChoiceField(
        what="how often they are paid",
        label="How often are they paid?",
        choices=models.Attachment.Frequency.choices,
    )
    earnings = fields.MoneyField(
        what="the earnings of a pay day",
        label="About how much do they take home on a pay day?",
        help_text="After tax, National Insurance and pension. It shows what would be taken.",
        required=False,
    )

    def __init__(self, *args: Any, people: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        forms.offer(self, "person", list(people.items()))


class Deduction(changing.ChangeForm):
    pay_day = fields.DayField(what="the pay day", label="Of which pay day?")
    deducted_pence = fields.MoneyField(
        what="what was taken and passed on", label="How much was taken and passed on?"
    )
    net_pence = fields.MoneyField(
        what="the earnings",
        label="What were the earnings after tax, National Insurance and pension?",
        help_text="Where the employer said. Then it is set beside the table of the Regulations.",
        required=False,
    )


class Amount(forms.Form):
    pence = fields.MoneyField(
        what="what is to be deducted in all", label="How much is to be deducted in all from now?"
    )


class Ending(forms.Form):
    why = fields.ChoiceField(what="why it ends", label="Why does it end?", choices=ENDED)


@personal(capabilities.ORDER_ATTACHMENT, subject=subjects.of_account)
def order(visit: Visit, reference: str, name: str) -> HttpResponse:
    """Order an attachment of earnings, after a look at what it would mean."""
    account, year = subjects.account(reference), _year(name)
    found = remedies.order_of(account, year, visit.today)
    if found is None:
        raise Http404
    form = Order(changing.asked(visit), today=visit.today, people=_people(account, year))
    step = visit.POST.get(changing.STEP, changing.CHECK)
    if visit.method == "POST" and step != changing.AGAIN and form.is_valid():
        answer = _do if step == changing.CONFIRM else _look
        try:
            return answer(visit, form, account, found)
        except commanding.NotAllowed:
            raise
        except one_use.AlreadySent:
            return redirect("revenues:remedies", reference)
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error("person" if isinstance(refusal, AT_PERSON) else None, str(refusal))
    back = reverse("revenues:remedies", args=[reference])
    deed = {"title": f"Attach earnings for {year.name}", "back": back, "says": SAYS, "law": LAW}
    return render(
        visit,
        "revenues/ask.html",
        {"form": form, "change": deed, "button": "Continue", "cancel": back},
    )


SAYS = (
    "The employer takes a set part of every pay until the debt is paid. An arrangement that they "
    "choose themselves costs them nothing and often brings in as much: offer that first."
)
LAW = "SI 1992/613 regulations 37 to 42 and Schedule 4"
AT_PERSON = (commands.NotADebtor, commands.TwoInForce)


def _of(number: int, **_: object) -> Subject:
    return subjects.of_account(_get(number).remedy.account.reference)


@personal(capabilities.SEE_ACCOUNT, subject=_of)
def attachment(visit: Visit, number: int) -> HttpResponse:
    """Show an order: what it is for, what was taken, and what the table says should have been."""
    found = _get(number)
    stands = queries.standing(found, visit.today)
    context = {
        "attachment": found,
        "remedy": found.remedy,
        "back": reverse("revenues:remedies", args=[found.remedy.account.reference]),
        "summary": _summary(found, stands),
        "short_pence": stands.short_pence,
        "table": _taken(found, visit),
        "links": _links(found, visit),
        "duties": queries.duties(visit.today),
    }
    return render(visit, "revenues/attachment.html", context)


@personal(capabilities.TAKE_PAYMENTS, subject=_of)
def deduction(visit: Visit, number: int) -> HttpResponse:
    """Record what an employer took and passed on."""
    found = _get(number)
    deed = doing.Deed(
        title="Record a deduction",
        says="Also where nothing was taken: it shows that the earnings were too small.",
        act=lambda **given: commands.record_deduction(
            attachment=found, by=visit.actor, on=visit.today, **given
        ),
        done="Deduction recorded",
        back=_page(found),
        places={
            commands.AlreadyReceived: "pay_day",
            refusals.NotADay: "pay_day",
            commands.NotAnAmount: "deducted_pence",
        },
    )
    return doing.answer(visit, Deduction(doing.asked(visit), today=visit.today), deed)


def _of_deduction(number: int, **_: object) -> Subject:
    return subjects.of_account(_deduction(number).attachment.remedy.account.reference)


@personal(capabilities.SET_RECEIPTS, subject=_of_deduction)
def correction(visit: Visit, number: int) -> HttpResponse:
    """Take back a deduction that was keyed wrongly."""
    found = _deduction(number)
    deed = doing.Deed(
        title="Take back a deduction",
        says=f"{wording.money(found.deducted_pence)} of pay day {wording.day(found.pay_day)} is "
        "posted the other way and owed again. Then record the pay day as it was. An order that "
        "ended because of it stays ended.",
        act=lambda: commands.take_back_deduction(deduction=found, by=visit.actor, on=visit.today),
        done="Taken back: record the pay day as it was",
        back=_page(found.attachment),
        button="Take it back",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.ORDER_ATTACHMENT, subject=_of)
def amount(visit: Visit, number: int) -> HttpResponse:
    """Vary what is to be deducted."""
    found = _get(number)
    deed = doing.Deed(
        title="Change what is to be deducted",
        says="The employer is served with the order as varied, and so is the person.",
        act=lambda pence: commands.vary_attachment(
            attachment=found, pence=pence, by=visit.actor, on=visit.today
        ),
        done="Order varied",
        back=_page(found),
        places={commands.NotAnAmount: "pence"},
    )
    return doing.answer(visit, Amount(doing.asked(visit)), deed)


@personal(capabilities.ORDER_ATTACHMENT, subject=_of)
def ending(visit: Visit, number: int) -> HttpResponse:
    """End an order: discharged, or the person left that employer."""
    found = _get(number)
    deed = doing.Deed(
        title="End the attachment of earnings",
        says="The employer is told to take nothing more. Then another remedy, or better an "
        "arrangement, can be chosen.",
        act=lambda why: commands.end_attachment(
            attachment=found, why=why, by=visit.actor, on=visit.today
        ),
        done="Attachment of earnings ended",
        back=_page(found),
        button="End it",
    )
    return doing.answer(visit, Ending(doing.asked(visit)), deed)


def _get(number: int) -> models.Attachment:
    rows = models.Attachment.objects.select_related("remedy__account", "remedy__person", "employer")
    return get_object_or_404(rows, pk=number)


def _deduction(number: int) -> models.Deduction:
    rows = models.Deduction.objects.select_related("attachment__remedy__account")
    return get_object_or_404(rows, pk=number)


def _page(found: models.Attachment) -> str:
    return reverse("revenues:attachment", args=[found.pk])


def _year(name: str) -> years.Year:
    try:
        return years.Year.named(name)
    except ValueError:
        raise Http404 from None


def _people(account: models.Account, year: years.Year) -> dict[str, str]:
    liable = steps.liable([account.pk], year).get(account.pk, ())
    rows = Person.objects.filter(pk__in=liable, kind=Person.Kind.PERSON)
    return {str(one.pk): one.name for one in rows.order_by("pk")}


def _ordered(
    visit: Visit, form: Order, account: models.Account, found: remedies.Order
) -> models.Attachment:
    given = form.cleaned_data
    return commands.order_attachment(
        account=account,
        year=found.year,
        person=Person.objects.get(pk=given["person"]),
        employer=_employer(given["employer"], visit),
        frequency=given["frequency"],
        payroll_number=given["payroll_number"],
        by=visit.actor,
        on=visit.today,
    )


def _employer(words: str, visit: Visit) -> Person:
    """Return the employer of that name, recorded now where there is none yet."""
    known = queries.employers(words)
    if known:
        return Person.objects.get(pk=known[0])
    return people.record_organisation(name=words, by=visit.actor, on=visit.today)


def _do(visit: Visit, form: Order, account: models.Account, found: remedies.Order) -> HttpResponse:
    with transaction.atomic():
        one_use.spend(visit)
        made = _ordered(visit, form, account, found)
    messages.success(visit, "Attachment of earnings ordered")
    return redirect("revenues:attachment", made.pk)


def _look(
    visit: Visit, form: Order, account: models.Account, found: remedies.Order
) -> HttpResponse:
    with transaction.atomic():
        made = _ordered(visit, form, account, found)
        transaction.set_rollback(True)
    given = form.cleaned_data
    context = {
        "title": f"Attach earnings for {found.year.name}",
        "back": reverse("revenues:remedies", args=[account.reference]),
        "answers": [
            components.Row("Against", made.remedy.person.name),
            components.Row("Employer", made.employer.name),
            components.Row("To be deducted in all", cells.Pence(made.remedy.owed_pence)),
            components.Row("Paid", made.get_frequency_display()),
        ],
        "means": _means(given["frequency"], given["earnings"], made.remedy.owed_pence),
        "carried": [
            (name, value)
            for name in visit.POST
            if name not in changing.CARRIED_NOT
            for value in visit.POST.getlist(name)
        ],
    }
    return render(visit, "revenues/attachment_check.html", context)


def _means(frequency: str, earnings: int | None, owed_pence: int) -> list[components.Row]:
    """Return what it would mean on a pay day, where the earnings were told."""
    if earnings is None:
        return []
    taken = min(queries.would_take(frequency, earnings), owed_pence)
    rows = [
        components.Row("Earned on a pay day", cells.Pence(earnings)),
        components.Row("Taken by the table", cells.Pence(taken)),
        components.Row("Left", cells.Pence(earnings - taken)),
    ]
    if taken:
        count = -(-owed_pence // taken)
        rows.append(components.Row("Pay days until it is paid", wording.number(count)))
    return rows


def _summary(found: models.Attachment, stands: queries.Standing) -> list[components.Row]:
    remedy = found.remedy
    ended = f"{remedy.get_why_ended_display()}, {wording.day(remedy.ends)}" if remedy.ends else None
    return [
        components.Row("Reference", remedy.reference),
        components.Row("Against", remedy.person.name),
        components.Row("Employer", found.employer.name),
        components.Row("Ordered on", wording.day(remedy.starts)),
        components.Row("Ended", ended or "In force"),
        components.Row("For", cells.Pence(stands.ordered_pence)),
        components.Row("Taken so far", cells.Pence(stands.deducted_pence)),
        components.Row("Outstanding", cells.Pence(stands.outstanding_pence)),
    ]


def _taken(found: models.Attachment, visit: Visit) -> tables.Table:
    rows = [
        {
            "pay_day": one.pay_day,
            "net": one.net_pence,
            "expected": one.expected_pence,
            "deducted": one.deducted_pence,
            "do": _correct(one, visit),
        }
        for one in found.deductions.select_related("taken_back").order_by("pay_day", "number")
    ]
    return tables.Table("Pay days", TAKEN, rows, empty="No deduction has come in yet.")


def _correct(one: models.Deduction, visit: Visit) -> cells.Link | str:
    if hasattr(one, "taken_back"):
        return f"Taken back {wording.short_day(one.taken_back.on)}"
    if capabilities.SET_RECEIPTS.slug not in visit.actor.capabilities:
        return "No"
    there = reverse("revenues:deduction_correction", args=[one.pk])
    return cells.Link("Take back", there, f"pay day {wording.day(one.pay_day)}")


def _links(found: models.Attachment, visit: Visit) -> list[cells.Link]:
    ways = [("Record a deduction", "deduction", capabilities.TAKE_PAYMENTS)]
    if found.remedy.ends is None:
        ways += [
            ("Change what is to be deducted", "attachment_amount", capabilities.ORDER_ATTACHMENT),
            ("End the attachment", "attachment_end", capabilities.ORDER_ATTACHMENT),
        ]
    return [
        cells.Link(title, reverse(f"revenues:{name}", args=[found.pk]))
        for title, name, capability in ways
        if capability.slug in visit.actor.capabilities
    ]
