"""Where the yearly question is: below ``/partnership/``."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from borough.partnership.next_year.pages import choosing, public, reviews, sealing


class YearConverter(StringConverter):
    """A financial year in an address, such as 2025-26; nothing else names one."""

    regex = "[0-9]{4}-[0-9]{2}"


register_converter(YearConverter, "year")

urlpatterns = [
    path("next-year", reviews.years, name="next_years"),
    path("next-year/new", reviews.new, name="next_year_new"),
    path("next-year/<year:year>", reviews.review, name="next_year"),
    path("next-year/<year:year>/mandates/new", reviews.mandate, name="next_year_mandate"),
    path("next-year/<year:year>/round", reviews.ask, name="next_year_ask"),
    path("next-year/<year:year>/proposals", sealing.propose, name="next_year_propose"),
    path("next-year/<year:year>/groups/new", choosing.group, name="next_year_group"),
    path("next-year/<year:year>/groups", choosing.by_measure, name="next_year_by_measure"),
    path("next-year/<year:year>/choice", choosing.choose, name="next_year_choose"),
    path("mandates/<int:number>/end", reviews.end_mandate, name="mandate_end"),
    path("groups/<int:number>/end", choosing.take_apart, name="group_end"),
    path("choices/<int:number>", choosing.choice, name="next_year_choice"),
    path("public/next-year", public.notes, name="public_next_years"),
    path("public/next-year/<year:year>", public.shown, name="public_next_year"),
    path("public/next-year/<year:year>/pdf", public.pdf, name="public_next_year_pdf"),
]
