"""The pages that belong to no service: the way in, the one search box, the choice of purpose."""

from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from borough.kernel import joining, records, visits
from borough.kernel.officers import capabilities as officers
from borough.kernel.pages import cells, fields
from borough.kernel.pages import forms as page_forms
from borough.kernel.pages import views as pattern_views
from borough.kernel.people import capabilities as people
from borough.kernel.visits import PURPOSE_KEY, Visit, open_to, page, public


@public("the door: signed-in officers see their ways on, others are asked to sign in")
def home(request: HttpRequest) -> HttpResponse:
    """Show what the officer's roles open."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    actor = request.actor  # type: ignore[attr-defined]
    doors = [
        {"title": card.title, "doors": shown}
        for card in joining.cards()
        if (shown := visits.doors_of(actor, card))
    ]
    return render(
        request,
        "home.html",
        {
            "groups": doors,
            "waiting": _waiting(request),
            "may_find": people.FIND_PEOPLE.slug in actor.capabilities,
            "lately": records.opened_lately(actor, on=request.today),  # type: ignore[attr-defined]
        },
    )


@public("shows the ways that the officer's own roles open; others are asked to sign in")
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the ways into one service."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    card = next((one for one in joining.cards() if one.slug == slug), None)
    doors = visits.doors_of(request.actor, card) if card else []  # type: ignore[attr-defined]
    if card is None or not doors:
        raise Http404
    return render(request, "service.html", {"title": card.title, "doors": doors})


def _waiting(request: HttpRequest) -> list[joining.Waiting]:
    """Return what waits for this officer, line by line."""
    ask: list[Any] = [import_string(card.waits) for card in joining.cards() if card.waits]
    return [one for waits in ask for one in waits(request.actor, request.today)]  # type: ignore[attr-defined]


@public("a load balancer asks it; it says nothing but whether the database answers")
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})


class PurposeForm(page_forms.Form):
    """Why the officer opens people's records."""

    purpose = fields.ChoiceField(
        what="why you need to see residents’ records",
        label="Why do you need to see residents’ records?",
        help_text="Each record that you open is logged with this purpose. The resident can see it.",
        choices=(),
    )


@page(people.FIND_PEOPLE)
def purpose(visit: Visit) -> HttpResponse:
    """Let the officer say why, before any person's record opens."""
    may_choose = open_to(visit.actor)
    form = PurposeForm(
        visit.POST if visit.method == "POST" else None,
        initial={"purpose": visit.session.get(PURPOSE_KEY)},
    )
    titles = [(one.slug, one.title) for one in may_choose]
    page_forms.offer(form, "purpose", titles)
    if form.is_valid():
        visit.session[PURPOSE_KEY] = form.cleaned_data["purpose"]
        return HttpResponseRedirect(_safe(visit, visit.GET.get("next", "")))
    shown = [*may_choose, *(one for one in joining.purposes().values() if one.of_one)]
    laws = [{"key": one.title, "value": _law(one, visit)} for one in shown]
    return render(visit, "purpose.html", {"form": form, "gateways": laws})


def _law(one: joining.Purpose, visit: Visit) -> cells.Lines:
    """Return the law behind a purpose, and for how long what was opened for it is kept."""
    kept = one.kept_on(visit.today)
    if kept is None:
        return cells.Lines((one.gateway, "For how long it is kept, nobody has decided yet"))
    sure = kept.decided or "a proposal: the council has to decide"
    return cells.Lines((one.gateway, f"Kept for {kept.years} years ({sure})"))


def _safe(visit: Visit, asked: str) -> str:
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={visit.get_host()})
    if asked.startswith("/") and ours:
        return asked
    return reverse("home")


@page(people.FIND_PEOPLE)
def find(visit: Visit) -> HttpResponse:
    """Search people, addresses and accounts; what was typed travels in the body, not the URL."""
    typed = "".join(each if each.isprintable() else " " for each in visit.POST.get("words", ""))
    words = " ".join(typed.split())[:120]
    found: list[joining.Found] = []
    if words:
        finders: list[Any] = [import_string(c.find) for c in joining.cards() if c.find]
        found = [one for ask in finders for one in ask(words)]
        found.sort(key=lambda one: -one.likeness)
    return render(visit, "find.html", {"words": words, "found": found[:50], "count": len(found)})


patterns = page(officers.SEE_PATTERNS)(pattern_views.pattern_library)
