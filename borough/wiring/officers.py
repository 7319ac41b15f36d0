"""Officers and roles: who may do what, from which day, and what the law reserves to the council.

Whom an officer works for is asked nowhere. These pages stand up here because the guard of every
page leans on officers, so that officers cannot lean on it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.forms import TextInput
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import doing, joining
from borough.kernel.facts import queries as facts
from borough.kernel.officers import capabilities, commands, models, queries
from borough.kernel.pages import cells, components, fields, forms, one_use, tables, wording
from borough.kernel.visits import Visit, page

LARGEST_ID = 2**63 - 1
SEVERAL = 30

OFFICERS = (tables.text("name", "Officer", link="href"), tables.text("roles", "Roles"))
HELD = (
    tables.text("role", "Role"),
    tables.text("period", "When"),
    tables.text("end", "What you can do"),
)
BEFORE = HELD[:2]
DOABLE = (
    tables.text("may", "What can be done"),
    tables.text("roles", "Roles that may"),
    tables.text("reserved", "Reserved to the council by"),
)


class Officer(forms.Form):
    """Who is to sign in."""

    name = fields.TextField(
        what="the name of the officer",
        label="What is their name?",
        max_length=120,
        # Somebody else's: the browser must not offer the name of who types.
        widget=TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    email = fields.EmailField(
        what="the email address that they sign in with",
        label="With which email address do they sign in?",
    )


class Appointment(forms.Form):
    """Which role an officer is given, and from when."""

    role = fields.ChoiceField(what="a role", label="Which role?", choices=())
    starts = fields.DayField(
        what="the day from which they hold it",
        label="From which day do they hold it?",
        help_text="Today or later, for example 27 3 2026.",
    )


class Ends(forms.Form):
    """From when a role is held no more."""

    ends = fields.DayField(
        what="the first day on which they hold it no more",
        label="From which day do they hold it no more?",
        help_text="Today ends it at once. For example 27 3 2026.",
    )


@page(capabilities.MANAGE_ROLES)
def officers(visit: Visit) -> HttpResponse:
    """Show every officer with the roles they hold."""
    rows = [
        {
            "name": one.name,
            "href": reverse("officer", args=[one.id]),
            "roles": cells.Lines(tuple(_held(each) for each in one.held)) if one.held else "None",
        }
        for one in queries.all_officers(on=visit.today)
    ]
    table = tables.Table("Officers", OFFICERS, rows, empty="No officer yet.")
    context = {"officers": table, "sections": _sections("officers")}
    return render(visit, "officers/officers.html", context)


@page(capabilities.MANAGE_ROLES)
def roles(visit: Visit) -> HttpResponse:
    """Show what each role may do, and for all that can be done which roles may."""
    every = queries.roles(on=visit.today)
    context = {
        "roles": [{"title": one.title, "rows": _role(one)} for one in every],
        "tables": [_doable(card, every) for card in joining.cards() if card.capabilities],
        "sections": _sections("officer-roles"),
    }
    return render(visit, "officers/roles.html", context)


@page(capabilities.MANAGE_ROLES)
def officer(visit: Visit, number: int) -> HttpResponse:
    """Show one officer: roles held, roles before, and what happened."""
    card = queries.card(_officer(number), on=visit.today)
    rows = [
        components.Row("Signs in with", card.email),
        components.Row("Password", "Chosen" if card.has_password else "Not chosen yet"),
    ]
    flags = [] if card.is_active else [cells.Tag("Switched off", "grey")]
    context = {
        "officer": card,
        "identity": components.Identity(card.name, rows, flags),
        "held": _held_table(card),
        "before": tables.Table("Roles before", BEFORE, [_row(each) for each in card.before]),
        "events": _events(card, facts.timeline_of_thing(card.reference, limit=SEVERAL)),
        "actions": _actions(card, visit),
        "back": reverse("officers"),
    }
    return render(visit, "officers/officer.html", context)


@page(capabilities.MANAGE_ROLES)
def record(visit: Visit) -> HttpResponse:
    """Record a new officer; how they sign in is the next page's."""
    deed = doing.Deed(
        title="Record an officer",
        says="They hold no role until one is given. They choose their own password through a "
        "link that you make on their page.",
        act=lambda name, email: commands.record_officer(
            name=name, email=email, by=visit.actor, on=visit.today
        ),
        done="Officer recorded",
        back=reverse("officers"),
        places={commands.AlreadyAnOfficer: "email"},
    )
    return doing.answer(visit, Officer(doing.asked(visit)), deed)


@page(capabilities.MANAGE_ROLES)
def appoint(visit: Visit, number: int) -> HttpResponse:
    """Give an officer a role."""
    found = _officer(number)
    choices = {str(one.pk): one for one in models.Role.objects.order_by("title")}
    form = Appointment(doing.asked(visit), initial={"starts": visit.today})
    forms.offer(form, "role", [(key, one.title) for key, one in choices.items()])
    deed = doing.Deed(
        title="Give a role",
        says=f"{found.name} may do all that the role may, from that day until it is ended.",
        act=lambda role, starts: commands.appoint(
            officer=found, role=choices[role], starts=starts, by=visit.actor, on=visit.today
        ),
        done="Role given",
        back=reverse("officer", args=[number]),
        places={commands.AlreadyAppointed: "role", commands.NotADay: "starts"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.MANAGE_ROLES)
def end(visit: Visit, number: int, appointment: int) -> HttpResponse:
    """End an appointment."""
    back = reverse("officer", args=[number])
    rows = _officer(number).appointments.select_related("role", "officer")
    found = rows.filter(pk=appointment).first() if appointment <= LARGEST_ID else None
    if found is None or (found.ends is not None and found.ends <= visit.today):
        return redirect(back)
    deed = doing.Deed(
        title="End a role",
        says=f"{found.officer.name} holds the role {found.role.title} from that day no more.",
        act=lambda ends: commands.end_appointment(
            appointment=found, ends=ends, by=visit.actor, on=visit.today
        ),
        done="Role ended",
        back=back,
        places={commands.NotADay: "ends"},
    )
    form = Ends(doing.asked(visit), initial={"ends": max(visit.today, found.starts)})
    return doing.answer(visit, form, deed)


@page(capabilities.MANAGE_ROLES)
def link(visit: Visit, number: int) -> HttpResponse:
    """Make a link by which an officer chooses a password, and show it this once."""
    found, back = _officer(number), reverse("officer", args=[number])
    form = forms.Form(doing.asked(visit))
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                way = commands.make_sign_in_link(officer=found, by=visit.actor, on=visit.today)
        except one_use.AlreadySent:
            return redirect(back)
        except (commands.NotAnOfficer, one_use.NotOurs) as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"officer": found, "link": _address(visit, way), "back": back}
            return render(visit, "officers/link.html", context)
    return render(
        visit, "officers/ask_for_link.html", {"form": form, "officer": found, "cancel": back}
    )


def _officer(number: int) -> models.Officer:
    if number > LARGEST_ID:
        raise Http404
    return get_object_or_404(models.Officer, pk=number)


def _address(visit: Visit, way: commands.WayIn) -> str:
    halves = {"uidb36": way.officer, "key": way.key}
    return visit.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=halves))


def _sections(current: str) -> list[components.Section]:
    return [
        components.Section(title, reverse(name), current=name == current)
        for name, title in (("officers", "Officers"), ("officer-roles", "Roles"))
    ]


def _actions(card: queries.Card, visit: Visit) -> list[cells.Link]:
    """Return what can be done; nobody gives themselves a role, or a link to their own account."""
    if card.reference == visit.actor.reference:
        return [cells.Link("Change your password", reverse("account_change_password"))]
    return [
        cells.Link("Give a role", reverse("officer-appoint", args=[card.id])),
        cells.Link("Make a link to choose a password", reverse("officer-link", args=[card.id])),
    ]


def _held(one: queries.Held) -> str:
    return f"{one.role}, {wording.period(one.starts, one.ends)}"


def _row(one: queries.Held) -> dict[str, object]:
    return {"role": one.role, "period": _sentence(wording.period(one.starts, one.ends))}


def _held_table(card: queries.Card) -> tables.Table:
    rows = [
        _row(one)
        | {
            "end": cells.Link(
                "End", reverse("officer-end", args=[card.id, one.id]), f"the role {one.role}"
            )
        }
        for one in card.held
    ]
    return tables.Table("Roles", HELD, rows, empty="No role, now or to come.")


def _role(one: queries.RoleCard) -> list[components.Row]:
    titles = [each.title for slug, each in joining.capabilities().items() if slug in one.may]
    may = cells.Lines(tuple(_sentence(title) for title in titles)) if titles else "Nothing"
    held = cells.Lines(one.holders) if one.holders else "Nobody"
    return [components.Row("May", may), components.Row("Held by", held)]


def _doable(card: joining.ServiceLine, every: Sequence[queries.RoleCard]) -> tables.Table:
    rows = []
    for one in card.capabilities:
        holding = tuple(role.title for role in every if one.slug in role.may)
        rows.append(
            {
                "may": _sentence(one.title),
                "roles": cells.Lines(holding) if holding else "No role",
                "reserved": one.reserved_to_council or "Not reserved",
            }
        )
    return tables.Table(card.title, DOABLE, rows)


def _events(card: queries.Card, entries: Sequence[facts.Entry]) -> list[components.Event]:
    """Return what happened to an officer, by name: a fact knows officers by number alone."""
    names = queries.names({entry.by for entry in entries})
    return [
        components.Event(
            entry.sentence.replace(card.reference, card.name),
            entry.on,
            by=names.get(entry.by, entry.by),
        )
        for entry in entries
    ]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
