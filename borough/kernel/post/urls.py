"""The pages of the incoming post."""

from django.urls import path

from borough.kernel.post import pages

urlpatterns = [
    path("", pages.waiting, name="post"),
    path("new", pages.take_in, name="post-new"),
    path("<int:number>", pages.item, name="post-item"),
    path("<int:number>/file", pages.file, name="post-file"),
]
