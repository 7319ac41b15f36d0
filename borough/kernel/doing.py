"""A page on which one thing is done: ask, do, and say so on the page that it began on.

What moves money is checked before it is done, and has a page of its own for that; the rest is here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from borough.kernel import commanding
from borough.kernel.pages import forms, one_use


@dataclass(frozen=True)
class Deed:
    """What is done with the answers of a form, and the words for it.

    Attributes:
        title: the heading, as what the officer does.
        says: what will happen, in a sentence or two.
        act: does it; called with the cleaned answers; may raise a refusal.
        done: what the banner says afterwards.
        back: the address of the page that it began on.
        places: the field that a kind of refusal is about; others stand above the form.
        button: what the button says.
        over: why there is nothing left to ask, because it was decided before; empty while there is.
    """

    title: str
    says: str
    act: Callable[..., object]
    done: str
    back: str
    places: Mapping[type[Exception], str] = field(default_factory=dict)
    button: str = "Save"
    over: str = ""


def asked(request: HttpRequest) -> Any:
    """Return what a form is bound to: what was posted, if anything was."""
    return request.POST if request.method == "POST" else None


def or_lead_on(
    waits: Callable[..., bool], back: str, says: str
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Lead on from what waits no more: a colleague was faster. Without it the page is missing.

    Args:
        waits: called with the view's arguments: whether there is still something to do.
        back: name of the route to go on from.
        says: what became of it.
    """

    def wrap(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def found(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not waits(**kwargs):
                messages.warning(request, says)
                return redirect(back)
            return view(request, **kwargs)

        return found

    return wrap


def answer(
    request: HttpRequest,
    form: forms.Form,
    deed: Deed,
    *,
    template: str = "borough/deed.html",
    also: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Draw the form, or do what it asks for; a second press of the same page does nothing.

    Args:
        request: the visit.
        form: bound to what was posted, if anything was.
        deed: what is done.
        template: that draws the form.
        also: what else the template shows.

    Raises:
        commanding.NotAllowed: the officer may not; the door turns it into a page.
    """
    if deed.over and request.method != "POST":
        messages.warning(request, deed.over)
        return redirect(deed.back)
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(request)
                deed.act(**form.cleaned_data)
        except one_use.AlreadySent:
            return redirect(deed.back)
        except commanding.NotAllowed:
            raise
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error(_place(form, deed, refusal), str(refusal))
        else:
            messages.success(request, deed.done)
            return redirect(deed.back)
    return render(
        request,
        template,
        {
            "form": form,
            "deed": deed,
            "button": deed.button,
            "cancel": deed.back,
            **(also or {}),
        },
    )


def _place(form: forms.Form, deed: Deed, refusal: Exception) -> str | None:
    name = next((name for kind, name in deed.places.items() if isinstance(refusal, kind)), None)
    return name if name in form.fields else None
