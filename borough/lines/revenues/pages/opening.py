"""Opening an account: who is liable (found, or recorded here), why, and from which day."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import commanding, dated
from borough.kernel.pages import fields, forms
from borough.kernel.people import capabilities as people_capabilities
from borough.kernel.people.models import Person
from borough.kernel.visits import Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import accounts
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.pages import changing, choosing, households, subjects
from borough.lines.revenues.queries import holdings

REASONS = [
    (basis.value, basis.label[:1].upper() + basis.label[1:])
    for basis in models.Liability.Basis
    if basis is not models.Liability.Basis.PARTNER
]


class OpenAccount(changing.ChangeForm):
    people = fields.ChoicesField(
        what="who is liable",
        label="Who is liable?",
        help_text="Several share the account: each of them owes all of it. Untick whoever is not.",
        choices=(),
    )
    basis = fields.ChoiceField(
        what="why they are liable",
        label="Why are they liable?",
        help_text="The first of these that is true of anybody decides (section 6 of the Act).",
        choices=REASONS,
    )
    starts = fields.DayField(
        what="the day from which they are liable",
        label="From which day?",
        help_text=households.FIRST_DAY,
    )
    adults = fields.WholeNumberField(
        what="the number of adults who live there",
        label="How many adults live there?",
        help_text="Leave it empty while it is not known: then no discount is given.",
        min_value=0,
        max_value=99,
        required=False,
    )

    def __init__(self, *args: Any, chosen: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        people: Any = self.fields["people"]
        people.choices = list(chosen.items())
        if not chosen:
            people.error_messages["required"] = "Find or record who is liable first"


@personal(capabilities.OPEN_ACCOUNT, subject=subjects.of_dwelling)
def open_account(visit: Visit, uprn: int) -> HttpResponse:
    """Make people liable for a home; it takes leave to search for people, too."""
    commanding.allow(visit.actor, people_capabilities.FIND_PEOPLE)
    found = subjects.dwelling(uprn)
    step = visit.POST.get(changing.STEP, "")
    if step == choosing.RECORD:
        return _record(visit, uprn)
    chosen = choosing.chosen(visit)
    settled = step in (changing.CHECK, changing.CONFIRM)
    form = OpenAccount(
        visit.POST if settled or step == changing.AGAIN else None,
        today=visit.today,
        chosen=chosen,
        initial=_initial(visit, chosen),
    )
    if not settled or not chosen:
        return _show(visit, uprn, form)
    change = changing.Change(
        title="Open an account",
        says="",
        act=lambda people, basis, starts, adults: accounts.open_account(
            dwelling=found,
            people=[Person.objects.get(pk=number) for number in dict.fromkeys(people)],
            basis=basis,
            starts=starts,
            adults=adults,
            by=visit.actor,
            on=visit.today,
        ),
        done="Account opened",
        back=reverse("revenues:dwelling", args=[uprn]),
        places={
            accounts.AlreadyLiable: "starts",
            accounts.NotInTheList: "starts",
            accounts.OwnerIsLiable: "basis",
            refusals.NotAnAdult: "starts",
        },
        shows=_recorded_otherwise,
    )
    return changing.make(visit, form, change, ask=lambda: _show(visit, uprn, form))


def _recorded_otherwise(account: models.Account) -> list[changing.Shown]:
    """Warn of what is recorded of the home and goes on: its use, exemptions, exceptions."""
    kinds: tuple[Any, ...] = (models.Exemption, models.PremiumException)
    granted = [
        one
        for kind in kinds
        for one in kind.objects.filter(dated.holds_on(account.starts), dwelling=account.dwelling)
    ]
    warnings = [
        f"{holdings.words(one)}. It goes on with this account. If it was for somebody who was "
        "liable before, end it from the page of the home."
        for one in granted
    ]
    use = models.Occupation.objects.filter(
        dated.holds_on(account.starts), dwelling=account.dwelling
    ).first()
    lives_there = account.liabilities.exclude(basis__in=accounts.OWNERS).exists()
    if use is not None and lives_there and use.state != models.Occupation.State.OCCUPIED:
        warnings.append(
            f"The home is recorded as {use.get_state_display()} from that day, and charged so. If "
            "they live there, record a move instead, or record first that it is lived in."
        )
    return [changing.Shown(warning=one) for one in warnings]


def _show(
    visit: Visit, uprn: int, form: OpenAccount, new: choosing.NewPerson | None = None
) -> HttpResponse:
    chosen = forms.offered(form, "people")
    return render(
        visit,
        "revenues/open_account.html",
        {
            "form": form,
            "chosen": chosen,
            "cancel": reverse("revenues:dwelling", args=[uprn]),
            **choosing.offered(visit, without=chosen, new=new),
        },
    )


def _record(visit: Visit, uprn: int) -> HttpResponse:
    """Record a person who is nowhere to be found, and choose them."""
    new, also = choosing.record(visit)
    chosen = choosing.chosen(visit, also=also)
    form = OpenAccount(today=visit.today, chosen=chosen, initial=_initial(visit, chosen))
    return _show(visit, uprn, form, new)


def _initial(visit: Visit, chosen: dict[str, str]) -> dict[str, Any]:
    blank = OpenAccount(today=visit.today, chosen=chosen)
    return choosing.answered(visit, blank) | {"people": list(chosen)}
