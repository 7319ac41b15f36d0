"""Addresses of what help comes to."""

from django.urls import path

from borough.resident.effect import pages

urlpatterns = [
    path("effect", pages.overview, name="effect"),
    path("effect/counts/<slug:count>", pages.counts, name="effect-counts"),
    path("effect/runs/<int:number>", pages.kept, name="effect-kept"),
    path("effect/runs/<int:number>/pdf", pages.kept_pdf, name="effect-kept-pdf"),
    path("effect/runs/<int:number>/<slug:outcome>/<int:page>", pages.rows, name="effect-rows"),
    path("effect/papers/<slug:paper>", pages.made, name="effect-made"),
    path("effect/papers/<slug:paper>/pdf", pages.made_pdf, name="effect-made-pdf"),
]
