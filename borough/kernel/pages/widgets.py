"""Controls that Django lacks: an amount with its pound sign, a day in three boxes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from borough.kernel.pages import wording

PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


class MoneyInput(forms.TextInput):
    """Pounds as text, with a pound sign before the box."""

    prefix = "£"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"inputmode": "decimal", "spellcheck": "false", "class": "govuk-input--width-10"}
        super().__init__(own | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """Show whole pence as pounds; leave what somebody typed as they typed it."""
        return wording.money(value).replace("£", "") if isinstance(value, int) else value


class NumberInput(forms.TextInput):
    """A whole number as text: a number box changes its value when the page is scrolled."""

    def __init__(self, attrs: dict[str, Any] | None = None, suffix: str = "") -> None:
        self.suffix = suffix
        own = {"inputmode": "numeric", "spellcheck": "false", "class": "govuk-input--width-5"}
        super().__init__(own | (attrs or {}))


class DayInput(forms.Widget):
    """A day as three boxes. Its raw value is the three texts ``(day, month, year)``."""

    template_name = "borough/forms/day_input.html"
    use_fieldset = True

    def parts(self, name: str, value: Any, id_: str, wrong: frozenset[str]) -> list[dict[str, Any]]:
        """Return what each box needs. The first carries the field's own id, for error links."""
        born = self.attrs.get("autocomplete") == "bday"
        return [
            {
                "label": label,
                "id": id_ if part == "day" else f"{id_}_{part}",
                "name": f"{name}_{part}",
                "value": text,
                "width": width,
                "wrong": part in wrong,
                "autocomplete": f"bday-{part}" if born else "",
            }
            for (part, label, width), text in zip(PARTS, self._texts(value), strict=True)
        ]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        return context | {"parts": self.parts(name, value, id_, frozenset())}

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[str, str, str]:
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part, _, _ in PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part, _, _ in PARTS)

    def _texts(self, value: Any) -> tuple[str, str, str]:
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        return value or ("", "", "")


class Radios(forms.RadioSelect):
    """Radio buttons, of which each may have a hint: ``{value: sentence}``."""

    def __init__(self, hints: Mapping[str, str] | None = None, **options: Any) -> None:
        self.hints = hints or {}
        super().__init__(**options)


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes, of which each may have a hint: ``{value: sentence}``."""

    def __init__(self, hints: Mapping[str, str] | None = None, **options: Any) -> None:
        self.hints = hints or {}
        super().__init__(**options)
