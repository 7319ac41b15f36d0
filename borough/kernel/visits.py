"""A request at our door: who visits, which day it is, and for what purpose.

Every route is guarded by one of three decorators, and an architecture test holds it:

* ``page(capability)``: officers whose roles grant it;
* ``personal(capability, subject=...)``: the same, and a purpose must have been chosen first; the
  look is recorded as a fact in the transaction that makes the page. No log, no view;
* ``public(because)``: anybody, and the reason stands in the code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string

from borough.kernel import clock, commanding, joining
from borough.kernel.facts import commands as facts
from borough.kernel.officers import queries as officers

PURPOSE_KEY = "purpose"
OPENED_KEY = "opened"  # that something was opened in this session for a reason of its own
METHODS = ("GET", "HEAD", "POST")


OWN_RECORD = (
    "This is your own record, or one that you share. Nobody opens their own as an officer: use "
    "your own account with us, as every resident does, or ask a colleague to deal with it."
)


class OwnRecord(commanding.Refusal):
    """Nobody opens their own record as an officer."""


class Visit(HttpRequest):
    """An ``HttpRequest`` after the middleware has answered who and when.

    ``purpose`` is there on personal pages alone: the one that was chosen.
    """

    actor: officers.OfficerAtWork
    today: date
    purpose: joining.Purpose


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose record a personal page opens: the persons, and the thing in words without names.

    A list of several persons, a line each, is no ``thing``.
    """

    people: tuple[int, ...]
    thing: str
    words: str


View = Callable[..., HttpResponseBase]


def middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Answer who and when, once, for every request; keep personal pages out of caches."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.today = clock.today()  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.actor = officers.at_work(  # type: ignore[attr-defined]
                request.user,
                on=request.today,  # type: ignore[attr-defined]
            )
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    return answer


def page(capability: joining.Capability) -> Callable[[View], View]:
    """Open a page to officers whose roles grant the capability."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(visit: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = _refusal(visit, capability)
            return refusal or _run(view, visit, *args, **kwargs)

        guarded.guard = capability  # type: ignore[attr-defined]
        return guarded

    return wrap


def personal(
    capability: joining.Capability, *, subject: Callable[..., Subject]
) -> Callable[[View], View]:
    """Open a page about people: capability, purpose, and a fact of the look, in that order.

    An answer that is posted leaves a look only when a page comes back: a change has its own fact.

    An officer who is known to be a resident does not open their own record, nor one that they share
    (``officers.residents``); a list in which they stand is no record.

    Args:
        capability: what the officer's roles must grant.
        subject: called with the view's arguments; may raise ``Http404``.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(visit: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if refusal := _refusal(visit, capability):
                return refusal
            purpose = chosen(visit)
            if purpose is None:
                return redirect(f"{reverse('purpose')}?{urlencode({'next': visit.path})}")
            whose = subject(*args, **kwargs)
            visit.purpose = _opened(visit, whose) or purpose
            if whose.thing and officers.person_of(visit.actor.reference) in whose.people:
                return _say_no(visit, OwnRecord(OWN_RECORD))
            with transaction.atomic():
                if visit.method != "POST":
                    _record_look(visit, whose, visit.purpose)
                response = _run(view, visit, *args, **kwargs)
                if visit.method == "POST" and response.status_code == HTTPStatus.OK:
                    _record_look(visit, whose, visit.purpose)  # a page was made, not only a change
            return response

        guarded.guard = capability  # type: ignore[attr-defined]
        guarded.personal = True  # type: ignore[attr-defined]
        return guarded

    return wrap


def public(because: str) -> Callable[[View], View]:
    """Open a page to anybody, for the reason given."""

    def wrap(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        opened.guard = because  # type: ignore[attr-defined]
        return opened

    return wrap


def open_to(actor: commanding.Actor) -> list[joining.Purpose]:
    """Return the purposes that the actor may choose, in the order of the cards."""
    return [
        one
        for one in joining.purposes().values()
        if not one.of_one and (not one.capability or one.capability in actor.capabilities)
    ]


def chosen(request: HttpRequest) -> joining.Purpose | None:
    """Return the purpose that was chosen, if the officer's roles still allow it."""
    slug = request.session.get(PURPOSE_KEY, "")
    actor: commanding.Actor = request.actor  # type: ignore[attr-defined]
    return next((one for one in open_to(actor) if one.slug == slug), None)


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template who visits, the purpose chosen and the ways on."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "purpose": getattr(request, "purpose", None) or (chosen(request) if actor else None),
        "council": settings.COUNCIL_NAME,
        "navigation": _navigation(actor, request.path) if actor else [],
        "town_is_invented": settings.TOWN_IS_INVENTED,
        "standing_date": settings.STANDING_DATE,
    }


def doors_of(actor: commanding.Actor, card: joining.ServiceLine) -> list[joining.Door]:
    """Return the ways into a service that the actor's roles open."""
    return [door for door in card.doors if door.capability.slug in actor.capabilities]


def _navigation(actor: officers.OfficerAtWork, path: str) -> list[dict[str, Any]]:
    """Return the ways on from every page: home, and each service that the roles open."""
    ways: list[dict[str, Any]] = [
        {"text": "Home", "href": reverse("home"), "active": path == reverse("home")}
    ]
    for card in joining.cards():
        if doors := doors_of(actor, card):
            href = reverse("service", args=[card.slug])
            below = [reverse(door.url_name) for door in doors]
            active = path == href or any(path.startswith(one) for one in below)
            ways.append({"text": card.title, "href": href, "active": active})
    return ways


def _refusal(visit: Visit, capability: joining.Capability) -> HttpResponseBase | None:
    if visit.method not in METHODS:  # OPTIONS and TRACE would show the page, and leave no look
        return HttpResponseNotAllowed(METHODS)
    if not visit.user.is_authenticated:
        return redirect_to_login(visit.get_full_path())
    try:
        commanding.allow(visit.actor, capability)
    except commanding.NotAllowed as refusal:
        return _say_no(visit, refusal)
    return None


def _run(view: View, visit: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Call the view; a command that refuses the officer becomes a page, not an error."""
    try:
        return view(visit, *args, **kwargs)
    except commanding.NotAllowed as refusal:
        return _say_no(visit, refusal)


def _say_no(visit: Visit, refusal: commanding.Refusal) -> HttpResponse:
    return render(visit, "officers/not_allowed.html", {"refusal": str(refusal)}, status=403)


def _opened(visit: Visit, whose: Subject) -> joining.Purpose | None:
    """Return the purpose for which this very record is open by a reason of its own."""
    if not whose.thing or OPENED_KEY not in visit.session:
        return None
    for card in joining.cards():
        if card.opens:
            found: joining.Purpose | None = import_string(card.opens)(
                visit.actor, whose.people, clock.now()
            )
            if found:
                return found
    return None


def _record_look(visit: Visit, whose: Subject, purpose: joining.Purpose) -> None:
    facts.record(
        "kernel.looked",
        about=whose.people,
        thing=whose.thing,
        by=visit.actor,
        on=visit.today,
        subject=whose.words,
        purpose=purpose.slug,
    )
