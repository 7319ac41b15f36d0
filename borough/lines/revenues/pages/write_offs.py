"""Write-offs: giving a debt up, deciding on what a colleague asked for, and taking it up again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, page, personal
from borough.lines.revenues import capabilities, models, writing_off
from borough.lines.revenues.commands import write_offs as commands
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import write_offs as queries

WAITING = (
    tables.text("account", "Account", link="href"),
    tables.text("year", "Year"),
    tables.money("pence", "Amount"),
    tables.text("reason", "Reason"),
    tables.text("by", "Asked by"),
)
LARGEST_ID = 2**63 - 1


class Ask(forms.Form):
    """Which debt is given up, how much of it, and why."""

    year = fields.ChoiceField(what="which debt", label="Which year’s debt?", choices=())
    pence = fields.MoneyField(what="how much", label="How much of it?", least_pence=1)
    reason = fields.ChoiceField(what="why", label="Why is it given up?", choices=())
    stays_seen = fields.YesNoField(
        what="yes if you have looked at what stands against collecting it",
        label="Have you looked at what stands against collecting it, and at what would help?",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        owed: dict[str, int],
        reasons: dict[str, tuple[str, str]],
        asks_stays: bool,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        years: fields.ChoiceField = self.fields["year"]  # type: ignore[assignment]
        years.choices = [(year, f"{year}: {wording.money(pence)}") for year, pence in owed.items()]
        why = fields.ChoiceField(
            what="why",
            label="Why is it given up?",
            choices=[(code, words) for code, (words, _) in reasons.items()],
            hints={code: law for code, (_, law) in reasons.items()},
        )
        self.fields["reason"] = why
        if not asks_stays:
            del self.fields["stays_seen"]


class Because(forms.Form):
    """Why it is taken up again."""

    because = fields.TextField(
        what="why it is collected again", label="Why is it collected again?", max_length=200
    )


@personal(capabilities.WRITE_OFF, subject=subjects.of_account)
def ask(visit: Visit, reference: str) -> HttpResponse:
    """Ask that a debt be given up; what stands against collecting it is shown first."""
    account = subjects.account(reference)
    owed = queries.owed_by_year(reference)
    stays = {reason for year in owed for reason in queries.stays(account, year, visit.today)}
    form = Ask(
        doing.asked(visit),
        owed=owed,
        reasons={
            code: (one["words"], one["law"])
            for code, one in writing_off.reasons(visit.today).items()
        },
        asks_stays=bool(stays),
        initial=_first(owed),
    )
    deed = doing.Deed(
        title="Write off a debt",
        says="It is still owed: when the person is found, it is collected again.",
        act=lambda year, pence, reason, stays_seen=None: commands.ask_write_off(
            account=account,
            year=year,
            pence=pence,
            reason=reason,
            stays_seen=bool(stays_seen),
            by=visit.actor,
            on=visit.today,
        ),
        done="The write-off is recorded",
        back=reverse("revenues:write_offs_of", args=[reference]),
        places={
            commands.NotOwed: "pence",
            commands.NotAReason: "reason",
            commands.LookFirst: "stays_seen",
        },
        button="Write it off",
    )
    if visit.method == "POST" or not owed:
        return doing.answer(visit, form, deed) if owed else _nothing(visit, account)
    limits = writing_off.in_force(visit.today)
    context = {
        "form": form,
        "account": account,
        "deed": deed,
        "stays": sorted(stays, key=lambda one: one.words),
        "alone": limits["write_off_alone_pence"],
        "limit": writing_off.limit_pence(visit.actor, visit.today),
        "back": reverse("revenues:account", args=[reference]),
    }
    return render(visit, "revenues/write_off_ask.html", context)


@personal(capabilities.WRITE_OFF, subject=subjects.of_account)
def of_account(visit: Visit, reference: str) -> HttpResponse:
    """Show the write-offs of an account."""
    return _nothing(visit, subjects.account(reference))


@page(capabilities.WRITE_OFF)
def write_offs(visit: Visit) -> HttpResponse:
    """List the write-offs that wait for a decision, the oldest first."""
    waiting = list(queries.waiting())
    names = officers.names({one.asked_by for one in waiting})
    known = writing_off.reasons(visit.today)
    rows = [
        {
            "account": one.account.reference,
            "href": reverse("revenues:write_off", args=[one.pk]),
            "year": one.sub_account.part,
            "pence": one.pence,
            "reason": known[one.reason]["words"],
            "by": names[one.asked_by],
        }
        for one in waiting
    ]
    context = {
        "table": tables.Table("Write-offs that wait for a decision", WAITING, rows),
        "count": len(waiting),
        "pence": sum(one.pence for one in waiting),
        "limit": writing_off.limit_pence(visit.actor, visit.today),
    }
    return render(visit, "revenues/write_offs.html", context)


def _subject(number: int) -> Any:
    return subjects.of_account(_found(number).account.reference)


@personal(capabilities.WRITE_OFF, subject=_subject)
def write_off(visit: Visit, number: int) -> HttpResponse:
    """Show a write-off with all that a decision needs, and the ways on."""
    one = _found(number)
    stays = queries.stays(one.account, one.sub_account.part, visit.today)
    context = {
        "write_off": one,
        "rows": _rows(one, visit),
        "stays": stays,
        "decision": models.WriteOffDecision.objects.filter(write_off=one).first(),
        "back": models.WriteBack.objects.filter(write_off=one).first(),
        "why_not": writing_off.why_not(one, visit.actor, visit.today),
    }
    return render(visit, "revenues/write_off.html", context)


@personal(capabilities.WRITE_OFF, subject=_subject)
def grant(visit: Visit, number: int) -> HttpResponse:
    """Give the debt up."""
    one = _found(number)
    deed = doing.Deed(
        title="Write this debt off",
        says=f"{wording.money(one.pence)} of {one.sub_account.part} is given up.",
        act=lambda: commands.grant_write_off(write_off=one, by=visit.actor, on=visit.today),
        done="The debt is written off",
        back=reverse("revenues:write_off", args=[number]),
        button="Write it off",
        over=_decided(one),
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.WRITE_OFF, subject=_subject)
def refuse(visit: Visit, number: int) -> HttpResponse:
    """Leave the debt as it is."""
    one = _found(number)
    deed = doing.Deed(
        title="Leave this debt as it is",
        says="It goes on being owed.",
        act=lambda: commands.refuse_write_off(write_off=one, by=visit.actor, on=visit.today),
        done="The debt stays as it is",
        back=reverse("revenues:write_off", args=[number]),
        button="Leave it",
        over=_decided(one),
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@personal(capabilities.WRITE_OFF, subject=_subject)
def write_back(visit: Visit, number: int) -> HttpResponse:
    """Take the debt up again."""
    one = _found(number)
    deed = doing.Deed(
        title="Write this debt back",
        says=f"{wording.money(one.pence)} of {one.sub_account.part} is owed again. Before anything "
        "is sent, look at whether they can pay.",
        act=lambda because: commands.write_back(
            write_off=one, because=because, by=visit.actor, on=visit.today
        ),
        done="The debt is written back",
        back=reverse("revenues:write_off", args=[number]),
        button="Write it back",
        over=_nothing_to_write_back(one),
    )
    return doing.answer(visit, Because(doing.asked(visit)), deed)


def _decided(one: models.WriteOff) -> str:
    """Return that it was decided, in a sentence; "" while a decision waits."""
    decided = models.WriteOffDecision.objects.filter(write_off=one).exists()
    return commands.DECIDED if decided else ""


def _nothing_to_write_back(one: models.WriteOff) -> str:
    """Return why there is nothing to write back, in a sentence; "" where there is."""
    if models.WriteBack.objects.filter(write_off=one).exists():
        return commands.BACK
    granted = models.WriteOffDecision.objects.filter(write_off=one, granted=True).exists()
    return "" if granted else commands.NOT_GRANTED


def _first(owed: dict[str, int]) -> dict[str, Any]:
    year = next(iter(owed), None)
    return {"year": year, "pence": owed[year]} if year else {}


def _nothing(visit: Visit, account: models.Account) -> HttpResponse:
    rows = [
        {
            "account": wording.day(one.on),
            "href": reverse("revenues:write_off", args=[one.pk]),
            "year": one.sub_account.part,
            "pence": one.pence,
            "reason": writing_off.reasons(visit.today)[one.reason]["words"],
            "by": _state(one),
        }
        for one in queries.of_account(account)
    ]
    columns = (
        tables.text("account", "Asked on", link="href"),
        *WAITING[1:4],
        tables.text("by", "State"),
    )
    context = {"account": account, "table": tables.Table("Write-offs", columns, rows)}
    return render(visit, "revenues/write_offs_of.html", context)


def _state(one: models.WriteOff) -> cells.Tag:
    decision = getattr(one, "decision", None)
    if decision is None:
        return cells.Tag("To be decided", "yellow")
    if not decision.granted:
        return cells.Tag("Left as it is", "grey")
    return cells.Tag("Written back" if hasattr(one, "write_back") else "Written off", "blue")


def _found(number: int) -> models.WriteOff:
    if number > LARGEST_ID:
        raise Http404
    rows = models.WriteOff.objects.select_related("account", "sub_account")
    return get_object_or_404(rows, pk=number)


def _rows(one: models.WriteOff, visit: Visit) -> list[components.Row]:
    reason = writing_off.reasons(visit.today)[one.reason]
    names = officers.names({one.asked_by})
    return [
        components.Row("Amount", cells.Pence(one.pence)),
        components.Row("Year", one.sub_account.part),
        components.Row("Reason", reason["words"]),
        components.Row("Law or rule", reason["law"]),
        components.Row("Asked for by", names[one.asked_by]),
        components.Row("Asked on", one.on),
    ]
