from django.urls import path

from borough.kernel.pages import views

urlpatterns = [path("", views.pattern_library, name="pattern-library")]
