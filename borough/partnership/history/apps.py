from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.partnership.history"
    label = "history"
