"""The pages of the whole person."""

from django.urls import path

from borough.resident import pages

urlpatterns = [
    path("<int:number>", pages.resident, name="resident"),
    path("<int:number>/letters/<int:document>", pages.letter, name="resident-letter"),
]
