"""The page of one application, and the pages on which it is tested, decided and paid."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import clock, doing
from borough.kernel.bank.models import BankDetails
from borough.kernel.documents import queries as documents
from borough.kernel.pages import cells, fields, forms, wording
from borough.kernel.visits import Visit
from borough.resident.fund import capabilities, figures, models, money
from borough.resident.fund.commands import asking, deciding, paying
from borough.resident.fund.pages import opening, showing
from borough.resident.fund.queries import applications
from borough.resident.plans.pages.opening import helping

State = applications.State


class Test(forms.Form):
    in_need = fields.YesNoField(
        what="yes if they are in need",
        label="Do they go, or are they about to go, without what they need?",
    )
    need_because = fields.LongTextField(
        what="why", label="How do you know?", max_length=1000, rows=3
    )
    is_urgent = fields.YesNoField(
        what="yes if it cannot wait", label="Is it so that it cannot wait?"
    )
    urgent_because = fields.LongTextField(
        what="why it can or cannot wait", label="Why?", max_length=1000, rows=3
    )
    has_rent_help = fields.YesNoField(
        what="yes if they get help with the rent",
        label="Do they get Housing Benefit, or help with the rent in Universal Credit?",
    )


class Award(forms.Form):
    pence = fields.MoneyField(what="how much", label="How much is given?", least_pence=1)
    details = fields.ChoiceField(what="where it goes", label="Where does it go?", choices=())
    because = fields.LongTextField(
        what="why",
        label="Why? The resident reads this in the letter.",
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, payee: int, **options: Any) -> None:
        super().__init__(*args, **options)
        accounts: fields.ChoiceField = self.fields["details"]  # type: ignore[assignment]
        accounts.choices = _accounts(payee)


class Because(forms.Form):
    because = fields.LongTextField(
        what="why", label="Why? The resident reads this in the letter.", max_length=1000, rows=3
    )


class Words(forms.Form):
    words = fields.LongTextField(
        what="what they say", label="What do they say?", required=False, max_length=2000, rows=3
    )


class Again(forms.Form):
    details = fields.ChoiceField(what="where it goes", label="Where does it go?", choices=())

    def __init__(self, *args: Any, payee: int, **options: Any) -> None:
        super().__init__(*args, **options)
        accounts: fields.ChoiceField = self.fields["details"]  # type: ignore[assignment]
        accounts.choices = _accounts(payee)


@helping(capabilities.SEE_FUND, of=opening.of_application)
def application(visit: Visit, number: int) -> HttpResponse:
    """Show an application with all that was done about it, and what can be done."""
    one = opening.get(number)
    asked = one.application
    letters = [
        cells.Link(
            f"{each.title}, {wording.short_day(each.on)}",
            reverse("resident-letter", args=[asked.person_id, each.id]),
        )
        for each in documents.documents_of(asked.thing)
    ]
    context = {
        "one": one,
        "person": asked.person_id,
        "summary": showing.summary(one, clock.moment()),
        "findings": showing.findings(one),
        "proposed": one.proposed,
        "decided": list(showing.decided(one)),
        "letters": letters,
        "actions": list(_actions(visit, one)),
        "needs_details": one.is_open and not _accounts(asked.payee_id),
        "payee": asked.payee_id,
    }
    return render(visit, "fund/application.html", context)


@helping(capabilities.TAKE_APPLICATION, of=opening.of_application)
def test(visit: Visit, number: int) -> HttpResponse:
    """Record what was found of need and urgency."""
    asked = opening.get(number).application
    form = Test(doing.asked(visit))
    if asked.strand != models.Strand.HOUSING:
        del form.fields["has_rent_help"]
    deed = doing.Deed(
        title="Need and urgency",
        says="Ask no more than you need to. What they tell you is enough, unless something speaks "
        "against it.",
        act=lambda **found: asking.record_test(
            application=asked, test=asking.Test(**found), by=visit.actor, on=visit.today
        ),
        done="Recorded",
        back=_back(number),
        button="Record it",
    )
    return doing.answer(visit, form, deed)


@helping(capabilities.DECIDE_AWARD, of=opening.of_application)
def award(visit: Visit, number: int) -> HttpResponse:
    """Give an amount, or propose it to a second officer where it is above the limit."""
    asked = opening.get(number).application
    limit = figures.in_force(visit.today)["fund_one_officer_pence"]
    deed = doing.Deed(
        title="Give from the fund",
        says=f"Up to {wording.money(limit)} it goes with the next file of payments. More waits "
        "for a second officer. Whoever keyed the bank details does not decide.",
        act=lambda pence, details, because: _award(
            visit, asked, deciding.Award(pence, _details(int(details)), because), limit
        ),
        done="Recorded",
        back=_back(number),
        places={
            money.NothingLeft: "pence",
            deciding.NotTheirs: "details",
            deciding.SamePerson: "details",
        },
        button="Give it",
    )
    form = Award(doing.asked(visit), payee=asked.payee_id, initial={"pence": asked.asked_pence})
    return doing.answer(visit, form, deed)


@helping(capabilities.DECIDE_LARGE_AWARD, of=opening.of_application)
def agreement(visit: Visit, number: int) -> HttpResponse:
    """Agree to what a colleague proposed."""
    one = opening.get(number)
    proposed = one.proposed
    deed = doing.Deed(
        title="Give what was proposed",
        says=_proposed(proposed) if proposed else "",
        act=lambda: deciding.agree(
            proposed=_still(proposed), at=clock.moment(), by=visit.actor, on=visit.today
        ),
        done="Given. It goes with the next file of payments",
        back=_back(number),
        button="Give it",
        over="" if proposed else "Nothing waits for a second officer.",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@helping(capabilities.DECIDE_AWARD, of=opening.of_application)
def refusal(visit: Visit, number: int) -> HttpResponse:
    """Refuse an application."""
    asked = opening.get(number).application
    deed = doing.Deed(
        title="Refuse this application",
        says="The letter tells why, and how it is looked at again. Think of what else would help "
        "them first.",
        act=lambda because: deciding.refuse(
            application=asked,
            because=because,
            at=clock.moment(),
            by=visit.actor,
            on=visit.today,
        ),
        done="Refused",
        back=_back(number),
        button="Refuse it",
    )
    return doing.answer(visit, Because(doing.asked(visit)), deed)


@helping(capabilities.TAKE_APPLICATION, of=opening.of_application)
def review(visit: Visit, number: int) -> HttpResponse:
    """Record that the resident wants a decision looked at again."""
    asked = opening.get(number).application
    deed = doing.Deed(
        title="Look at a decision again",
        says="Another officer than the one who decided does it.",
        act=lambda words: deciding.ask_review(
            application=asked, words=words, by=visit.actor, on=visit.today
        ),
        done="Recorded. Another officer looks at it again",
        back=_back(number),
        button="Record it",
    )
    return doing.answer(visit, Words(doing.asked(visit)), deed)


@helping(capabilities.TAKE_APPLICATION, of=opening.of_application)
def withdrawal(visit: Visit, number: int) -> HttpResponse:
    """Record that whoever asked does so no more."""
    asked = opening.get(number).application
    deed = doing.Deed(
        title="Withdraw this application",
        says="Only where the resident says that they no longer ask for it.",
        act=lambda words: asking.withdraw(
            application=asked, because=words, by=visit.actor, on=visit.today
        ),
        done="Withdrawn",
        back=_back(number),
        button="Withdraw it",
    )
    return doing.answer(visit, Words(doing.asked(visit)), deed)


@helping(capabilities.DECIDE_AWARD, of=opening.of_application)
def reversal(visit: Visit, number: int) -> HttpResponse:
    """Take back an award that was a mistake and has not gone."""
    asked = opening.get(number).application
    form = Because(doing.asked(visit))
    form.fields["because"].label = "Why is it taken back?"
    deed = doing.Deed(
        title="Take this award back",
        says="It has not gone to the bank, so nothing of it is paid. Tell the resident: their "
        "letter says that it comes.",
        act=lambda because: paying.reverse_award(
            application=asked, because=because, by=visit.actor, on=visit.today
        ),
        done="Taken back",
        back=_back(number),
        button="Take it back",
    )
    return doing.answer(visit, form, deed)


@helping(capabilities.DECIDE_AWARD, of=opening.of_application)
def payment(visit: Visit, number: int) -> HttpResponse:
    """Pay an award again that the bank sent back."""
    asked = opening.get(number).application
    deed = doing.Deed(
        title="Pay it again",
        says="The bank sent the money back. Ask for the right bank details first.",
        act=lambda details: paying.pay_again(
            application=asked,
            details=_details(int(details)),
            by=visit.actor,
            on=visit.today,
        ),
        done="It goes with the next file of payments",
        back=_back(number),
        places={deciding.NotTheirs: "details", deciding.SamePerson: "details"},
        button="Pay it again",
    )
    return doing.answer(visit, Again(doing.asked(visit), payee=asked.payee_id), deed)


def _actions(visit: Visit, one: applications.Standing) -> Any:
    """Give what this officer can do about an application as it stands."""
    may = visit.actor.capabilities
    takes = capabilities.TAKE_APPLICATION.slug in may
    decides = capabilities.DECIDE_AWARD.slug in may
    seconds = capabilities.DECIDE_LARGE_AWARD.slug in may and one.proposed is not None
    tested = one.finding is not None
    known = {
        "test": ("Record need and urgency", takes and one.is_open),
        "award": ("Give from the fund", decides and one.is_open and tested),
        "agreement": ("Give what was proposed", seconds),
        "refusal": ("Refuse it", decides and one.is_open and tested),
        "withdrawal": ("The resident withdraws it", takes and one.is_open and not one.decisions),
        "review": (
            "The resident asks for another look",
            takes and bool(one.decisions) and not one.is_open,
        ),
        "reversal": ("Take the award back", decides and one.state is State.TO_BE_PAID),
        "payment": ("Pay it again", decides and one.state is State.CAME_BACK),
    }
    for name, (title, is_open) in known.items():
        if is_open:
            yield cells.Link(title, reverse(f"fund:{name}", args=[one.application.pk]))


def _award(visit: Visit, asked: models.Application, given: deciding.Award, limit: int) -> object:
    if given.pence > limit:
        return deciding.propose(application=asked, award=given, by=visit.actor, on=visit.today)
    return deciding.give(
        application=asked, award=given, at=clock.moment(), by=visit.actor, on=visit.today
    )


def _still(proposed: models.Proposed | None) -> models.Proposed:
    if proposed is None:
        raise asking.NotWaiting("Nothing waits for a second officer.")
    return proposed


def _proposed(one: models.Proposed) -> str:
    return (
        f"{wording.money(one.pence)} goes to {one.details.name}, {one.details.masked}. The reason "
        f"that the resident reads: {one.because}"
    )


def _accounts(payee: int) -> list[tuple[str, str]]:
    rows = BankDetails.objects.filter(
        person=payee, confirmed_by__isnull=False, withdrawn_by=None
    ).order_by("-pk")
    return [(str(one.pk), f"{one.name}, {one.masked}") for one in rows]


def _details(number: int) -> BankDetails:
    return get_object_or_404(BankDetails, pk=number)


def _back(number: int) -> str:
    return reverse("fund:application", args=[number])
