"""One click, one ZIP: all that the partnership holds, on any day."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import components, forms, one_use
from borough.kernel.visits import Visit, page
from borough.partnership.register import capabilities
from borough.partnership.register.leaving import commands, parts, zipping


class Take(forms.Form):
    """Nothing is asked: the pack is what stands."""


@page(capabilities.TAKE_AWAY)
def leaving(visit: Visit) -> HttpResponse:
    """Say what is in the pack, and hand it over."""
    form = Take(doing.asked(visit))
    if form.is_valid():
        try:
            one_use.spend(visit)
            uri = visit.build_absolute_uri(reverse("partnership:contracts_open"))
            made = commands.take(uri=uri, by=visit.actor, on=visit.today)
        except one_use.AlreadySent:
            return redirect("partnership:leaving")
        except one_use.NotOurs as refusal:
            form.add_error(None, str(refusal))
        else:
            answer = HttpResponse(made.content, content_type="application/zip")
            name = f"partnership-{visit.today}.zip"
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
            return answer
    may = visit.actor.capabilities
    rows = [
        components.Row(
            one.folder,
            one.holds if one.needs.slug in may else f"Left out: you may not {one.needs.title}.",
        )
        for one in parts.PARTS
    ]
    context = {
        "form": form,
        "rows": rows,
        "not_in_it": zipping.NOT_IN_IT,
        "button": "Take everything away (ZIP)",
    }
    return render(visit, "register/leaving.html", context)
