"""What the form templates ask of a field: its template, its question, its controls, its faults."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from borough.kernel.pages import widgets

# The first that fits is drawn, so that the more special kinds come first.
TEMPLATES: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "upload"),
    (forms.PasswordInput, "password"),
    (widgets.DayInput, "day"),
    (forms.Widget, "input"),
)


def template_of(field: BoundField) -> str:
    """Return the template that draws the field, chosen by its widget."""
    widget = field.field.widget
    name = next(name for kind, name in TEMPLATES if isinstance(widget, kind))
    return f"borough/forms/{name}.html"


def question(field: BoundField) -> str:
    """Return the label, which says so when the question need not be answered."""
    optional = getattr(field.form, "marks_optional", False) and not field.field.required
    return f"{field.label} (optional)" if optional else str(field.label)


def described_by(field: BoundField) -> str:
    """Return the ids of the hint and of the error, such as there are."""
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    return " ".join([*ids, f"{field.auto_id}-error"] if field.errors else ids)


def control(field: BoundField, base: str, wrong: str = "") -> SafeString:
    """Draw the field's own control with GOV.UK's class and its descriptions."""
    own = field.field.widget.attrs
    classes = [base, wrong if field.errors else "", own.get("class", "")]
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    describes = " ".join(filter(None, [own.get("aria-describedby", ""), described_by(field)]))
    if describes:
        attrs["aria-describedby"] = describes
    return field.as_widget(attrs=attrs)


def choices(field: BoundField) -> list[dict[str, Any]]:
    """Return the choices of radios or checkboxes. The first carries the field's own id."""
    hints = getattr(field.field.widget, "hints", {})
    return [
        {
            "id": field.auto_id if place == 0 else f"{field.auto_id}_{place}",
            "name": each.data["name"],
            "value": each.data["value"],
            "label": each.data["label"],
            "checked": each.data["selected"],
            "disabled": each.data["attrs"].get("disabled"),
            "hint": hints.get(each.data["value"], ""),
        }
        for place, each in enumerate(field.subwidgets)
    ]


def day_parts(field: BoundField) -> list[dict[str, Any]]:
    """Return the three boxes of a day, those that are wrong marked."""
    widget = field.field.widget
    wrong = frozenset(_wrong_parts(field))
    parts: list[dict[str, Any]] = widget.parts(field.html_name, field.value(), field.auto_id, wrong)
    return parts


def messages_of(field: BoundField) -> list[str]:
    """Return the field's mistakes in words."""
    return [str(message) for message in field.errors]


def mistakes(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    """Yield each mistake of a form in the order of its fields, with the id that it is about."""
    for message in form.non_field_errors():
        yield {"message": str(message), "target": ""}
    for field in form:
        for message in field.errors:
            yield {"message": str(message), "target": "" if field.is_hidden else _target(field)}


def _target(field: BoundField) -> str:
    """Return the id of the control to go to: the first, or the first box of a day that is wrong."""
    if isinstance(field.field.widget, widgets.DayInput):
        return str(next(part["id"] for part in day_parts(field) if part["wrong"]))
    return field.auto_id


def _wrong_parts(field: BoundField) -> tuple[str, ...]:
    if not field.errors:
        return ()
    faults = field.errors.as_data()
    named: tuple[str, ...] = (faults[0].params or {}).get("wrong", ())
    return named or tuple(part for part, _, _ in widgets.PARTS)
