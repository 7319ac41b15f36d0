"""Where the feeds of other systems are: below ``/residents/sources/``."""

from django.urls import path

from borough.resident.sources import pages

app_name = "sources"
urlpatterns = [
    path("", pages.sources, name="sources"),
    path("<slug:slug>", pages.source, name="source"),
    path("<slug:slug>/feeds", pages.load, name="load"),
    path("<slug:slug>/withdrawal", pages.withdraw_source, name="withdraw_source"),
    path("feeds/<int:number>", pages.feed, name="feed"),
    path("feeds/<int:number>/rows", pages.rows, name="rows"),
    path("feeds/<int:number>/discarding", pages.discard, name="discard"),
    path("feeds/<int:number>/withdrawal", pages.withdraw_feed, name="withdraw_feed"),
]
