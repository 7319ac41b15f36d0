"""The forms that every page of Borough is built on."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms


class Form(forms.Form):
    """A form whose mistakes are explained by the page, not by the browser's bubbles."""

    use_required_attribute = False
    marks_optional = True
    """Whether a question that need not be answered says so after its label."""


class FilterForm(Form):
    """A form of a list: sent by GET, every question optional, always bound to the address."""

    marks_optional = False

    def __init__(self, *args: Any, **options: Any) -> None:
        # A list may stand beside a form that asks about the same things.
        super().__init__(*args, **{"auto_id": "filter_%s"} | options)
        for field in self.fields.values():
            field.required = False

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, without what was left empty or is not valid."""
        self.full_clean()
        empty: tuple[Any, ...] = ("", None, [])
        return {key: value for key, value in self.cleaned_data.items() if value not in empty}


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Say between what a question lets choose, where only the page knows: value and words of each.

    Raises:
        TypeError: it is no question with choices.
    """
    _choice(form, name).choices = list(choices)


def offered(form: forms.BaseForm, name: str) -> list[Any]:
    """Return between what values a question lets choose."""
    # Django's own type also tells what choices may be made of; kept, they are pairs.
    return [value for value, _ in cast("Iterable[tuple[Any, Any]]", _choice(form, name).choices)]


def _choice(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no question with choices.")
    return field
