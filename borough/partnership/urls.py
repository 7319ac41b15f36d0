"""Where the shared table is: below ``/partnership/``."""

from django.urls import path

from borough.partnership.measures import pages as measures
from borough.partnership.peers import pages as peers
from borough.partnership.seats import pages as seats
from borough.partnership.surveys import pages as surveys

app_name = "partnership"
urlpatterns = [
    path("measures", measures.measures, name="measures"),
    path("measures/<str:slug>", measures.measure, name="measure"),
    path("measures/<str:slug>/count", measures.count, name="measure_count"),
    path("measures/<str:slug>/target", measures.propose, name="target"),
    path("counts/<int:number>/dispute", measures.dispute, name="measure_dispute"),
    path("disputes/<int:number>/settlement", measures.settle, name="dispute_settle"),
    path("targets/<int:number>/signature", measures.sign, name="target_sign"),
    path("peers", peers.peers, name="peers"),
    path("peers/new", peers.load, name="peers_load"),
    path("surveys", surveys.surveys, name="surveys"),
    path("surveys/invitations/new", surveys.invite, name="survey_invite"),
    path("surveys/load/<slug:what>", surveys.load, name="survey_load"),
    path("questions/<slug:code>", surveys.question, name="question"),
    path("seats", seats.seats, name="seats"),
    path("seats/new", seats.give, name="seat"),
    path("seats/<int:number>/end", seats.end, name="seat_end"),
]
