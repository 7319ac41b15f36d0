"""The board packs that were drawn up, and the one click that draws up another."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import forms, tables
from borough.kernel.visits import Visit, page
from borough.partnership.pack import capabilities, commands, models, printing

PACKS = (
    tables.text("pack", "Pack", link="href"),
    tables.day("on", "Drawn up"),
    tables.text("digest", "SHA-256 of what it says"),
    tables.text("head", "Head of the chain of facts"),
)


class Draw(forms.Form):
    """Nothing is asked: the pack is what stands."""


@page(capabilities.SEE_PACKS)
def packs(visit: Visit) -> HttpResponse:
    """List the packs, the newest first."""
    rows = [
        {
            "pack": f"Pack {one.pk} (PDF)",
            "on": one.on,
            "href": reverse("partnership:pack_pdf", args=[one.pk]),
            "digest": one.digest,
            "head": one.head,
        }
        for one in models.Pack.objects.order_by("-pk")
    ]
    table = tables.Table("Packs drawn up", PACKS, rows, empty="No pack was drawn up yet.")
    may_make = capabilities.MAKE_PACK.slug in visit.actor.capabilities
    return render(visit, "pack/packs.html", {"packs": table, "may_make": may_make})


@page(capabilities.MAKE_PACK)
def make(visit: Visit) -> HttpResponse:
    """Draw up the pack of today."""
    deed = doing.Deed(
        title="Draw up the board pack",
        says="It says what stands today: last year’s answers and the next, every measure, the "
        "bridge, what waits to be decided and every promise. Both partners find the same paper.",
        act=lambda: commands.make(by=visit.actor, on=visit.today),
        done="The pack of today is drawn up. Open it below.",
        back=reverse("partnership:packs"),
        button="Draw it up",
    )
    return doing.answer(visit, Draw(doing.asked(visit)), deed)


@page(capabilities.SEE_PACKS)
def pdf(visit: Visit, number: int) -> HttpResponse:
    """Hand out a pack."""
    pack = get_object_or_404(models.Pack, pk=number)
    answer = HttpResponse(printing.pdf(pack), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="board-pack-{pack.on}-{pack.pk}.pdf"'
    return answer
