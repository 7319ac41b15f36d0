from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.town"
    label = "town"
