"""Payments: what goes out with the next file, sending it, and the files that went."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing, records
from borough.kernel.bank import capabilities, commands, models, paying
from borough.kernel.officers import queries as officers
from borough.kernel.pages import fields, forms, paging, tables, wording
from borough.kernel.visits import Subject, Visit, page, personal

LARGEST_ID = 2**63 - 1
NEWEST = 30
WAITING = (
    tables.text("reference", "Account", link="href"),
    tables.money("pence", "Amount"),
    tables.text("to", "Goes to"),
    tables.day("on", "Decided on"),
    tables.text("by", "By"),
)
FILES = (
    tables.day("on", "Made on"),
    tables.text("serial", "File", link="href"),
    tables.number("payments", "Payments"),
    tables.money("pence", "Amount"),
    tables.day("day", "Processed on"),
    tables.text("by", "By"),
)


class Send(forms.Form):
    """What the officer has been shown, so that nothing else is sent."""

    seen = fields.ConfirmField(
        what="to confirm that these payments go to the bank",
        label="These payments go to the bank as they stand here",
    )


def _of_payments() -> Subject:
    people = dict.fromkeys(one.details.person_id for one in paying.waiting())
    return Subject(tuple(people), "", "the payments that wait")


def _of_file(number: int) -> Subject:
    return Subject((), f"kernel.payment_file/{number}", f"the file of payments {number}")


@personal(capabilities.SEND_PAYMENTS, subject=_of_payments)
def payments(visit: Visit) -> HttpResponse:
    """Show what waits to be sent, and the files that went."""
    decided = paying.waiting()
    waiting = [one for one in decided if one.details.may_be_used]
    staying = [one for one in decided if not one.details.may_be_used]
    listed = paging.numbered(waiting, visit.GET)
    context = {
        "count": len(waiting),
        "pence": sum(one.pence for one in waiting),
        "cycle": paying.cycle(visit.today),
        "table": tables.Table("Payments that wait", WAITING, _rows(list(listed))),
        "page": listed,
        "staying": tables.Table("Not to be sent", WAITING, _rows(staying)) if staying else None,
        "files": _files(),
    }
    return render(visit, "bank/payments.html", context)


@page(capabilities.SEND_PAYMENTS)
def send(visit: Visit, count: int, pence: int) -> HttpResponse:
    """Send what waits: so many payments of so much, as they were shown."""
    deed = doing.Deed(
        title="Send the payments",
        says=f"{count:,} payments, {wording.money(pence)} together. They are on the payees’ "
        f"accounts on {wording.day(paying.cycle(visit.today).entry_day)}, when the file is handed "
        "in today.",
        act=lambda seen: commands.send_payments(
            seen_count=count, seen_pence=pence, by=visit.actor, on=visit.today
        ),
        done="The file is made. Fetch it and hand it in",
        back=reverse("bank:payments"),
        button="Make the file",
    )
    return doing.answer(visit, Send(doing.asked(visit)), deed)


@personal(capabilities.SEND_PAYMENTS, subject=_of_file)
def file(visit: Visit, number: int) -> HttpResponse:
    """Give out a file of payments, as it was made."""
    found = models.PaymentFile.objects.filter(pk=min(number, LARGEST_ID)).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="text/plain; charset=us-ascii")
    response["Content-Disposition"] = f'attachment; filename="payments-{found.serial}.txt"'
    return response


def _rows(rows: list[models.Payment]) -> list[dict[str, Any]]:
    names = officers.names({one.decided_by for one in rows})
    return [
        {
            "reference": one.reference,
            "href": records.account_page(one.kind, one.reference),
            "pence": one.pence,
            "to": f"{one.details.name}, {one.details.masked}",
            "on": one.decided_on,
            "by": names[one.decided_by],
        }
        for one in rows
    ]


def _files() -> tables.Table:
    rows = list(models.PaymentFile.objects.defer("content").order_by("-pk")[:NEWEST])
    names = officers.names({one.by for one in rows})
    shown: list[dict[str, Any]] = [
        {
            "on": one.made_on,
            "serial": one.serial,
            "href": reverse("bank:payment_file", args=[one.pk]),
            "payments": one.payments,
            "pence": one.pence,
            "day": one.processing_day,
            "by": names[one.by],
        }
        for one in rows
    ]
    return tables.Table("Files that went", FILES, shown)
