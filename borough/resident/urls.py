"""The pages of the whole person."""

from django.urls import include, path

from borough.resident.pages import (
    bank_details,
    codes,
    contact_points,
    correspondence,
    deciding,
    holds,
    names,
    needs,
    resident,
)

urlpatterns = [
    path("<int:number>/code", codes.send, name="resident-send-code"),
    path("sources/", include("borough.resident.sources.urls")),
    path("", include("borough.resident.figures.urls")),
    path("", include("borough.resident.looking.urls")),
    path("", include("borough.resident.moratoria.urls")),
    path("links/", include("borough.resident.identity.urls")),
    path("", include("borough.resident.plans.urls")),
    path("", include("borough.resident.fund.urls")),
    path("", include("borough.resident.signals.urls")),
    path("", include("borough.resident.effect.urls")),
    path("<int:number>", resident.resident, name="resident"),
    path("<int:number>/decided", deciding.decided, name="resident-decided"),
    path("<int:number>/help/<str:scheme>", deciding.help_asked, name="resident-help"),
    path("<int:number>/step", deciding.step, name="resident-step"),
    path("<int:number>/hold", holds.hold, name="resident-hold"),
    path("<int:number>/letters/<int:document>", resident.letter, name="resident-letter"),
    path("<int:number>/needs", needs.record, name="resident-need"),
    path("<int:number>/call", needs.call, name="resident-call"),
    path("<int:number>/needs/<int:need>/end", needs.end, name="resident-need-end"),
    path("<int:number>/contact-points", contact_points.record, name="resident-contact-point"),
    path(
        "<int:number>/contact-points/<int:contact_point>/preference",
        contact_points.prefer,
        name="resident-contact-point-prefer",
    ),
    path(
        "<int:number>/contact-points/<int:contact_point>/end",
        contact_points.end,
        name="resident-contact-point-end",
    ),
    path("<int:number>/correspondence", correspondence.record, name="resident-correspondence"),
    path(
        "<int:number>/correspondence/<int:address>/end",
        correspondence.end,
        name="resident-correspondence-end",
    ),
    path("<int:number>/bank-details", bank_details.record, name="resident-bank-details"),
    path(
        "<int:number>/bank-details/<int:details>/confirmation",
        bank_details.confirm,
        name="resident-bank-details-confirm",
    ),
    path(
        "<int:number>/bank-details/<int:details>/withdrawal",
        bank_details.withdraw,
        name="resident-bank-details-withdraw",
    ),
    path("<int:number>/name", names.correct, name="resident-name"),
    path("<int:number>/death", names.death, name="resident-death"),
    path("<int:number>/death/mistake", names.alive, name="resident-alive"),
]
