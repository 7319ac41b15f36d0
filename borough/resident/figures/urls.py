"""Figures for managers."""

from django.urls import path

from borough.resident.figures import pages

urlpatterns = [
    path("figures", pages.newest, name="figures"),
    path("figures/publishing", pages.publish, name="figures-publish"),
    path("figures/<str:day>", pages.of_day, name="figures-day"),
    path("figures/<str:day>/file", pages.file, name="figures-file"),
]
