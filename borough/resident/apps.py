from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.resident"
    label = "resident"
