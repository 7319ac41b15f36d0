"""Recording a notice: the question, a look at every debt and why, and then yes.

The look is the command itself, taken back, so it cannot say anything else than what is recorded.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.pages import fields, forms, one_use, tables
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.resident.moratoria import capabilities, commands, models, queries
from borough.resident.moratoria.pages import notices, rows, subjects
from borough.resident.sources import models as sources

CHECK, CONFIRM, AGAIN, STEP = "check", "confirm", "again", "step"
CARRIED_NOT = {"csrfmiddlewaretoken", STEP, one_use.FIELD}


class Notice(forms.Form):
    kind = fields.ChoiceField(
        what="what it is", label="What does the notice say?", choices=models.Notice.Kind.choices
    )
    reference = fields.TextField(
        what="the reference of the notice",
        label="Which reference does it bear?",
        help_text="The number of the Insolvency Service.",
        max_length=40,
    )
    registered_on = fields.DayField(
        what="the day of the entry",
        label="On which day was it entered in the register?",
        help_text="It starts on the day after. For example 27 3 2026.",
    )
    adviser = fields.TextField(
        what="the debt adviser", label="Which organisation gives the debt advice?", max_length=120
    )
    adviser_reference = fields.TextField(
        what="the adviser’s reference",
        label="The adviser’s own reference",
        required=False,
        max_length=40,
    )
    certified_on = fields.DayField(
        what="the day of the evidence",
        label="On which day did an approved mental health professional give the evidence?",
        help_text="For a mental health crisis alone. Leave it empty otherwise.",
        required=False,
    )

    def told(self, by_feed: sources.Notice | None) -> commands.Told:
        """Return what the notice says."""
        return commands.Told(**self.cleaned_data, by_feed=by_feed)


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_person)
def record(visit: Visit, number: int, by_feed: int = 0) -> HttpResponse:
    """Record a notice: the question, a look at every debt and why, and then yes.

    Args:
        visit: the request.
        number: of the resident.
        by_feed: of the notice of a feed by which it came; 0 for none.
    """
    person = get_object_or_404(Person, pk=number)
    told = get_object_or_404(queries.by_feed(), pk=by_feed) if by_feed else None
    form = Notice(doing.asked(visit), initial=notices.initial(told) if told else {})
    step = visit.POST.get(STEP, CHECK)
    back = reverse("resident", args=[number])
    if visit.method == "POST" and step != AGAIN and form.is_valid():
        try:
            if step == CONFIRM:
                return _record(visit, person, form.told(told))
            return _look(visit, person, form.told(told))
        except commanding.NotAllowed:
            raise
        except one_use.AlreadySent:
            return redirect(back)
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error(PLACES.get(type(refusal)), str(refusal))
    return render(visit, "moratoria/record.html", {"form": form, "back": back})


PLACES: dict[type[Exception], str] = {
    commands.NotADay: "registered_on",
    commands.NotCertified: "certified_on",
    commands.AlreadyRecorded: "reference",
}


def _record(visit: Visit, person: Person, told: commands.Told) -> HttpResponse:
    with transaction.atomic():
        one_use.spend(visit)
        notice = commands.record_notice(person=person, told=told, by=visit.actor, on=visit.today)
    messages.success(visit, "Recorded: everything that it reaches is left alone from now on")
    return redirect("moratorium", notice.pk)


def _look(visit: Visit, person: Person, told: commands.Told) -> HttpResponse:
    """Record it, look at what came of it, and take it all back."""
    earlier = None
    with transaction.atomic():
        notice = commands.record_notice(person=person, told=told, by=visit.actor, on=visit.today)
        if told.kind == models.Notice.Kind.STANDARD:
            earlier = queries.earlier_within(person.pk, told.starts)
        debts, others = rows.shown(notice.debts.order_by("-is_inside", "pk"), visit)
        stands = queries.clock_of(notice, on=visit.today)
        transaction.set_rollback(True)
    context = {
        "answers": rows.summary(notice, stands),
        "debts": tables.Table(
            "What it reaches, and what not",
            rows.LOOKED_AT,
            [rows.debt_row(one, may=False) for one in debts],
            empty="Nothing is owed that any of our services knows of.",
        ),
        "others": others,
        "remarks": [f"{one.title}: {words}" for one in debts for words in one.remarks],
        "earlier": earlier,
        "review_until": stands.review_until,
        "carried": [
            (name, value)
            for name in visit.POST
            if name not in CARRIED_NOT
            for value in visit.POST.getlist(name)
        ],
        "back": reverse("resident", args=[person.pk]),
    }
    return render(visit, "moratoria/check.html", context)
