"""Draws every form of the product, and of the libraries in it, as GOV.UK Frontend does."""

from django.forms import renderers


class Renderer(renderers.TemplatesSetting):
    """``FORM_RENDERER``. Needs ``django.forms`` in ``INSTALLED_APPS``."""

    form_template_name = "borough/forms/form.html"
    field_template_name = "borough/forms/field.html"
