"""The pages of the letters that go out."""

from django.urls import path

from borough.kernel.outgoing import pages

urlpatterns = [
    path("", pages.outgoing, name="outgoing"),
    path("batches/<int:number>/<str:name>", pages.file, name="outgoing-file"),
    path("letters/<int:number>", pages.given, name="outgoing-given"),
]
