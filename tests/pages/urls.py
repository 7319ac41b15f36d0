"""The addresses of the page layer's own tests: the pattern library with no sign-in before it."""

from django.urls import path

from borough.kernel.pages import views

urlpatterns = [path("pattern-library", views.pattern_library, name="pattern-library")]
