from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.kernel.holds"
    label = "holds"
