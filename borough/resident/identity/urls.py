"""Where who is who is decided: below ``/residents/links/``."""

from django.urls import path

from borough.resident.identity import pages, pages_joined

app_name = "identity"
urlpatterns = [
    path("", pages.links, name="links"),
    path("run", pages.run, name="run"),
    path("next", pages.following, name="next"),
    path("<int:number>", pages.proposal, name="proposal"),
    path("of/<int:number>", pages_joined.joined, name="joined"),
    path("of/<int:number>/<int:record>", pages_joined.split, name="split"),
]
