"""Every route says who may pass, and every command who acts and on which day."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import borough
from borough.kernel import commanding, joining

ROOT = Path(__file__).resolve().parents[2]


def routes(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += routes(one, route)
        else:
            found.append((route, one))
    return found


ROUTES = routes(get_resolver())


def every_module() -> None:
    for found in pkgutil.walk_packages(borough.__path__, "borough."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route or "/" for route, _ in ROUTES])
def test_every_route_is_guarded(route, pattern):
    guard = getattr(pattern.callback, "guard", None)
    assert guard, f"/{route} says neither which capability it needs nor why it is public"
    if isinstance(guard, joining.Capability):
        assert guard.slug in joining.capabilities(), f"/{route}: {guard.slug} is on no card"
    else:
        assert len(guard) > 20, f"/{route}: the reason for being public is no reason"


def test_every_command_is_guarded_by_a_capability_on_a_card():
    every_module()
    assert commanding.COMMANDS
    for command in commanding.COMMANDS:
        if command.__module__.startswith("borough."):
            assert command.capability.slug in joining.capabilities(), command.__qualname__


def test_every_public_function_among_the_commands_is_a_command():
    """Nothing that changes something for an officer stands outside the guard."""
    open_doors = []
    every_module()
    for path in sorted((ROOT / "borough" / "lines").rglob("commands/*.py")):
        if path.stem in {"__init__", "changing"}:
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        module = importlib.import_module(name)
        for word, thing in vars(module).items():
            mine = inspect.isfunction(thing) and thing.__module__ == name
            if mine and not word.startswith("_") and not hasattr(thing, "capability"):
                open_doors.append(f"{name}.{word}")
    assert open_doors == []


def test_nothing_below_a_page_asks_the_clock():
    allowed = {"clock.py"}
    wrong = []
    for path in sorted((ROOT / "borough").rglob("*.py")):
        if path.name in allowed or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            asks = isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
            owner = getattr(getattr(node, "value", None), "id", "")
            if asks and owner in {"date", "datetime", "timezone"}:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_what_the_law_reserves_to_the_council_names_the_law():
    for capability in joining.capabilities().values():
        reserved = capability.reserved_to_council
        assert not reserved or "SI " in reserved or "Act " in reserved, capability.slug


def test_no_code_asks_who_employs_the_officer():
    for path in sorted((ROOT / "borough").rglob("*.py")):
        text = path.read_text()
        assert "employer ==" not in text, path
        assert "is_council_officer" not in text, path
