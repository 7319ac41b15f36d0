"""Where the pages of moratoria are."""

from django.urls import path

from borough.resident.moratoria.pages import deeds, notices, recording, showing

urlpatterns = [
    path("moratoria", showing.running, name="moratoria"),
    path("<int:number>/moratorium", recording.record, name="resident-moratorium"),
    path(
        "<int:number>/moratorium/<int:by_feed>",
        recording.record,
        name="resident-moratorium-by-feed",
    ),
    path("moratoria/notices", notices.waiting, name="moratorium-notices"),
    path("moratoria/notices/<int:number>", notices.notice, name="moratorium-notice"),
    path("moratoria/<int:number>", showing.moratorium, name="moratorium"),
    path("moratoria/<int:number>/search", deeds.search, name="moratorium-search"),
    path("moratoria/<int:number>/adviser", deeds.adviser, name="moratorium-adviser"),
    path("moratoria/<int:number>/holders", deeds.holders, name="moratorium-holders"),
    path("moratoria/<int:number>/review", deeds.review, name="moratorium-review"),
    path("moratoria/<int:number>/midway", deeds.midway, name="moratorium-midway"),
    path("moratoria/<int:number>/treatment", deeds.treatment, name="moratorium-treatment"),
    path("moratoria/<int:number>/ending", deeds.ending, name="moratorium-ending"),
    path("moratoria/debts/<int:number>/release", deeds.release, name="moratorium-release"),
]
