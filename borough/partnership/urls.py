"""Where the shared table is: below ``/partnership/``."""

from django.urls import path

from borough.partnership.seats import pages as seats

app_name = "partnership"
urlpatterns = [
    path("seats", seats.seats, name="seats"),
    path("seats/new", seats.give, name="seat"),
    path("seats/<int:number>/end", seats.end, name="seat_end"),
]
