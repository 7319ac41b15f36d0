"""What every command has in common: who may, all or nothing, and a fact left behind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import IntegrityError, transaction
from psycopg.errors import ExclusionViolation, UniqueViolation

from borough.kernel import joining

P = ParamSpec("P")
R = TypeVar("R")

COMMANDS: list[Callable[..., Any]] = []


class Actor(Protocol):
    """Who acts: an officer, a system run or a resident.

    ``reference`` names them in facts (``officer/12``); no personal data is in it.
    """

    @property
    def reference(self) -> str: ...  # noqa: D102

    @property
    def capabilities(self) -> frozenset[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class System:
    """A run that nobody clicks: it acts by the capabilities that it is given here."""

    reference: str
    capabilities: frozenset[str]


def system(name: str, *capabilities: joining.Capability) -> System:
    """Return an actor for a run, e.g. ``system("town", OPEN_ACCOUNT)``."""
    return System(f"system/{name}", frozenset(one.slug for one in capabilities))


class Refusal(Exception):
    """The command will not do it. Its sentence can be read out to a resident.

    Each command has its own kinds, named for what is so (``AlreadyDiscounted``).
    """


class NotAllowed(Refusal):
    """The actor lacks the capability that the command asks for."""


class Clash(Refusal):
    """What is recorded stands against it, and the command did not see it: it came that moment."""

    sentence = (
        "Somebody did this, or something that stands against it, at the same moment. "
        "Nothing was changed. Look at it as it is now."
    )


class Overlap(Clash):
    """One of the days is taken."""

    sentence = "What is recorded already holds on one of those days. End that first."


def command(capability: joining.Capability) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a command: the actor in ``by`` must hold ``capability``; all of it happens, or none.

    What two people do at the same moment is settled by the database; the second is told so, by a
    `Clash`, whatever the command itself looked for.

    Raises:
        TypeError: the command does not take ``by`` and ``on`` as keywords.
    """

    def wrap(run: Callable[P, R]) -> Callable[P, R]:
        _check_signature(run)

        @wraps(run)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            allow(kwargs["by"], capability)  # type: ignore[arg-type]
            try:
                with transaction.atomic():
                    return run(*args, **kwargs)
            except IntegrityError as error:
                _tell_clash(error)
                raise

        guarded.capability = capability  # type: ignore[attr-defined]
        COMMANDS.append(guarded)
        return guarded

    return wrap


def allow(actor: Actor, capability: joining.Capability) -> None:
    """Raise ``NotAllowed`` unless the actor holds the capability."""
    if capability.slug not in actor.capabilities:
        raise NotAllowed(
            f"Your roles do not let you {capability.title}. Ask your team leader for it."
        )


def _tell_clash(error: IntegrityError) -> None:
    """Raise a `Clash` where a row is refused for one that is there; another fault is our own."""
    if isinstance(error.__cause__, ExclusionViolation):
        raise Overlap(Overlap.sentence) from error
    if isinstance(error.__cause__, UniqueViolation):
        raise Clash(Clash.sentence) from error


def _check_signature(run: Callable[..., Any]) -> None:
    parameters = signature(run).parameters
    for name in ("by", "on"):
        if name not in parameters or parameters[name].kind is not Parameter.KEYWORD_ONLY:
            raise TypeError(f"{run.__module__}.{run.__qualname__} must take {name!r} by keyword")
