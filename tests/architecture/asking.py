"""Who writes what presses somebody, and has it asked first? Read from the code, never run.

A function asks when it, or something that it calls, takes the lock and asks the question. Whoever
writes a row that presses somebody must ask, or be called only by those who do.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

QUESTION, LOCK = "may_we_act", "asking"
NO_ROWS = ("borough.rules.", "borough.kernel.pages.")  # what is named like a row there is none
CREATES = {"create", "bulk_create", "get_or_create", "update_or_create"}


@dataclass
class Function:
    """A function: where it is, what it calls, and whether it writes what presses somebody."""

    name: str
    calls: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Presses:
    """What presses somebody: names of models, of their tables, and functions that add to a debt."""

    models: frozenset[str]
    tables: frozenset[str]
    managers: frozenset[str]
    functions: frozenset[str] = frozenset()


def forgetters(root: Path, package: str, presses: Presses) -> list[str]:
    """Return the functions that write what presses somebody although nobody asked."""
    functions = dict(_functions(root, package, presses))
    callers: dict[str, set[str]] = {name: set() for name in functions}
    for one in functions.values():
        for called in one.calls & functions.keys():
            callers[called].add(one.name)
    asks = _asking(functions)
    return sorted(
        one.name
        for one in functions.values()
        if one.writes and not _guarded(one.name, asks, callers, frozenset())
    )


def writers(root: Path, package: str, presses: Presses) -> set[str]:
    """Return every function that writes what presses somebody, whether it asks or not."""
    return {name for name, one in _functions(root, package, presses) if one.writes}


def _asking(functions: dict[str, Function]) -> set[str]:
    """Return the functions that reach both the lock and the question."""

    def reaching(word: str) -> set[str]:
        found = {
            one.name
            for one in functions.values()
            if any(call.rpartition(".")[2] == word for call in one.calls)
        }
        while True:
            more = {one.name for one in functions.values() if one.calls & found} - found
            if not more:
                return found
            found |= more

    return reaching(QUESTION) & reaching(LOCK)


def _guarded(name: str, asks: set[str], callers: dict[str, set[str]], seen: frozenset[str]) -> bool:
    if name in asks:
        return True
    above = callers[name] - seen
    return bool(above) and all(_guarded(one, asks, callers, seen | {name}) for one in above)


def _functions(root: Path, package: str, presses: Presses) -> Iterator[tuple[str, Function]]:
    for path in sorted(root.rglob("*.py")):
        if "migrations" in path.parts or "models" in path.parts or path.name == "models.py":
            continue
        if path.is_relative_to(root / "rules"):
            continue  # no database there (the floors hold it): what is named like a row is none
        parts = path.relative_to(root).with_suffix("").parts
        module = ".".join((package, *(part for part in parts if part != "__init__")))
        tree = ast.parse(path.read_text())
        aliases = _aliases(tree)
        local = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
        texts = _texts(tree)
        for one in tree.body:
            if isinstance(one, ast.FunctionDef):
                function = Function(f"{module}.{one.name}")
                _read(one, function, module, aliases, local, texts, presses)
                yield function.name, function


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for, wherever it is imported."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                found[one.asname or one.name] = f"{node.module}.{one.name}"
    return found


def _texts(tree: ast.Module) -> dict[str, str]:
    """Return the texts of a module by their names: SQL stands there."""
    return {
        node.targets[0].id: ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _read(
    node: ast.FunctionDef,
    function: Function,
    module: str,
    aliases: dict[str, str],
    local: set[str],
    texts: dict[str, str],
    presses: Presses,
) -> None:
    for inner in ast.walk(node):
        function.calls |= set(_called(inner, module, aliases, local))
        function.writes |= _inserted(_said(inner, texts), presses.tables)
        if isinstance(inner, ast.Call):
            function.writes |= set(_written(inner, presses, aliases))
    function.calls.discard(function.name)
    if function.name in presses.functions:
        function.writes.add(function.name)


def _called(node: ast.AST, module: str, aliases: dict[str, str], local: set[str]) -> Iterator[str]:
    """Yield what is called or handed on: a function of this module, or of one imported."""
    if isinstance(node, ast.Name) and node.id in local:
        yield f"{module}.{node.id}"
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield f"{aliases.get(node.value.id, '?')}.{node.attr}"


def _said(node: ast.AST, texts: dict[str, str]) -> str:
    """Return the text that a node is or names, as SQL or a table may stand there."""
    if isinstance(node, ast.Name):
        return texts.get(node.id, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _inserted(text: str, tables: Iterable[str]) -> set[str]:
    words = text.lower()
    return {
        table
        for table in tables
        if f"insert into {table} " in words or f"copy {table} " in words or words == table
    }


def _written(call: ast.Call, presses: Presses, aliases: dict[str, str]) -> Iterator[str]:
    """Yield the models of which a call makes rows: by class, by its objects, by a manager."""
    names = ast.unparse(call.func).split(".")
    keeps_no_rows = aliases.get(names[0], "").startswith(NO_ROWS)
    if names[-1] in presses.models and not keeps_no_rows:
        yield names[-1]
    if names[-1] in CREATES:
        yield from set(names) & presses.models
        yield from set(names[1:-1]) & presses.managers
