"""What a resident sees of their own: what they owe, their letters, who looked and why."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing, joining
from borough.kernel.documents import printing
from borough.kernel.pages import cells, fields, forms, tables, wording
from borough.kernel.post.models import Item
from borough.resident import queries
from borough.resident.own import commands, letters_kept
from borough.resident.own.door import Visit, own
from borough.resident.own.looks import Look, looks_at
from borough.resident.own.purposes import SELF
from borough.resident.sources import showing

LARGEST_ID = 2**63 - 1
FEW = 5
ABOUT = [choice for choice in Item.About.choices if choice[0] != Item.About.DEATH]

DEBTS = (
    tables.text("title", "What"),
    tables.text("balance", "Owed"),
)
COMING = (
    tables.text("title", "Bill"),
    tables.day("on", "Next on"),
    tables.text("amount", "How much"),
)
LOOKS = (
    tables.text("at", "When"),
    tables.text("who", "Who"),
    tables.text("why", "Why"),
    tables.text("law", "The law that lets us"),
)


class Message(forms.Form):
    about = fields.ChoiceField(what="what it is about", label="What is it about?", choices=ABOUT)
    words = fields.LongTextField(
        what="what you want to tell us",
        label="What is wrong, or what do you disagree with?",
        help_text="Say which bill, letter or decision. You need not know the law.",
        max_length=4000,
        rows=8,
    )


@own
def home(visit: Visit) -> HttpResponse:
    """Show a resident what is kept about them."""
    person = visit.account.person
    picture = queries.picture(person, purpose=SELF, on=visit.today)
    entries = queries.timeline(person.pk, purpose=SELF)
    context = {
        "picture": picture,
        "owed": wording.balance(picture.owed_pence),
        "next": _next(picture),
        "gravest": [
            f"{one} Talk to us and to them today, and go to any hearing."
            for one in showing.gravest(picture.elsewhere, visit.today)
        ],
        "offers": _offers(picture),
        "debts": _debts(picture),
        "coming": _coming(picture),
        "told": showing.debts(picture.elsewhere, "What you owe to others"),
        "given": showing.awards(picture.awards, "What you are given"),
        "rights": showing.rights([*picture.elsewhere, *picture.awards]),
        "looks": _looks(looks_at(person.pk, most=FEW)),
        "letters": _letters(picture, visit.today),
        "doors": joining.own_doors(),
        "events": [{"id": one.id, "on": one.on, "words": one.sentence} for one in entries],
    }
    return render(visit, "own/home.html", context)


@own
def looks(visit: Visit) -> HttpResponse:
    """Show everybody who opened this resident's record, newest first."""
    before = visit.GET.get("before", "")
    found = looks_at(
        visit.account.person_id,
        most=queries.SEVERAL,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    older = found[-1].id if len(found) == queries.SEVERAL else None
    return render(visit, "own/looks.html", {"looks": _looks(found), "older": older})


@own
def letter(visit: Visit, number: int) -> HttpResponse:
    """Hand over a letter that was addressed to this resident."""
    if number > LARGEST_ID:
        raise Http404
    theirs = letters_kept.letters_of(visit.account.person_id, on=visit.today)
    found = get_object_or_404(theirs.select_related("template"), pk=number)
    pdf = HttpResponse(printing.pdf_of(found), content_type="application/pdf")
    pdf["Content-Disposition"] = f'inline; filename="letter-{found.pk}.pdf"'
    return pdf


class Contest(forms.Form):
    words = fields.LongTextField(
        what="why you disagree",
        label="Why do you disagree?",
        help_text="Say what is not so, or what should have been looked at. You need not know the "
        "law.",
        max_length=4000,
        rows=8,
    )


@own
def contest(visit: Visit, fact: int) -> HttpResponse:
    """Let a resident contest one thing that happened: it comes in as post, with what it was."""
    person = visit.account.person
    before = min(fact, LARGEST_ID - 1) + 1
    found = next(iter(queries.timeline(person.pk, purpose=SELF, before=before)), None)
    if found is None or found.id != fact:
        raise Http404
    deed = doing.Deed(
        title="Disagree with this",
        says=f"{wording.day(found.on)}: {found.sentence}. An officer looks at it again and answers "
        "by letter.",
        act=lambda words: commands.write_to_us(
            person=person,
            about=Item.About.DISPUTE,
            words=words,
            by=visit.resident,
            on=visit.today,
            contests=found,
        ),
        done="Sent. We look at it again",
        back=reverse("own"),
        button="Send",
    )
    return doing.answer(visit, Contest(doing.asked(visit)), deed, template="own/message.html")


@own
def message(visit: Visit) -> HttpResponse:
    """Let a resident correct something, or contest a decision: it comes in as post."""
    deed = doing.Deed(
        title="Tell us that something is wrong",
        says="An officer reads it, and answers by letter. While we look into a bill or a decision "
        "that you disagree with, you can ask us to wait with it.",
        act=lambda about, words: commands.write_to_us(
            person=visit.account.person,
            about=about,
            words=words,
            by=visit.resident,
            on=visit.today,
        ),
        done="Sent. We have what you wrote",
        back=reverse("own"),
        button="Send",
    )
    return doing.answer(visit, Message(doing.asked(visit)), deed, template="own/message.html")


def _next(picture: queries.Picture) -> str:
    if picture.next is None:
        return ""
    return (
        f"On {wording.day(picture.next.on)} {picture.next.words}: {picture.next.debt}. "
        "Talk to us before then, whatever you can pay."
    )


def _debts(picture: queries.Picture) -> tables.Table:
    rows = [
        {
            "title": f"{held.title} {held.reference}, {part.name}".strip(", "),
            "balance": wording.balance(part.pence if held.is_debt else -abs(part.pence)),
        }
        for held in picture.held
        if held.kind in joining.account_kinds()
        for part in held.parts
        if part.pence
    ]
    return tables.Table("What you owe, or we owe you", DEBTS, rows, empty="Nothing.")


def _coming(picture: queries.Picture) -> tables.Table:
    rows = [
        {
            "title": f"{held.title} {held.reference}",
            "on": payment.on,
            "amount": f"{wording.money(payment.pence)} {payment.every}".strip(),
        }
        for held in picture.held
        for part in held.parts
        if part.how and (payment := part.how.next_payment)
    ]
    return tables.Table("To pay next", COMING, sorted(rows, key=lambda row: str(row["on"])))


def _offers(picture: queries.Picture) -> list[str]:
    """Return what to ask us about, in a few words each; the reasons are written for officers."""
    return [
        one.title
        + (f", about {wording.money(one.weekly_pence)} a week" if one.weekly_pence else "")
        for one in picture.offers
    ]


def _letters(picture: queries.Picture, on: date) -> list[cells.Link]:
    theirs = letters_kept.letters_of(picture.id, on=on)
    opens = theirs.filter(pk__in=[one.id for one in picture.letters])
    numbers = set(opens.values_list("pk", flat=True))
    return [
        cells.Link(
            f"{one.title}, {wording.short_day(one.on)}", reverse("own-letter", args=[one.id])
        )
        for one in picture.letters
        if one.id in numbers
    ]


def _looks(found: Sequence[Look]) -> tables.Table:
    rows = [
        {"at": wording.moment(one.at), "who": one.who, "why": one.why, "law": one.law}
        for one in found
    ]
    return tables.Table(
        "Who looked at your record, and why", LOOKS, rows, empty="Nobody has opened it."
    )
