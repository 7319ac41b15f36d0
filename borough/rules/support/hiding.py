"""What a function reads is what its arguments are called: nothing is read behind the scenes.

A rule that could look something up would not need to say so. So it may take plain arguments, use
operators, constants of its module, a few built-in functions, and functions that themselves pass.
"""

import dis
import inspect
import types
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from borough.rules import engine


class Hidden(engine.UnlawfulScheme):
    """A rule can read what it does not name; found when it is loaded."""


BUILTINS = {"abs", "bool", "int", "len", "max", "min"}
IMPORTING = {"IMPORT_NAME", "IMPORT_FROM", "LOAD_BUILD_CLASS", "STORE_GLOBAL"}
PLAIN = (bool, int, str, type(None), Enum)


def refuse(function: Callable[..., Any], seen: tuple[Any, ...] = ()) -> None:
    """Refuse a function that can read anything besides its arguments.

    Its arguments must be plain names; it may use constants of its module and functions that
    themselves pass, and no attribute of anything.

    Raises:
        Hidden: naming what is hidden.
    """
    if not isinstance(function, types.FunctionType):
        raise Hidden(f"“{function!r}” is no plain function.")
    name = function.__name__
    for one in inspect.signature(function, follow_wrapped=False).parameters.values():
        if one.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            raise Hidden(f"The rule “{name}” hides what it reads behind “{one}”.")
        if one.default is not inspect.Parameter.empty:
            raise Hidden(f"The rule “{name}” gives “{one.name}” a value of its own.")
    if function.__closure__:
        raise Hidden(f"The rule “{name}” reads “{function.__code__.co_freevars[0]}” unsaid.")
    for word, how in _words(function.__code__):
        if how in IMPORTING or "ATTR" in how or "METHOD" in how:
            raise Hidden(f"The rule “{name}” reaches for “{word}” unsaid.")
        _refuse_name(function, word, (*seen, function))


def _words(code: types.CodeType) -> Iterator[tuple[str, str]]:
    """Give every name that the code uses besides its own, and how, also inside what it makes."""
    for step in dis.get_instructions(code):
        if step.opcode in dis.hasname or step.opname in IMPORTING:
            yield str(step.argval), step.opname
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _words(inner)


def _refuse_name(function: types.FunctionType, word: str, seen: tuple[Any, ...]) -> None:
    if word not in function.__globals__:
        if word not in BUILTINS:
            raise Hidden(f"The rule “{function.__name__}” reaches for “{word}” unsaid.")
        return
    value = function.__globals__[word]
    if isinstance(value, PLAIN) or any(value is one for one in seen):
        return
    if not isinstance(value, types.FunctionType):
        raise Hidden(f"The rule “{function.__name__}” reads “{word}” unsaid.")
    refuse(value, seen)
