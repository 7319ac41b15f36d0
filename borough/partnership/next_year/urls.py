"""Where the yearly question is: below ``/partnership/``."""

from django.urls import path

from borough.partnership.next_year.pages import choosing, public, reviews, sealing

urlpatterns = [
    path("next-year", reviews.years, name="next_years"),
    path("next-year/new", reviews.new, name="next_year_new"),
    path("next-year/<str:year>", reviews.review, name="next_year"),
    path("next-year/<str:year>/mandates/new", reviews.mandate, name="next_year_mandate"),
    path("next-year/<str:year>/round", reviews.ask, name="next_year_ask"),
    path("next-year/<str:year>/proposals", sealing.propose, name="next_year_propose"),
    path("next-year/<str:year>/groups/new", choosing.group, name="next_year_group"),
    path("next-year/<str:year>/groups", choosing.by_measure, name="next_year_by_measure"),
    path("next-year/<str:year>/choice", choosing.choose, name="next_year_choose"),
    path("mandates/<int:number>/end", reviews.end_mandate, name="mandate_end"),
    path("groups/<int:number>/end", choosing.take_apart, name="group_end"),
    path("choices/<int:number>", choosing.choice, name="next_year_choice"),
    path("public/next-year", public.notes, name="public_next_years"),
    path("public/next-year/<str:year>", public.shown, name="public_next_year"),
    path("public/next-year/<str:year>/pdf", public.pdf, name="public_next_year_pdf"),
]
