"""Where everything is found. A line's pages live below its slug."""

from django.urls import include, path

from borough.kernel import joining
from borough.wiring import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("health", pages.health, name="health"),
    path("purpose", pages.purpose, name="purpose"),
    path("services/<slug:slug>", pages.service, name="service"),
    path("find", pages.find, name="find"),
    path("pattern-library", pages.patterns, name="pattern-library"),
    path("accounts/", include("borough.wiring.sign_in_urls")),
    path("", include("borough.wiring.officer_urls")),
    path("post/", include("borough.kernel.post.urls")),
    path("outgoing/", include("borough.kernel.outgoing.urls")),
    path("bank/", include("borough.kernel.bank.urls")),
    path("holds/", include("borough.kernel.holds.urls")),
    path("my/", include("borough.resident.own.urls")),
    path("residents/", include("borough.resident.urls")),
    path("partnership/", include("borough.partnership.urls")),
    *(path(f"{line.slug}/", include(line.urls)) for line in joining.lines() if line.urls),
]
