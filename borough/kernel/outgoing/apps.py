from django.apps import AppConfig


class Config(AppConfig):
    name = "borough.kernel.outgoing"
    label = "outgoing"
