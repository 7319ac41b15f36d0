"""What must be true of the text of every page; no browser is needed, so the fast tests ask it."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

from django.forms import BaseForm
from tinyhtml5.parser import HTMLParser

FOCUSABLE = {"input", "select", "textarea", "button", "summary"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BETWEEN = " \N{EN DASH} "
# Django's own words, none of which a resident or an officer should ever read.
DJANGOS_WORDS = re.compile(
    r"This field|Ensure this|Enter a valid|Enter a whole number|Enter a number|Enter a list"
    r"|Select a valid|Null characters|No file was|The submitted file|Upload a valid"
)


@dataclass
class Document:
    """A parsed page: its elements in order, and the faults a strict parser found."""

    elements: list[ElementTree.Element]
    faults: list[str] = field(default_factory=list)

    def all(self, *names: str) -> list[ElementTree.Element]:
        return [each for each in self.elements if each.tag in names]

    def by_id(self, id_: str) -> ElementTree.Element | None:
        return next((each for each in self.elements if each.get("id") == id_), None)


def parse(html: str) -> Document:
    """Parse a page as strictly as the standard allows, remembering every fault."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    return Document(elements, [f"{place}: {code}" for place, code, _ in parser.errors])


def words(element: ElementTree.Element) -> str:
    """Return the text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def check(html: str, *, in_error: bool = False) -> Document:
    """Assert on a page's text what axe forgives; return the parsed page."""
    page = parse(html)
    assert not page.faults, f"not strict HTML: {page.faults}"
    check_title(page, in_error=in_error)
    check_headings(page)
    check_ids(page)
    check_language(page)
    check_error_links(page)
    check_anchors(page)
    check_nothing_inline(page)
    return page


def check_title(page: Document, *, in_error: bool = False) -> None:
    [title] = [each for each in page.all("title") if page.elements.index(each) < 20]
    parts = words(title).split(BETWEEN)
    assert [bool(each) for each in parts] == [True] * 3, f"not page, Borough, council: {parts}"
    assert parts[0].startswith("Error: ") == in_error, f"title in error? {parts[0]}"


def check_headings(page: Document) -> None:
    levels = [int(each.tag[1]) for each in page.all(*HEADINGS)]
    assert levels.count(1) == 1, f"{levels.count(1)} h1"
    # What stands above the h1 (the error summary, a message) may be an h2.
    rest = levels[levels.index(1) :]
    skips = [(a, b) for a, b in pairwise(rest) if b > a + 1]
    assert not skips, f"headings skip: {skips}"


def check_ids(page: Document) -> None:
    ids = [each.get("id") for each in page.elements if each.get("id")]
    doubled = {each for each in ids if ids.count(each) > 1}
    assert not doubled, f"ids used twice: {doubled}"
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for element in page.elements:
            missing = [each for each in element.get(attribute, "").split() if each not in ids]
            assert not missing, f"{attribute} of <{element.tag}> points nowhere: {missing}"


def check_anchors(page: Document) -> None:
    links = [each.get("href", "") for each in page.all("a")]
    ids = {each.get("id") for each in page.elements}
    lost = [each for each in links if each.startswith("#") and each[1:] not in ids]
    assert not lost, f"links within the page that lead nowhere: {lost}"


def check_language(page: Document) -> None:
    [html] = page.all("html")
    assert html.get("lang") == "en-GB", "the language of the page is not said"
    assert all(each.get("lang") != "" for each in page.elements)


def check_error_links(page: Document) -> None:
    summaries = [e for e in page.elements if "govuk-error-summary" in e.get("class", "").split()]
    for link in [each for summary in summaries for each in summary.iter("a")]:
        target = page.by_id(link.get("href", "").removeprefix("#"))
        assert target is not None, f"error link to nowhere: {link.get('href')}"
        assert target.tag in FOCUSABLE, f"error link to <{target.tag}>, which takes no focus"
        assert target.get("type") != "hidden", f"error link to hidden {target.get('name')}"


def check_nothing_inline(page: Document) -> None:
    for each in page.elements:
        handlers = [name for name in each.attrib if name == "style" or name.startswith("on")]
        assert not handlers, f"<{each.tag}> has {handlers}"
        assert each.tag != "style", "a <style> in the page"
        if each.tag == "script":
            assert each.get("src"), "a script in the page"
            assert not words(each), "a script in the page"
        assert not each.get("href", "").startswith("javascript:"), "a link that is a script"


def check_own_words(form: BaseForm) -> None:
    """Assert that no field of a form can answer with Django's words (GOV.UK's pattern instead)."""
    for name, bound_field in form.fields.items():
        for code, message in bound_field.error_messages.items():
            found = DJANGOS_WORDS.search(str(message))
            assert not found, f"{type(form).__name__}.{name} ({code}) says: {message}"
            assert not str(message).endswith("."), f"{name} ({code}) ends with a full stop"


def day_data(name: str, on: date) -> dict[str, str]:
    """Return what a browser posts for a day."""
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }
