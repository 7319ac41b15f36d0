"""What the logs may say: which route failed, where in the code, and nothing about anybody.

An address holds the number of an account; the message of an exception may quote a whole row of
the database. Neither is written.
"""

import logging
import traceback
from collections.abc import Iterator
from copy import copy
from types import TracebackType

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Impersonal(logging.Formatter):
    """Writes a request as its method and route, an exception as its kind and the lines it passed.

    The route is the pattern (``revenues/accounts/<str:reference>``), never what was asked for.
    """

    def format(self, record: logging.LogRecord) -> str:  # noqa: D102
        request = getattr(record, "request", None)
        if request is None:
            return super().format(record)
        told = copy(record)
        found = getattr(request, "resolver_match", None)
        route = found.route if found else "an address that is none of ours"
        told.msg, told.args = f"{_kind(record)}: {request.method} {route}", ()
        return super().format(told)

    def formatException(self, ei: Fault) -> str:  # noqa: D102, N802  logging's own name
        return "\n".join(_told(ei[1])) if ei[1] else ""


def _kind(record: logging.LogRecord) -> str:
    """Return what happened as the code wrote it, with nothing filled in."""
    return str(record.msg).split("%s", maxsplit=1)[0].rstrip(" (:") or record.name


def _told(fault: BaseException) -> Iterator[str]:
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if before is not None:
        yield from _told(before)
        yield "and then"
    yield "".join(traceback.format_tb(fault.__traceback__)).rstrip()
    code = getattr(fault, "sqlstate", None)
    yield f"{type(fault).__module__}.{type(fault).__qualname__}" + (f" {code}" if code else "")
