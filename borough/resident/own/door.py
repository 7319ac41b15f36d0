"""The door of residents, apart from that of officers: one session is never both.

An officer's roles open nothing here, and nothing that is kept here opens a page of officers: a
resident is known to the session alone, never as a user of the office.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac

from borough.kernel import visits
from borough.resident.own import capabilities, models

ACCOUNT, PROOF = "own_account", "own_proof"
GUARD = "the resident's own record, for the resident who signed in with a code from a letter"


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident as an actor: who they are, and that they may keep their own record."""

    person_id: int

    @property
    def reference(self) -> str:
        """Return what facts call them."""
        return f"resident/{self.person_id}"

    @property
    def capabilities(self) -> frozenset[str]:
        """Return the one thing that they may do."""
        return frozenset({capabilities.KEEP_OWN.slug})


class Visit(HttpRequest):
    """A request of a resident who has signed in."""

    resident: Resident
    account: models.Account
    today: date


View = Callable[..., HttpResponseBase]


def own(view: View) -> View:
    """Open a page to the resident who signed in, and to nobody else."""

    @wraps(view)
    def guarded(visit: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if visit.method not in visits.METHODS:
            return HttpResponseNotAllowed(visits.METHODS)
        if visit.user.is_authenticated:
            return render(visit, "own/not_for_officers.html", status=403)
        account = _signed_in(visit)
        if account is None:
            return redirect("own-sign-in")
        visit.account, visit.resident = account, Resident(account.person_id)
        response = view(visit, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    guarded.guard = GUARD  # type: ignore[attr-defined]
    return guarded


def let_in(request: HttpRequest, account: models.Account) -> None:
    """Begin a resident's visit in a session of its own; it ends with the browser."""
    request.session.flush()
    request.session[ACCOUNT] = account.pk
    request.session[PROOF] = _proof(account)
    request.session.set_expiry(0)


def let_out(request: HttpRequest) -> HttpResponse:
    """End the visit."""
    request.session.flush()
    return redirect("own-sign-in")


def _signed_in(request: HttpRequest) -> models.Account | None:
    """Return whose visit it is; a new password ends the visits that began with the old one."""
    number = request.session.get(ACCOUNT)
    rows = models.Account.objects.select_related("person")
    account = rows.filter(pk=number).first() if number else None
    if account is None:
        return None
    known = constant_time_compare(request.session.get(PROOF, ""), _proof(account))
    return account if known else None


def _proof(account: models.Account) -> str:
    return salted_hmac("borough.resident.own.door", account.password).hexdigest()
