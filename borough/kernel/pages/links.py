"""Addresses of the same page with something changed: another order, another page of a list."""

from collections.abc import Mapping

from django.http import QueryDict

REFRESH = "refresh"
SECONDS_BETWEEN_LOOKS = 10


def refresh_seconds(params: Mapping[str, str]) -> int | None:
    """Return how often a page looks again by itself: only when somebody asked for it (2.2.1)."""
    return SECONDS_BETWEEN_LOOKS if REFRESH in params else None


def same_page(params: Mapping[str, str], **changes: str | int | None) -> str:
    """Return the query of this page with ``changes``; ``None`` takes a parameter away."""
    query = params.copy() if isinstance(params, QueryDict) else QueryDict(mutable=True)
    if not isinstance(params, QueryDict):
        query.update(params)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
