"""Small values that a table, a summary list or a timeline can hold, and how each is written."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from borough.kernel.pages import wording

MISSING = format_html(
    '<span class="borough-missing" aria-hidden="true">&ndash;</span>'
    '<span class="govuk-visually-hidden">{}</span>',
    wording.NOT_KNOWN,
)


@dataclass(frozen=True)
class Link:
    """A link; ``hidden`` is read out after the text, so that no two links sound the same."""

    text: str
    href: str
    hidden: str = ""


@dataclass(frozen=True)
class Tag:
    """A state in a word or two; ``colour`` is one of GOV.UK's tag colours."""

    text: str
    colour: str = ""


@dataclass(frozen=True)
class Pence:
    """An amount of money, in whole pence."""

    pence: int | None


@dataclass(frozen=True)
class Lines:
    """Several values under one another, such as an address."""

    values: tuple[Any, ...]


@singledispatch
def written(value: object) -> SafeString:
    """Write a value as safe HTML. Text is escaped; ``None`` is shown as missing, never as zero."""
    return conditional_escape(str(value))


@written.register
def _(value: None) -> SafeString:
    return MISSING


@written.register
def _(value: str) -> SafeString:
    return conditional_escape(value) if value else MISSING


@written.register
def _(value: bool) -> SafeString:  # noqa: FBT001  dispatched on, never passed by position
    return SafeString("Yes" if value else "No")


@written.register
def _(value: int) -> SafeString:
    return SafeString(wording.number(value))


@written.register
def _(value: date) -> SafeString:
    return format_html('<span class="borough-nowrap">{}</span>', wording.short_day(value))


@written.register
def _(value: datetime) -> SafeString:
    return SafeString(wording.moment(value))


@written.register
def _(value: Pence) -> SafeString:
    if value.pence is None:
        return MISSING
    return format_html('<span class="borough-nowrap">{}</span>', wording.money(value.pence))


@written.register
def _(value: Tag) -> SafeString:
    colour = f" govuk-tag--{value.colour}" if value.colour else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', colour, value.text)


@written.register
def _(value: Link) -> SafeString:
    hidden = (
        format_html('<span class="govuk-visually-hidden"> {}</span>', value.hidden)
        if value.hidden
        else ""
    )
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', value.href, value.text, hidden)


@written.register
def _(value: Lines) -> SafeString:
    lines = ((written(each),) for each in value.values)
    if any(isinstance(each, Link) for each in value.values):  # each a target of its own
        return format_html_join("", '<span class="borough-stacked">{}</span>', lines)
    return format_html_join(SafeString("<br>"), "{}", lines)
