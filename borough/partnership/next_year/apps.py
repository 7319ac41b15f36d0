from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.partnership.next_year"
    label = "next_year"
