"""XML from outside, read as if it meant harm: its size and depth bounded, nothing of it resolved.

A document type is refused before anything is read, and with it every entity, in any encoding.
"""

import io
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from borough.kernel import commanding

Element = ElementTree.Element
MOST_DEPTH = 40


class UnreadableXml(commanding.Refusal):
    """The file is not XML that we read; the sentence says what to send instead."""


def elements(content: bytes, *, most_bytes: int) -> Iterator[tuple[int, Element]]:
    """Yield every element as it ends, with its depth (the root's is 0).

    The caller clears what it no longer needs, so that a large file does not fill the memory.

    Raises:
        UnreadableXml: too large, too deep, not XML, or with a document type.
    """
    if len(content) > most_bytes:
        raise UnreadableXml(
            f"The file is larger than {most_bytes // 1024 // 1024} MiB. Ask for it in parts."
        )
    _refuse_document_type(content)
    depth = 0
    try:
        # Entities cannot be here: the pass above has refused every document type.
        for event, element in ElementTree.iterparse(  # noqa: S314
            io.BytesIO(content), events=("start", "end")
        ):
            if event == "start":
                depth += 1
                if depth > MOST_DEPTH:
                    raise UnreadableXml("The file is nested too deeply to be what it should be.")
                continue
            depth -= 1
            yield depth, element
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise UnreadableXml("The file is not whole XML. Fetch it again from the bank.") from error


def root(content: bytes, *, most_bytes: int) -> Element:
    """Return the root of a small file.

    Raises:
        UnreadableXml: as ``elements``.
    """
    last = None
    for depth, element in elements(content, most_bytes=most_bytes):
        last = element if depth == 0 else last
    if last is None:
        raise UnreadableXml("The file holds nothing.")
    return last


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of a local name."""
    return (one for one in element if local(one) == name)


def find(element: Element, *names: str) -> Element | None:
    """Return the first element down a path of local names; None when there is none."""
    found: Element | None = element
    for name in names:
        found = next(children(found, name), None) if found is not None else None
    return found


def text(element: Element, *names: str) -> str:
    """Return the text down a path of local names, without blanks around it; "" when none."""
    found = find(element, *names)
    return (found.text or "").strip() if found is not None else ""


def _refuse_document_type(content: bytes) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise UnreadableXml(
            "The file declares a document type, which no bank's file has. It was not read."
        )

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  expat takes no keywords
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableXml("The file is not whole XML. Fetch it again from the bank.") from error
