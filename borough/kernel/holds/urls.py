"""Where the pages of holds are."""

from django.urls import path

from borough.kernel.holds import pages

urlpatterns = [
    path("", pages.to_review, name="holds"),
    path("<int:number>", pages.hold, name="hold"),
]
