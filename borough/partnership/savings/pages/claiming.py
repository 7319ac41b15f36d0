"""Claiming a saving: anew, for what was heard from another service, or again for the next year."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import fields, forms
from borough.kernel.visits import Visit, page
from borough.partnership.measures import definitions
from borough.partnership.savings import capabilities, models
from borough.partnership.savings.commands import entries as commands
from borough.partnership.savings.pages import parsing, showing
from borough.partnership.savings.queries import terms
from borough.partnership.savings.queries import years as reckoning
from borough.rules import years
from borough.rules.partnership import waterfall


class Claim(forms.Form):
    """What is saved, how it is counted, and out of which budget it comes."""

    year = fields.SelectField(what="a year", label="Of which year?", choices=())
    title = fields.TextField(
        what="a title",
        label="What is saved?",
        help_text="Everybody can read this: name nobody",
        max_length=120,
    )
    how = fields.LongTextField(
        what="how it is counted", label="How is it counted?", max_length=400, rows=3
    )
    kind = fields.ChoiceField(
        what="a class",
        label="What sort of benefit is it?",
        choices=models.entries.Kind.choices,
    )
    recurrence = fields.ChoiceField(
        what="whether it comes again",
        label="Does it come again?",
        choices=models.entries.Recurrence.choices,
    )
    until = fields.TextField(
        what="the last year", label="If it is for some years: which is the last?", required=False
    )
    gross_pence = fields.MoneyField(
        what="an amount",
        label="What does it come to in the year?",
        help_text="With a minus where it costs something",
        least_pence=-fields.LARGEST_PENCE,
    )
    full_year_pence = fields.MoneyField(
        what="an amount for a full year",
        label="What does it come to in a full year?",
        least_pence=-fields.LARGEST_PENCE,
    )
    deadweight = fields.TextField(
        what="a percentage",
        label="How much of it would have come anyway, in per cent?",
        help_text="Needed for income (A3) and for what is no cash (A6)",
        required=False,
    )
    line = fields.SelectField(
        what="a line",
        label="Which line of the baseline does it lower?",
        choices=(),
        required=False,
        empty="None",
    )
    budget_code = fields.TextField(
        what="a budget",
        label="Which budget does it come out of?",
        help_text="Needed for cash: A1, A2 and A3",
        required=False,
        max_length=40,
    )
    budget_changed = fields.YesNoField(
        what="yes if the budget was changed", label="Is it out of the approved budget already?"
    )
    in_charge = fields.YesNoField(
        what="yes if the charge holds it",
        label="Is it a price cut that the partner’s charge holds already?",
    )
    measure = fields.SelectField(
        what="a measure",
        label="Which measure counts it?",
        choices=(),
        required=False,
        empty="None: rows of the ledger show it",
    )
    shares = fields.LongTextField(
        what="the initiatives",
        label="Which initiatives brought it about?",
        help_text="A line each: its number and its share in per cent, together exactly 100",
        required=False,
        rows=3,
    )


@page(capabilities.CLAIM_SAVING)
def new(visit: Visit) -> HttpResponse:
    """Claim a saving."""
    return _claiming(visit, "Claim a saving", reverse("partnership:claims"))


@page(capabilities.CLAIM_SAVING)
def complete(visit: Visit, number: int) -> HttpResponse:
    """Say in full what was heard from the register of changes."""
    heard = _entry(number)
    initial = {
        "year": heard.year,
        "kind": heard.kind,
        "recurrence": heard.recurrence,
        "gross_pence": heard.gross_pence,
        "full_year_pence": heard.full_year_pence,
        "deadweight": _percent(heard.deadweight_bp),
        "line": heard.line.code if heard.line else "",
        "shares": "\n".join(
            f"{one.initiative.rpartition('/')[2]} {_percent(one.share_bp)}"
            for one in heard.shares.all()
        ),
    }
    back = reverse("partnership:claim", args=[number])
    return _claiming(visit, "Complete a proposal", back, completes=heard, initial=initial)


@page(capabilities.CLAIM_SAVING)
def again(visit: Visit, number: int) -> HttpResponse:
    """Confirm last year's saving for the year after."""
    before = _entry(number)
    same = ("title", "how", "kind", "recurrence", "until", "full_year_pence", "budget_code")
    initial: dict[str, Any] = {name: getattr(before, name) for name in same}
    initial |= {
        "year": years.Year.named(before.year).following.name,
        "gross_pence": before.full_year_pence,
        "deadweight": _percent(before.deadweight_bp),
        "line": before.line.code if before.line else "",
        "measure": before.measure,
    }
    back = reverse("partnership:claim", args=[number])
    return _claiming(visit, "Confirm a saving again", back, renews=before, initial=initial)


def _entry(number: int) -> models.Entry:
    return get_object_or_404(models.Entry.objects.select_related("line"), pk=number)


def _claiming(
    visit: Visit,
    title: str,
    back: str,
    *,
    completes: models.Entry | None = None,
    renews: models.Entry | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    form = Claim(
        doing.asked(visit),
        initial=initial or {"budget_changed": None, "in_charge": False},
    )
    _choices(form, visit)
    since = years.Year.named(renews.since) if renews else None
    deed = doing.Deed(
        title=title,
        says="You claim it for the partner for whom you sit. The other partner agrees how it is "
        "counted, evidence is brought, and both sign.",
        act=lambda **answers: commands.claim(
            claim=_claim(since=since, **answers),
            completes=completes,
            renews=renews,
            by=visit.actor,
            on=visit.today,
        ),
        done="Claimed",
        back=back,
        places={
            parsing.NoInitiativeLines: "shares",
            parsing.NoYear: "until",
            commands.MoreThanTheLine: "gross_pence",
            commands.InTheBaseline: "line",
        },
    )
    return doing.answer(visit, form, deed)


def _choices(form: forms.Form, visit: Visit) -> None:
    this = years.Year.holding(visit.today)
    first = reckoning.first_of(this, visit.today)
    known = [years.Year(one).name for one in range(this.first, first.first - 1, -1)]
    rule_set = terms.of_year(this, visit.today) or terms.newest(visit.today)
    lines = terms.lines(rule_set) if rule_set else []
    measures = definitions.measures().values()
    choices = {
        "year": [("", "Select an option"), *((one, one) for one in known)],
        "line": [("", "None"), *((one.code, f"{one.service} ({one.code})") for one in lines)],
        "measure": [("", "None"), *((one.slug, one.title) for one in measures)],
    }
    for name, offered in choices.items():
        forms.offer(form, name, offered)


def _claim(
    *,
    year: str,
    kind: str,
    recurrence: str,
    until: str,
    deadweight: str,
    shares: str,
    since: years.Year | None,
    **same: Any,
) -> commands.Claim:
    return commands.Claim(
        year=years.Year.named(year),
        kind=waterfall.Class(kind),
        recurrence=waterfall.Recurrence(recurrence),
        until=parsing.year(until) if until else None,
        deadweight_bp=parsing.percent_bp(deadweight) if deadweight else None,
        shares=parsing.shares(shares),
        since=since,
        **same,
    )


def _percent(bp: int | None) -> str:
    return "" if bp is None else showing.percent(bp).removesuffix("%")
