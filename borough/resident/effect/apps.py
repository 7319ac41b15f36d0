from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.resident.effect"
    label = "effect"
