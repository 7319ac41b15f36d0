"""The resident's own pages."""

from django.urls import path

from borough.resident.own import pages, pages_door, pages_fund

urlpatterns = [
    path("", pages.home, name="own"),
    path("sign-in", pages_door.sign_in, name="own-sign-in"),
    path("code", pages_door.code, name="own-code"),
    path("sign-out", pages_door.sign_out, name="own-sign-out"),
    path("letters/<int:number>", pages.letter, name="own-letter"),
    path("looks", pages.looks, name="own-looks"),
    path("message", pages.message, name="own-message"),
    path("contests/<int:fact>", pages.contest, name="own-contest"),
    path("fund", pages_fund.fund, name="own-fund"),
]
