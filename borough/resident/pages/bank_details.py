"""Somebody's bank details: keyed by one officer, confirmed by another, withdrawn."""

from typing import Any

from django.forms import TextInput
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.bank import capabilities, commands, models
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, tables
from borough.kernel.visits import Visit, personal
from borough.resident.pages import subjects

# Somebody else's: the browser must neither offer the officer's own nor remember theirs.
_NOT_MINE = {"autocomplete": "off", "spellcheck": "false"}
WITHDRAWN = "These bank details were withdrawn."
COLUMNS = (
    tables.text("account", "Account"),
    tables.text("check", "Check of the figures"),
    tables.text("keyed", "Keyed"),
    tables.text("state", "State"),
    tables.text("does", "What you can do", link="href"),
)


class Details(forms.Form):
    name = fields.TextField(
        what="the name on the account",
        label="What is the name on the account?",
        max_length=120,
        widget=TextInput(_NOT_MINE),
    )
    sort_code = fields.TextField(
        what="the sort code",
        label="What is the sort code?",
        help_text="For example 20-45-53.",
        max_length=10,
        widget=TextInput({**_NOT_MINE, "inputmode": "numeric"}),
    )
    account_number = fields.TextField(
        what="the account number",
        label="What is the account number?",
        help_text="Most have eight figures.",
        max_length=12,
        widget=TextInput({**_NOT_MINE, "inputmode": "numeric"}),
    )


@personal(capabilities.KEY_BANK_DETAILS, subject=subjects.subject)
def record(visit: Visit, number: int) -> HttpResponse:
    """Show the bank details of somebody by their last figures, and key new ones."""
    person = subjects.person(number)
    back = reverse("resident-bank-details", args=[number])
    deed = doing.Deed(
        title="Bank details",
        says="",
        act=lambda **answers: commands.key_details(
            person=person, **answers, by=visit.actor, on=visit.today
        ),
        done="Bank details keyed. A colleague confirms them before money goes there",
        back=back,
        places={
            commands.NotBankDetails: "sort_code",
            commands.CannotBelongTogether: "account_number",
            commands.AlreadyKeyed: "account_number",
        },
    )
    form = Details(doing.asked(visit))
    if visit.method == "POST":
        return doing.answer(visit, form, deed)
    rows = list(models.BankDetails.objects.filter(person=person).order_by("-pk"))
    return render(
        visit,
        "resident/bank_details.html",
        {"person": person, "form": form, "table": _table(rows, visit)},
    )


@personal(capabilities.CONFIRM_BANK_DETAILS, subject=subjects.subject)
def confirm(visit: Visit, number: int, details: int) -> HttpResponse:
    """Confirm what a colleague keyed: by keying the account number again, from the source."""
    found = _found(number, details)
    deed = doing.Deed(
        title="Confirm bank details",
        says=f"{found.name}. Key them again from what the person gave us, not from the screen.",
        act=lambda sort_code, account_number: _confirm(visit, found, sort_code, account_number),
        done="Bank details confirmed",
        back=reverse("resident-bank-details", args=[number]),
        places={commands.NotBankDetails: "account_number"},
        button="Confirm them",
        over=_not_to_confirm(found, visit),
    )
    form = Details(doing.asked(visit))
    del form.fields["name"]
    return doing.answer(visit, form, deed)


@personal(capabilities.KEY_BANK_DETAILS, subject=subjects.subject)
def withdraw(visit: Visit, number: int, details: int) -> HttpResponse:
    """Withdraw bank details that are not to be used any more."""
    found = _found(number, details)
    deed = doing.Deed(
        title="Withdraw bank details",
        says=f"{found.name}, {found.masked}. No money goes there any more.",
        act=lambda: commands.withdraw_details(details=found, by=visit.actor, on=visit.today),
        done="Bank details withdrawn",
        back=reverse("resident-bank-details", args=[number]),
        button="Withdraw them",
        over=WITHDRAWN if found.withdrawn_by is not None else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _not_to_confirm(found: models.BankDetails, visit: Visit) -> str:
    """Return why this officer has nothing to confirm here, in a sentence; "" where they have."""
    if found.withdrawn_by is not None:
        return WITHDRAWN
    if found.confirmed_by is not None:
        return "A second officer has confirmed these bank details."
    if found.keyed_by == visit.actor.reference:
        return "You keyed these bank details. A colleague confirms them, by keying them again."
    return ""


def _confirm(visit: Visit, found: models.BankDetails, sort_code: str, account_number: str) -> None:
    commands.confirm_by_keying_again(
        details=found,
        sort_code=sort_code,
        account_number=account_number,
        by=visit.actor,
        on=visit.today,
    )


def _found(number: int, details: int) -> models.BankDetails:
    rows = models.BankDetails.objects.filter(person=subjects.person(number))
    found = rows.filter(pk=min(details, subjects.LARGEST_ID)).first()
    if found is None:
        raise Http404
    return found


def _table(rows: list[models.BankDetails], visit: Visit) -> tables.Table:
    names = officers.names({row.keyed_by for row in rows})
    shown: list[dict[str, Any]] = [
        {
            "account": f"{row.name}, {row.masked}",
            "check": row.get_check_made_display(),
            "keyed": names[row.keyed_by],
            "state": _state(row),
            **_does(row, visit),
        }
        for row in rows
    ]
    return tables.Table("Bank details", COLUMNS, shown)


def _state(row: models.BankDetails) -> cells.Tag:
    if row.withdrawn_by is not None:
        return cells.Tag("Withdrawn", "grey")
    if row.confirmed_by is not None:
        return cells.Tag("Confirmed", "green")
    return cells.Tag("To be confirmed", "yellow")


def _does(row: models.BankDetails, visit: Visit) -> dict[str, str]:
    """Return what this officer can do: confirming is for another than who keyed them."""
    if row.withdrawn_by is not None:
        return {}
    others = row.keyed_by != visit.actor.reference
    may = capabilities.CONFIRM_BANK_DETAILS.slug in visit.actor.capabilities
    if row.confirmed_by is None and others and may:
        name, words = "resident-bank-details-confirm", "Confirm them"
    else:
        name, words = "resident-bank-details-withdraw", "Withdraw them"
    return {"does": words, "href": reverse(name, args=[row.person_id, row.pk])}
