"""The pages of the letters that go out."""

from django.urls import path

from borough.kernel.outgoing import pages, pages_paperless

urlpatterns = [
    path("", pages.outgoing, name="outgoing"),
    path("batches/<int:number>/<str:name>", pages.file, name="outgoing-file"),
    path("letters/<int:number>", pages.given, name="outgoing-given"),
    path("people/<int:number>/email", pages_paperless.by_email, name="outgoing-by-email"),
    path("email/<str:secret>", pages_paperless.confirm, name="outgoing-confirm"),
]
