"""What is recorded under a moratorium, and its end: each on a page of its own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, personal
from borough.resident.moratoria import capabilities, commands, models
from borough.resident.moratoria import ending as endings
from borough.resident.moratoria.pages import subjects


class Day(forms.Form):
    day = fields.DayField(what="the day", label="On which day?", help_text="For example 27 3 2026.")


class Ending(forms.Form):
    why = fields.ChoiceField(
        what="why it ends",
        label="Why does it end before its days are over?",
        choices=[one for one in models.Why.choices if one[0] != models.Why.LAPSED],
    )


class Releasing(forms.Form):
    why = fields.ChoiceField(
        what="why it is out",
        label="Why is this debt no longer in it?",
        choices=[
            one
            for one in models.Why.choices
            if one[0] in {models.Why.ADVISER, models.Why.COURT, models.Why.COMPLETED}
        ],
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_notice)
def search(visit: Visit, number: int) -> HttpResponse:
    """Search our records again."""
    return _deed(
        visit,
        number,
        "Search for further debts",
        "Every service is asked again for what was owed as it began. What is found is left alone "
        "from now on, and the adviser is told of it.",
        lambda notice: commands.search_again(notice=notice, by=visit.actor, on=visit.today),
        "Searched",
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_notice)
def adviser(visit: Visit, number: int) -> HttpResponse:
    """Record that the adviser was told of what our search found."""
    return _deed(
        visit,
        number,
        "The adviser was told",
        "Record it when you have told the adviser of every debt that our search found.",
        lambda notice: commands.tell_adviser(notice=notice, by=visit.actor, on=visit.today),
        "Recorded",
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_notice)
def holders(visit: Visit, number: int) -> HttpResponse:
    """Record that the holders of debts to others were told."""
    return _deed(
        visit,
        number,
        "The holders were told",
        "Tell each holder of its own debt alone, by its reference, and until when it holds. Say "
        "nothing of the other debts, nor whether it is a mental health crisis.",
        lambda notice: commands.tell_holders(notice=notice, by=visit.actor, on=visit.today),
        "Recorded",
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_notice)
def review(visit: Visit, number: int) -> HttpResponse:
    """Record that we asked for a review, or that the adviser looked and it goes on."""
    asked = models.Event.objects.filter(notice=number, kind=models.Event.Kind.REVIEW_ASKED)
    if asked.exists():
        return _deed(
            visit,
            number,
            "The adviser looked again, and it goes on",
            "If the adviser cancels it instead, record its end, or take the debt out.",
            lambda notice: commands.record_review(notice=notice, by=visit.actor, on=visit.today),
            "Recorded",
        )
    return _deed(
        visit,
        number,
        "We asked the adviser for a review",
        "Only because it unfairly prejudices us, or was wrongly given (SI 2020/1311 regulation "
        "17). Everything stays as it is until the adviser has decided.",
        lambda notice: commands.ask_review(notice=notice, by=visit.actor, on=visit.today),
        "Recorded",
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_notice)
def midway(visit: Visit, number: int) -> HttpResponse:
    """Record the adviser's midway review."""
    return _deed(
        visit,
        number,
        "The adviser’s midway review: it goes on",
        "If the adviser cancels it, record its end instead.",
        lambda notice, day: commands.record_midway(
            notice=notice, reviewed_on=day, by=visit.actor, on=visit.today
        ),
        "Recorded",
        form=Day,
        places={commands.NotADay: "day"},
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_notice)
def treatment(visit: Visit, number: int) -> HttpResponse:
    """Record that the crisis treatment ended."""
    return _deed(
        visit,
        number,
        "The crisis treatment has ended",
        "Everything stays left alone for the days that the law adds.",
        lambda notice, day: commands.end_treatment(
            notice=notice, ended_on=day, by=visit.actor, on=visit.today
        ),
        "Recorded",
        form=Day,
        places={commands.NotADay: "day"},
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_notice)
def ending(visit: Visit, number: int) -> HttpResponse:
    """End a moratorium before its days are over."""
    return _deed(
        visit,
        number,
        "End it",
        "Today everything is still left alone; from tomorrow each service goes on where it stood, "
        "unless something else stands against it. Agree a plan first, if you can.",
        lambda notice, why: endings.end_notice(
            notice=notice, why=why, by=visit.actor, on=visit.today
        ),
        "It ends tomorrow",
        form=Ending,
    )


@personal(capabilities.RECORD_MORATORIUM, subject=subjects.of_debt)
def release(visit: Visit, number: int) -> HttpResponse:
    """Take one debt out of a moratorium."""
    debt = get_object_or_404(models.NoticeDebt.objects.select_related("notice"), pk=number)
    deed = doing.Deed(
        title="Take a debt out of the moratorium",
        says=f"{debt.title}. Today it is still left alone. The others stay as they are.",
        act=lambda why: endings.release_debt(debt=debt, why=why, by=visit.actor, on=visit.today),
        done="It is out from tomorrow",
        back=reverse("moratorium", args=[debt.notice_id]),
        button="Take it out",
    )
    return doing.answer(visit, Releasing(doing.asked(visit)), deed)


def _deed(
    visit: Visit,
    number: int,
    title: str,
    says: str,
    act: Any,
    done: str,
    *,
    form: type[forms.Form] = forms.Form,
    places: dict[type[Exception], str] | None = None,
) -> HttpResponse:
    notice = get_object_or_404(models.Notice, pk=number)
    deed = doing.Deed(
        title=title,
        says=says,
        act=lambda **given: act(notice, **given),
        done=done,
        back=reverse("moratorium", args=[number]),
        places=places or {},
    )
    return doing.answer(visit, form(doing.asked(visit)), deed)
