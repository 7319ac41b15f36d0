"""The letters of an account: which there are, a bill made anew, and each as a PDF."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, joining
from borough.kernel.documents import models as kept
from borough.kernel.documents import printing
from borough.kernel.documents import queries as documents
from borough.kernel.officers import queries as officers
from borough.kernel.outgoing import queries as outgoing
from borough.kernel.outgoing.capabilities import SEND_POST
from borough.kernel.outgoing.models import Dispatch
from borough.kernel.pages import cells, one_use, tables, wording
from borough.kernel.people import apart
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import letters as commands
from borough.lines.revenues.letters.frame import DoesNotAddUp
from borough.lines.revenues.pages import accounts as pages
from borough.lines.revenues.pages import subjects
from borough.lines.revenues.queries import accounts
from borough.rules import years

OURS = "revenues.account/"
LETTERS = (
    tables.day("on", "Day"),
    tables.text("title", "Letter", link="href"),
    tables.text("by", "Made by"),
    tables.text("left", "Left us"),
)


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def letters(visit: Visit, reference: str) -> HttpResponse:
    """Show the letters about the account, and offer its bills."""
    return _show(visit, reference)


@personal(capabilities.REBILL, subject=subjects.of_account)
def bill(visit: Visit, reference: str, name: str) -> HttpResponse:
    """Make the newest bill of a year as a letter."""
    if visit.method != "POST":
        return redirect("revenues:letters", reference)
    account = subjects.account(reference)
    try:
        with transaction.atomic():
            one_use.spend(visit)
            commands.issue_bill(
                account=account,
                year=_year(name),
                only=_only(visit, account),
                by=visit.actor,
                on=visit.today,
            )
    except commanding.NotAllowed:
        raise
    except one_use.AlreadySent:
        pass  # the first press made it
    except (commanding.Refusal, one_use.NotOurs, DoesNotAddUp) as refusal:
        return _show(visit, reference, refusal=str(refusal))
    else:
        messages.success(visit, f"Bill of {name} made")
    return redirect("revenues:letters", reference)


def _of_letter(number: int) -> Subject:
    return subjects.of_account(_document(number).thing.removeprefix(OURS))


@personal(capabilities.SEE_ACCOUNT, subject=_of_letter)
def letter(visit: Visit, number: int) -> HttpResponse:
    """Hand over a letter as the PDF that was, or is now, printed once and for all."""
    document = _document(number)
    if not visit.purpose.shows(document.kind):
        raise Http404
    pdf = HttpResponse(printing.pdf_of(document), content_type="application/pdf")
    name = f"{document.kind.replace('.', '-')}-{document.pk}.pdf"
    pdf["Content-Disposition"] = f'inline; filename="{name}"'
    return pdf


def _show(visit: Visit, reference: str, *, refusal: str = "") -> HttpResponse:
    account = subjects.account(reference)
    card = accounts.card(account, on=visit.today)
    billed = [one.year for one in card.years if accounts.is_billed(account, one.year)]
    may = capabilities.REBILL.slug in visit.actor.capabilities
    context = pages.frame(visit, card, "letters") | {
        "letters": _letters(card, visit.purpose),
        "bills": _bills(card, [year.name for year in billed], visit.today) if may else [],
        "refusal": refusal,
        "paperless": _paperless(card) if SEND_POST.slug in visit.actor.capabilities else [],
    }
    return render(visit, "revenues/letters.html", context)


def _bills(card: accounts.Card, names: list[str], on: date) -> list[dict[str, str]]:
    """Return the bills that can be made: to each alone where one is kept apart from the others."""
    people = {str(one.person_id): one.name for one in card.liable}
    if len(people) < 2 or not apart.kept_apart(map(int, people), on):
        return [{"year": name, "only": "", "words": f"Bill of {name}"} for name in names]
    return [
        {"year": name, "only": number, "words": f"Bill of {name} to {who} alone"}
        for name in names
        for number, who in people.items()
    ]


def _only(visit: Visit, account: models.Account) -> int | None:
    """Return to whom alone a bill is addressed; None for all together."""
    asked = visit.POST.get("only", "")
    known = {str(one.person_id): one.person_id for one in accounts.liable(account)}
    if asked and asked not in known:
        raise Http404
    return known.get(asked)


def _paperless(card: accounts.Card) -> list[cells.Link]:
    """Return a way to the letters by email of each person liable."""
    people = {one.person_id: one.name for one in card.liable}
    return [
        cells.Link(f"Letters by email for {name}", reverse("outgoing-by-email", args=[number]))
        for number, name in people.items()
    ]


def _letters(card: accounts.Card, purpose: joining.Purpose) -> tables.Table:
    found = [one for one in documents.documents_of(card.thing) if purpose.shows(one.kind)]
    names = officers.names({one.by for one in found})
    left = outgoing.left(one.id for one in found)
    rows = [
        {
            "on": one.on,
            "title": one.title,
            "href": reverse("revenues:letter", args=[one.id]),
            "by": names.get(one.by, one.by),
            "left": _left(left.get(one.id)),
        }
        for one in found
    ]
    return tables.Table("Letters about this account", LETTERS, rows, empty="No letters yet.")


def _left(sent: Dispatch | None) -> str:
    return f"{sent.get_means_display()}, {wording.day(sent.on)}" if sent else "Not yet"


def _document(number: int) -> kept.Document:
    rows = kept.Document.objects.select_related("template")
    return get_object_or_404(rows, pk=number, thing__startswith=OURS)


def _year(name: str) -> years.Year:
    try:
        return years.Year.named(name)
    except ValueError as fault:
        raise Http404 from fault
