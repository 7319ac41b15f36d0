"""The tags and filters of Borough's templates. Every template has them without a ``load``."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context, loader
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from borough.kernel.pages import (
    cells,
    charts,
    components,
    fields_drawn,
    links,
    one_use,
    paging,
    tables,
    wording,
)

register = template.Library()

register.filter("money", wording.money)
register.filter("balance", wording.balance)
register.filter("number", wording.number)
register.filter("day", wording.day)
register.filter("short_day", wording.short_day)
register.filter("moment", wording.moment)
register.filter("written", cells.written)
register.filter("slug", slugify)

register.filter("field_template", fields_drawn.template_of)
register.filter("question", fields_drawn.question)
register.filter("choices", fields_drawn.choices)
register.filter("day_parts", fields_drawn.day_parts)
register.filter("described_by", fields_drawn.described_by)
register.filter("messages_of", fields_drawn.messages_of)
register.simple_tag(fields_drawn.control, name="control")


@register.simple_tag
def period(starts: date, ends: date | None) -> str:
    """Write a half-open period: ``{% period charge.starts charge.ends %}``."""
    return wording.period(starts, ends)


@register.filter
def when(on: date) -> str:
    """Write a day, or a moment with its time."""
    return wording.moment(on) if isinstance(on, datetime) else wording.day(on)


@register.simple_tag
def one_use_token() -> SafeString:
    """Put a one-use token into a form (see ``one_use``)."""
    return format_html('<input type="hidden" name="{}" value="{}">', one_use.FIELD, one_use.issue())


@register.inclusion_tag("borough/parts/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """List the mistakes of the forms, each with a link to where it can be put right."""
    return {"mistakes": [each for form in forms if form for each in fields_drawn.mistakes(form)]}


@register.inclusion_tag("borough/forms/one_field.html")
def field(bound: Any, *, heading: bool = False) -> dict[str, Any]:
    """Draw one field; with ``heading=True`` its question is the heading of the page."""
    return {"field": bound, "heading": heading}


@register.inclusion_tag("borough/parts/table.html", takes_context=True)
def table(context: Context, shown: tables.Table) -> dict[str, Any]:
    """Draw a table, in a region that scrolls where the screen is narrow."""
    return {
        "table": shown,
        "id": f"table-{slugify(shown.caption)}",
        "headings": tables.headings(shown, _params(context)),
        "rows": [tables.body(shown.columns, row) for row in shown.rows],
        "total": shown.total and tables.body(shown.columns, shown.total),
    }


@register.inclusion_tag("borough/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Draw the links to the other pages of a numbered list; nothing when there is one page."""

    def href(number: int) -> str:
        return links.same_page(_params(context), **{paging.PAGE: number})

    return {
        "page": page,
        "numbers": [(number, number and href(number)) for number in paging.numbers(page)],
        "previous": href(page.previous_page_number()) if page.has_previous() else "",
        "next": href(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("borough/parts/stretch_pager.html", takes_context=True)
def stretch_pager(context: Context, stretch: paging.Stretch) -> dict[str, Any]:
    """Draw the links to newer and older rows of an endless list."""
    here = _params(context)
    newer, older = stretch.newer, stretch.older
    return {
        "newer": newer and links.same_page(here, after=newer, before=None),
        "older": older and links.same_page(here, before=older, after=None),
    }


@register.inclusion_tag("borough/parts/summary_list.html")
def summary_list(
    rows: Iterable[components.Row | Mapping[str, Any]], title: str = "", level: int = 2
) -> dict[str, Any]:
    """Draw a summary list; with a ``title`` it stands on a card of its own."""
    rows = list(rows)
    return {
        "rows": rows,
        "title": title,
        "level": level,
        "any_actions": any(_actions(row) for row in rows),
    }


@register.inclusion_tag("borough/parts/task_list.html")
def task_list(tasks: Iterable[components.Task], name: str = "task") -> dict[str, Any]:
    """Draw a task list; ``name`` keeps its ids apart from those of another on the page."""
    return {"tasks": list(tasks), "name": name}


@register.inclusion_tag("borough/parts/timeline.html")
def timeline(events: Iterable[components.Event], level: int = 3) -> dict[str, Any]:
    """Draw happenings, in the order given, under headings of ``level``."""
    return {"events": list(events), "level": level}


@register.inclusion_tag("borough/parts/working.html")
def working(shown: components.Working) -> dict[str, Any]:
    """Draw how an amount was worked out, closed until somebody asks."""
    return {"working": shown}


@register.inclusion_tag("borough/parts/slices.html")
def slices(lines: Iterable[components.Slice]) -> dict[str, Any]:
    """Draw lines of working, each with the lines behind it."""
    return {"lines": lines}


@register.inclusion_tag("borough/parts/chart.html", takes_context=True)
def chart(context: Context, shown: charts.Chart) -> dict[str, Any]:
    """Draw a chart with its finding in words and its data as a table."""
    return {"chart": shown, "request": context.get("request")}


@register.inclusion_tag("borough/parts/breadcrumbs.html")
def breadcrumbs(*trail: cells.Link | Iterable[cells.Link]) -> dict[str, Any]:
    """Draw the way here from the front page, without the page itself."""
    return {"links": [each for part in trail for each in _several(part)]}


@register.inclusion_tag("borough/parts/sections.html")
def sections(
    items: Iterable[components.Section], label: str = "Parts of this record"
) -> dict[str, Any]:
    """Draw a record's own navigation."""
    return {"items": items, "label": label}


@register.inclusion_tag("borough/parts/identity.html")
def identity(shown: components.Identity, level: int = 1) -> dict[str, Any]:
    """Draw the bar that says whom a record is about; the name is the heading of the page."""
    return {"identity": shown, "level": level}


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """Draw a state in a word or two."""
    return cells.written(cells.Tag(text, colour))


@register.inclusion_tag("borough/parts/progress.html", takes_context=True)
def progress(context: Context, done: int, total: int, what: str) -> dict[str, Any]:
    """Draw how far a run has got: ``{% progress 120 131400 "accounts billed" %}``."""
    return {
        "done": done,
        "total": total,
        "what": what,
        "percent": done * 100 // total if total else 100,
        "finished": done >= total,
        "watching": bool(context.get("refresh_seconds")),
        "watch": links.same_page(_params(context), **{links.REFRESH: links.SECONDS_BETWEEN_LOOKS}),
        "stop": links.same_page(_params(context), **{links.REFRESH: None}),
        "seconds": links.SECONDS_BETWEEN_LOOKS,
    }


@register.inclusion_tag("borough/parts/filter_form.html", takes_context=True)
def filter_form(
    context: Context, form: Any, button: str = "Apply filters", results: str = ""
) -> dict[str, Any]:
    """Draw the filters of a list, sent by GET; the order of the list is kept.

    ``results`` is the id of the list, for a link past the filters on a narrow screen.
    """
    sort = _params(context).get(tables.SORT, "")
    return {"form": form, "button": button, "sort": sort, "results": results}


@register.inclusion_tag("borough/parts/notification.html")
def notification(text: str, title: str = "Important", *, success: bool = False) -> dict[str, Any]:
    """Draw a notification banner. Success is for a page after a redirect, never for mistakes."""
    # Two banners may stand on a page, so that the id is made of what makes them differ.
    id_ = f"banner-{slugify(f'{title} {text}')}"
    return {"text": text, "title": title, "success": success, "id": id_}


@register.inclusion_tag("borough/parts/warning.html")
def warning(text: str) -> dict[str, Any]:
    """Draw a warning that nobody should miss."""
    return {"text": text}


@register.inclusion_tag("borough/parts/panel.html")
def panel(title: str, text: str = "", reference: str = "") -> dict[str, Any]:
    """Draw the confirmation that something is done; its title is the heading of the page."""
    return {"title": title, "text": text, "reference": reference}


@register.inclusion_tag("borough/parts/back_link.html")
def back_link(href: str, text: str = "Back") -> dict[str, Any]:
    """Draw the link to the page before."""
    return {"href": href, "text": text}


@register.inclusion_tag("borough/parts/button_link.html")
def button_link(text: str, href: str, kind: str = "") -> dict[str, Any]:
    """Draw a link as a button; ``kind`` is ``secondary``, ``warning`` or nothing."""
    return {"text": text, "href": href, "kind": kind}


@register.inclusion_tag("borough/parts/button.html")
def button(text: str, kind: str = "") -> dict[str, Any]:
    """Draw the button that sends a form; a second press at once is not sent."""
    return {"text": text, "kind": kind}


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Set a few words apart: ``{% inset %}...{% endinset %}``."""
    return SafeString(f'<div class="govuk-inset-text">{content}</div>')


@register.simple_block_tag
def details(content: str, summary: str) -> str:
    """Hide what few need behind a line: ``{% details "More" %}...{% enddetails %}``."""
    return loader.render_to_string(
        "borough/parts/details.html", {"summary": summary, "content": content}
    )


@register.simple_block_tag(takes_context=True)
def tab(context: Context, content: str, title: str) -> str:
    """Hand one panel to the ``tabs`` around it."""
    panels: list[Any] = context.render_context.setdefault("borough_tabs", [])  # type: ignore[assignment]
    panels.append({"title": title, "id": f"tab-{slugify(title)}", "content": content})
    return ""


@register.simple_block_tag(takes_context=True)
def tabs(context: Context, content: str, title: str = "Contents") -> str:
    """Draw its ``tab`` panels as tabs; without JavaScript they stand under one another."""
    panels = context.render_context.get("borough_tabs", [])
    context.render_context["borough_tabs"] = []
    return loader.render_to_string(
        "borough/parts/tabs.html", {"title": title, "panels": panels, "level": 2}
    )


def _actions(row: components.Row | Mapping[str, Any]) -> Any:
    return row.get("actions") if isinstance(row, Mapping) else row.actions


def _several(part: Any) -> Iterable[cells.Link]:
    return [part] if isinstance(part, cells.Link) else part


def _params(context: Context) -> Mapping[str, str]:
    request = context.get("request")
    return request.GET if request else {}
