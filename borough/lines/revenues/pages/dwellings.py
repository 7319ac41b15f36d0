"""The page of a home, and what is recorded of it: band, use, exemptions, premium exceptions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import dated
from borough.kernel.pages import cells, components, fields, tables, wording
from borough.kernel.places.models import Dwelling
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.commands import dwellings
from borough.lines.revenues.pages import changing, doings, holdings, households, subjects
from borough.lines.revenues.queries import accounts
from borough.lines.revenues.queries import dwellings as queries
from borough.lines.revenues.queries import holdings as held
from borough.rules.council_tax import exemptions

ACCOUNTS = (
    tables.text("reference", "Account", link="href"),
    tables.text("liable", "Liable"),
    tables.text("period", "When"),
    tables.text("balance", "Balance"),
)


def _classes(
    found: Mapping[str, exemptions.ExemptClass | exemptions.PremiumException],
) -> list[tuple[str, str]]:
    return [(letter, f"{letter}: {one.title}") for letter, one in found.items()]


class Band(changing.ChangeForm):
    letter = fields.SelectField(
        what="the band in the valuation list",
        label="Which band does the valuation list show?",
        choices=[(letter, f"Band {letter}") for letter in "ABCDEFGH"],
    )
    starts = fields.DayField(
        what="the day from which the list shows it",
        label="From which day?",
        help_text="The effective day that the Valuation Office Agency gives.",
    )


class Occupation(changing.ChangeForm):
    state = fields.ChoiceField(
        what="how the home is used",
        label="How is the home used?",
        choices=[
            (models.Occupation.State.OCCUPIED, "It is lived in"),
            (models.Occupation.State.FURNISHED, "Nobody lives there; it is furnished"),
            (models.Occupation.State.UNFURNISHED, "Nobody lives there; it is empty"),
            (models.Occupation.State.WORKS, "It is empty and needs or undergoes major repair"),
        ],
        hints={
            "furnished": "Somebody’s second home, for example.",
            "unfurnished": "The clock of an empty home begins on this day.",
        },
    )
    starts = fields.DayField(
        what="the day from which that is so",
        label="From which day?",
        help_text=households.FIRST_DAY,
    )


class Exemption(changing.ChangeForm):
    letter = fields.SelectField(
        what="the class of the exemption",
        label="Which class of exemption?",
        choices=_classes(exemptions.CLASSES),
    )
    starts = fields.DayField(
        what="the first day of the exemption",
        label="From which day?",
        help_text=households.FIRST_DAY,
    )
    ends = fields.DayField(
        what="the day from which it is not exempt",
        label="From which day is it over?",
        help_text=households.CAN_STILL_COME,
        required=False,
    )


class PremiumException(Exemption):
    letter = fields.SelectField(
        what="the class of the exception",
        label="Which class of exception?",
        choices=_classes(exemptions.EXCEPTIONS),
    )
    starts = fields.DayField(
        what="the day on which the condition first held",
        label="From which day has the condition held?",
        help_text="The time limit of the class runs from this day, whenever the premium began.",
    )


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_dwelling)
def dwelling(visit: Visit, uprn: int) -> HttpResponse:
    """Show a home: its bands, its use and the empty clock, what is granted, its accounts."""
    found = subjects.dwelling(uprn)
    clock = queries.empty_clock(found.pk, on=visit.today)
    rows = [
        components.Row("UPRN", str(found.uprn)),
        components.Row("Band", accounts.band_on(found.pk, visit.today)),
        components.Row("Ward", queries.ward(found.pk)),
        components.Row("Use", clock),
    ]
    identity = components.Identity(accounts.address_line(found.pk), rows)
    return render(
        visit,
        "revenues/dwelling.html",
        {
            "uprn": found.uprn,
            "identity": identity,
            "accounts": _accounts(found),
            "bands": holdings.table("Bands", held.bands(found.pk), visit),
            "holdings": holdings.table(
                "Use, exemptions and exceptions", held.of_dwelling(found.pk), visit
            ),
            "actions": doings.of_dwelling(found, visit),
        },
    )


@personal(capabilities.CHANGE_BAND, subject=subjects.of_dwelling)
def band(visit: Visit, uprn: int) -> HttpResponse:
    """Record a band of the valuation list."""
    found = subjects.dwelling(uprn)
    change = _change(
        found,
        title="Change the band",
        says="Every account of the home from that day on is worked out again.",
        act=lambda letter, starts: dwellings.change_band(
            dwelling=found, letter=letter, starts=starts, by=visit.actor, on=visit.today
        ),
        done="Band changed",
    )
    return changing.make(visit, Band(changing.asked(visit), today=visit.today), change)


@personal(capabilities.CHANGE_OCCUPATION, subject=subjects.of_dwelling)
def occupation(visit: Visit, uprn: int) -> HttpResponse:
    """Record that the home is lived in, furnished or empty."""
    found = subjects.dwelling(uprn)
    change = _change(
        found,
        title="Record that it is empty or lived in",
        says="Discounts and premiums of an empty home or a second home follow from this.",
        act=lambda state, starts: dwellings.record_occupation(
            dwelling=found, state=state, starts=starts, by=visit.actor, on=visit.today
        ),
        done="Use of the home recorded",
        shows=lambda _: (
            _reductions_that_go_on(found, visit)
            if visit.POST.get("state") != models.Occupation.State.OCCUPIED
            else []
        ),
    )
    return changing.make(visit, Occupation(changing.asked(visit), today=visit.today), change)


@dataclass(frozen=True, slots=True)
class Granting:
    """What is granted to a home by a class of the law: its forms, commands and words."""

    model: type[models.Exemption] | type[models.PremiumException]
    form: type[Exemption]
    apply: Callable[..., int]
    end: Callable[..., int]
    row: str
    title: str
    says: str
    done: str
    law: str
    end_title: str
    end_says: str
    end_done: str


EXEMPTION = Granting(
    model=models.Exemption,
    form=Exemption,
    apply=dwellings.apply_exemption,
    end=dwellings.end_exemption,
    row="exemption",
    title="Exempt the home",
    says="Nothing is charged while an exemption holds.",
    done="Exemption applied",
    law="Council Tax (Exempt Dwellings) Order 1992, SI 1992/558",
    end_title="End the exemption of class {letter}",
    end_says="From that day the home is charged again.",
    end_done="Exemption ended",
)
EXCEPTION = Granting(
    model=models.PremiumException,
    form=PremiumException,
    apply=dwellings.apply_exception,
    end=dwellings.end_exception,
    row="exception",
    title="Apply an exception to a premium",
    says="While it holds, no premium is added for an empty home or a second home of the class.",
    done="Exception to the premium applied",
    law="Council Tax (Prescribed Classes of Dwellings) (England) Regulations 2003, "
    "SI 2003/3011, regulations 9 to 17",
    end_title="End the exception of class {letter}",
    end_says="From that day a premium is charged again where the law adds one.",
    end_done="Exception to the premium ended",
)


@personal(capabilities.CHANGE_EXEMPTION, subject=subjects.of_dwelling)
def exemption(visit: Visit, uprn: int) -> HttpResponse:
    """Exempt the home."""
    return _grant(visit, uprn, EXEMPTION)


@personal(capabilities.CHANGE_PREMIUM, subject=subjects.of_dwelling)
def exception(visit: Visit, uprn: int) -> HttpResponse:
    """Except the home from a premium."""
    return _grant(visit, uprn, EXCEPTION)


def _of_exemption(number: int) -> Subject:
    return subjects.of_dwelling(_granted(EXEMPTION, number).dwelling.uprn)


@personal(capabilities.CHANGE_EXEMPTION, subject=_of_exemption)
def exemption_end(visit: Visit, number: int) -> HttpResponse:
    """End an exemption."""
    return _end(visit, number, EXEMPTION)


def _of_exception(number: int) -> Subject:
    return subjects.of_dwelling(_granted(EXCEPTION, number).dwelling.uprn)


@personal(capabilities.CHANGE_PREMIUM, subject=_of_exception)
def exception_end(visit: Visit, number: int) -> HttpResponse:
    """End an exception to a premium."""
    return _end(visit, number, EXCEPTION)


def _grant(visit: Visit, uprn: int, granting: Granting) -> HttpResponse:
    found = subjects.dwelling(uprn)
    change = _change(
        found,
        title=granting.title,
        says=granting.says,
        act=lambda **answers: granting.apply(
            dwelling=found, by=visit.actor, on=visit.today, **answers
        ),
        done=granting.done,
        law=granting.law,
    )
    return changing.make(visit, granting.form(changing.asked(visit), today=visit.today), change)


def _end(visit: Visit, number: int, granting: Granting) -> HttpResponse:
    one = _granted(granting, number)
    change = _change(
        one.dwelling,
        title=granting.end_title.format(letter=one.letter),
        says=granting.end_says,
        act=lambda ends: granting.end(
            ends=ends, by=visit.actor, on=visit.today, **{granting.row: one}
        ),
        done=granting.end_done,
    )
    return changing.make(visit, households.ending(one, visit), change)


def _change(found: Dwelling, *, law: str = "", **words: object) -> changing.Change:
    """Return a change of a home, which may touch the charge of any of its accounts."""
    references = models.Account.objects.filter(dwelling=found).order_by("starts")
    return changing.Change(
        back=reverse("revenues:dwelling", args=[found.uprn]),
        accounts=list(references.values_list("reference", flat=True)),
        places={
            dwellings.NoSuchClass: "letter",
            dwellings.AlreadyExempt: "starts",
            dwellings.AlreadyExcepted: "starts",
            refusals.NotADay: "ends",
        },
        law=law,
        **words,  # type: ignore[arg-type]
    )


def _accounts(found: Dwelling) -> tables.Table:
    rows = models.Account.objects.filter(dwelling=found).order_by("-starts")
    return tables.Table(
        "Accounts",
        ACCOUNTS,
        [
            {
                "reference": one.reference,
                "href": reverse("revenues:account", args=[one.reference]),
                "liable": cells.Lines(tuple(each.name for each in accounts.liable(one))),
                "period": "Never: opened by mistake"
                if one.is_void
                else wording.period(one.starts, one.ends),
                "balance": wording.balance(
                    sum(year.balance_pence for year in accounts.owed_by_year(one.reference))
                ),
            }
            for one in rows
        ],
        empty="Nobody has been billed for this home.",
    )


def _granted(granting: Granting, number: int) -> models.Exemption | models.PremiumException:
    rows: Any = granting.model._default_manager.select_related("dwelling")
    found: models.Exemption | models.PremiumException = get_object_or_404(rows, pk=number)
    return found


def _reductions_that_go_on(found: Dwelling, visit: Visit) -> list[changing.Shown]:
    """Warn of reductions for people who live there, when nobody does any more."""
    rows = models.Reduction.objects.filter(
        dated.holds_on(visit.today), account__dwelling=found, kind=models.Reduction.Kind.SCHEME
    ).exclude(account__ends__lte=visit.today)
    return [
        changing.Shown(
            warning=f"Council Tax Reduction goes on on account {one.account.reference}, although "
            "nobody lives there. It is for people in their own home: end it from the account page."
        )
        for one in rows.select_related("account")
    ]
