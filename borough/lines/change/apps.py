from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.lines.change"
    label = "change"
