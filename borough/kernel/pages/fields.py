"""Form fields that ask in the council's words.

Each field is told ``what`` it asks for - "the day the discount starts" - and makes its messages
from that: "Enter the day the discount starts", "Select a service". None falls back on Django's.
"""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

from borough.kernel.pages import parsing, widgets, wording

Choices = Iterable[tuple[Any, str]] | Callable[[], Iterable[tuple[Any, str]]]
LARGEST_PENCE = 99_999_999_999
BYTES_IN_A_MEGABYTE = 1024 * 1024


def enter(what: str) -> dict[str, str]:
    """Return the messages of a field that is typed into."""
    return {
        "required": f"Enter {what}",
        "invalid": f"Enter {what} in the correct format",
        "max_length": f"{_sentence(what)} must be %(limit_value)d characters or fewer",
        "min_length": f"{_sentence(what)} must be %(limit_value)d characters or more",
        "null_characters_not_allowed": f"{_sentence(what)} must not have hidden characters in it",
    }


def select(what: str) -> dict[str, str]:
    """Return the messages of a field that is chosen from."""
    choose = f"Select {what}"
    return {"required": choose, "invalid_choice": choose, "invalid_list": choose}


class TextField(forms.CharField):
    """One line of text."""

    def __init__(self, *, what: str, **options: Any) -> None:
        super().__init__(error_messages=enter(what), **options)


class LongTextField(TextField):
    """Several lines of text."""

    def __init__(self, *, what: str, rows: int = 5, **options: Any) -> None:
        super().__init__(what=what, widget=forms.Textarea({"rows": rows}), **options)


class EmailField(forms.EmailField):
    """An email address, of somebody other than who types it unless ``widget`` says so."""

    def __init__(self, *, what: str = "an email address", **options: Any) -> None:
        example = f"Enter {what} in the correct format, like name@example.com"
        # An officer types a resident's address: the browser must not offer the officer's own.
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            error_messages=enter(what) | {"invalid": example},
            **{"widget": forms.EmailInput(attrs)} | options,
        )


class PasswordField(forms.CharField):
    """A password, never sent back to the page."""

    def __init__(
        self, *, what: str, autocomplete: str = "current-password", **options: Any
    ) -> None:
        attrs = {"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none"}
        super().__init__(
            error_messages=enter(what),
            strip=False,
            **{"widget": forms.PasswordInput(attrs)} | options,
        )


class WholeNumberField(forms.IntegerField):
    """A whole number; commas are welcome."""

    widget = widgets.NumberInput

    def __init__(self, *, what: str, suffix: str = "", **options: Any) -> None:
        name = _sentence(what)
        fewer = "less" if suffix == "%" else "fewer"  # things are counted, per cent are not
        messages = {
            "required": f"Enter {what}",
            "invalid": f"{name} must be a whole number, like 15",
            "min_value": f"{name} must be %(limit_value)s or more",
            "max_value": f"{name} must be %(limit_value)s or {fewer}",
        }
        widget = widgets.NumberInput(suffix=suffix)
        super().__init__(error_messages=messages, **{"widget": widget} | options)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.replace(",", "").strip()
            if value and not value.lstrip("-").isdecimal():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class MoneyField(forms.Field):
    """An amount in pounds, cleaned to whole pence without ever being a float."""

    widget = widgets.MoneyInput

    def __init__(
        self,
        *,
        what: str,
        least_pence: int = 0,
        most_pence: int = LARGEST_PENCE,
        **options: Any,
    ) -> None:
        self.least_pence, self.most_pence, self.name = least_pence, most_pence, _sentence(what)
        super().__init__(error_messages={"required": f"Enter {what}"}, **options)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return parsing.pence(str(value))
        except parsing.NotMoney:
            sentence = f"{self.name} must be in pounds and pence, like 120 or 1,234.50"
            raise ValidationError(sentence, code="invalid") from None

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.least_pence:
            least = wording.money(self.least_pence)
            raise ValidationError(f"{self.name} must be {least} or more", code="min_value")
        if value > self.most_pence:
            most = wording.money(self.most_pence)
            raise ValidationError(f"{self.name} must be {most} or less", code="max_value")

    def has_changed(self, initial: int | None, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class DayField(forms.Field):
    """A day, in three boxes; ``earliest`` and ``latest`` are the first and last days it takes."""

    widget = widgets.DayInput

    def __init__(
        self,
        *,
        what: str,
        earliest: date | None = None,
        latest: date | None = None,
        **options: Any,
    ) -> None:
        self.earliest, self.latest, self.name = earliest, latest, _sentence(what)
        super().__init__(error_messages={"required": f"Enter {what}"}, **options)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        if not any(value or ()):
            return None
        try:
            return parsing.day(*value)
        except parsing.NotADay as fault:
            sentence = f"{self.name} {fault}"
            params = {"wrong": fault.wrong}
            raise ValidationError(sentence, code="invalid", params=params) from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            words = f"{self.name} must be on or after {wording.day(self.earliest)}"
            raise ValidationError(words, code="min_value")
        if value and self.latest and value > self.latest:
            words = f"{self.name} must be on or before {wording.day(self.latest)}"
            raise ValidationError(words, code="max_value")

    def has_changed(self, initial: date | None, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class ChoiceField(forms.ChoiceField):
    """One of a few, as radio buttons; ``hints`` explains a choice by its value."""

    def __init__(
        self, *, what: str, choices: Choices, hints: dict[str, str] | None = None, **options: Any
    ) -> None:
        widget = widgets.Radios(hints=hints)
        messages = select(what)
        super().__init__(choices=choices, error_messages=messages, **{"widget": widget} | options)


class SelectField(forms.ChoiceField):
    """One of many, as a list to open; nothing is chosen beforehand."""

    def __init__(
        self,
        *,
        what: str,
        choices: Iterable[tuple[Any, str]],
        empty: str = "Select an option",
        **options: Any,
    ) -> None:
        super().__init__(choices=[("", empty), *choices], error_messages=select(what), **options)


class ChoicesField(forms.MultipleChoiceField):
    """Any of a few, as checkboxes."""

    def __init__(
        self, *, what: str, choices: Choices, hints: dict[str, str] | None = None, **options: Any
    ) -> None:
        widget = widgets.Checkboxes(hints=hints)
        super().__init__(choices=choices, error_messages=select(what), widget=widget, **options)


class YesNoField(forms.TypedChoiceField):
    """Yes or no, cleaned to a bool; ``what`` reads "yes if the property is empty"."""

    def __init__(self, *, what: str, **options: Any) -> None:
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            widget=widgets.Radios(),
            error_messages=select(what),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class ConfirmField(forms.BooleanField):
    """One box to tick; ``what`` reads "to confirm that the form is signed"."""

    def __init__(self, *, what: str, **options: Any) -> None:
        super().__init__(error_messages=select(what), **options)


class UploadField(forms.FileField):
    """A file of one of a few kinds. Its content is looked into where documents are kept."""

    def __init__(
        self, *, what: str, extensions: frozenset[str], most_megabytes: int = 10, **options: Any
    ) -> None:
        self.extensions, self.most_megabytes, self.what = extensions, most_megabytes, what
        messages = {
            "required": f"Select {what}",
            "invalid": f"Select {what}",
            "missing": f"Select {what}",
            "empty": "The selected file is empty",
            "max_length": "The selected file's name must be %(max)d characters or fewer",
            "contradiction": f"Either select {what} or tick the box to take it away, not both",
        }
        kinds = ",".join(f".{kind}" for kind in sorted(extensions))
        super().__init__(
            error_messages=messages, widget=forms.FileInput({"accept": kinds}), **options
        )

    def to_python(self, data: Any) -> Any:
        file: File[Any] | None = super().to_python(data)
        if file is None:
            return None
        if PurePath(file.name or "").suffix.lower().lstrip(".") not in self.extensions:
            kinds = " or ".join(kind.upper() for kind in sorted(self.extensions))
            raise ValidationError(f"The selected file must be a {kinds}", code="extension")
        if file.size > self.most_megabytes * BYTES_IN_A_MEGABYTE:
            words = f"The selected file must be smaller than {self.most_megabytes}MB"
            raise ValidationError(words, code="size")
        return file


def _sentence(what: str) -> str:
    """Begin a sentence with the words of a field: "a summary" becomes "Summary"."""
    article, _, rest = what.partition(" ")
    words = rest if article in {"a", "an"} and rest else what
    return words[:1].upper() + words[1:]
