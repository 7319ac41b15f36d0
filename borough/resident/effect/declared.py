"""What the code declares of itself, as tables: read from where it acts, so that it cannot differ.

Purposes, sources, signals, rules, linkage and retention are what runs. No table here is typed.
"""

import hashlib
import inspect
from collections.abc import Iterable
from datetime import date
from importlib import metadata
from typing import Any

from borough.kernel import joining
from borough.kernel.pages import tables
from borough.resident.effect import figures
from borough.resident.identity import judging, model
from borough.resident.identity import queries as identity
from borough.resident.signals import readers
from borough.resident.sources import known
from borough.rules import parameters, statistics
from borough.rules.support import deciding, inputs, signals

SEES = {
    "own": "What its own service keeps",
    "council": "What all services of the council keep",
    "joined": "Also what other organisations told, worries, budgets and plans",
}
EVERYBODY = "Whoever may open records"


def purposes(on: date) -> tables.Table:
    """Return why records are opened, by what right, how much that opens, who may, how long kept."""
    granted = joining.capabilities()
    rows = [
        {
            "title": one.title,
            "gateway": one.gateway,
            "sees": SEES[one.sees],
            "who": granted[one.capability].title if one.capability else EVERYBODY,
            "kept": _kept(one.kept_on(on)),
        }
        for one in joining.purposes().values()
    ]
    return _table(
        "Purposes, each chosen before a record opens",
        rows, title="Purpose", gateway="By what right", sees="Opens", who="Chosen by who may",
        kept="Kept for",
    )  # fmt: skip


def sources() -> tables.Table:
    """Return the systems that tell us of people, whose they are and by what right."""
    rows = [
        {
            "title": f"{one.title}{' (invented)' if one.invented else ''}",
            "holder": one.holder,
            "brings": ", ".join(sorted(one.brings)),
            "basis": one.lawful_basis,
            "consent": "Needed" if one.consent_needed else "Not the basis",
            "verified": "; ".join(one.verified) or "By nobody yet",
        }
        for one in known.sources().values()
    ]
    return _table(
        "Sources",
        rows, title="Source", holder="Held by", brings="Brings", basis="Lawful basis",
        consent="Consent", verified="Confirmed",
    )  # fmt: skip


def worries(on: date) -> tables.Table:
    """Return each early worry, what it reads, how long it counts and what it weighs."""
    law = signals.law(on)
    sheet = parameters.load_file(signals.SHEET)
    rows = [
        {
            "code": code,
            "title": law.titles[code],
            "reads": _words(one.inputs),
            "days": f"{one.days} days",
            "points": "; ".join(f"from {many}: {points}" for many, points in one.steps.items()),
            "since": law.since[code],
            "verified": _verified(sheet[f"signal_{code}"].at(on)),
        }
        for code, one in law.signals.items()
    ]
    return _table(
        "Early worries: rules with points, nothing learnt from data",
        rows, code="Code", title="Worry", reads="Reads", days="Counts for", points="Points",
        since="Weighed so since", verified="Confirmed",
    )  # fmt: skip


def unread(on: date) -> tuple[str, ...]:
    """Return, in sentences, which worries nothing tells us of."""
    return tuple(readers.unread(on))


def never() -> tables.Table:
    """Return what no worry may read, and why; to name it stops the program from loading."""
    rows = [{"input": _words([name]), "why": why} for name, why in inputs.NEVER.items()]
    return _table("What no worry may ever read", rows, input="Input", why="Why")


def decisions() -> tables.Table:
    """Return each rule of what follows for a resident: what it does at the worst, and who acts."""
    rows = [
        {
            "code": one.code,
            "effect": one.effect.value,
            "asks": "; ".join(action.words for action in one.actions),
            "actor": one.actor.value,
            "law": one.rule.law,
            "reads": _words(deciding.RULES.reads(name)),
        }
        for name, one in deciding.RULES.decisions.items()
    ]
    return _table(
        "Rules of what follows",
        rows, code="Code", effect="Effect at the worst", asks="Asks for", actor="Who acts",
        law="Legal basis", reads="Reads",
    )  # fmt: skip


def linkage(on: date) -> tables.Table:
    """Return by which model and thresholds records are joined."""
    made = judging.choice(on)
    text = inspect.getsource(model) + inspect.getsource(judging)
    rows = [
        {"what": what, "is": value}
        for what, value in (
            ("Model", f"Probabilistic record linkage; sha256 of the model {_sha(text)}"),
            ("Library", _version("splink")),
            ("Compares", ", ".join(model.COMPARED)),
            ("Proposed to a person from a probability of", _of_one(made.likely)),
            ("Joined without a person from", _of_one(made.certain)),
            ("And only where this agrees", _words(made.identifiers)),
        )
    ]
    return _table("How records are joined", rows, what="What", **{"is": "Is"})


def precision() -> tables.Table:
    """Return the last measured precision by source, from what people decided."""
    titles = {slug: one.title for slug, one in known.sources().items()}
    shares = {
        f"{titles.get(one.source, one.source)}, {_checked(one.is_check)}": statistics.share(
            one.same, one.decided
        )
        for one in identity.precision()
    }
    table = figures.table("Of the pairs that people decided, one person", shares)
    empty = "No data: nobody has decided on a pair yet."
    return tables.Table(table.caption, table.columns, table.rows, empty=empty)


def retention() -> tables.Table:
    """Return for how long what happened is kept, by service."""
    rows = [
        {
            "service": card.title,
            "years": years,
            "kinds": len(some),
            "hidden": sum(one.sensitive for one in some),
        }
        for card in joining.cards()
        for years, some in _by_years(card.fact_kinds)
    ]
    columns = (
        tables.text("service", "Service"),
        tables.number("years", "Years kept"),
        tables.number("kinds", "Kinds of fact"),
        tables.number("hidden", "Of these hidden from most purposes"),
    )
    return tables.Table("How long facts are kept", columns, rows)


def reserved() -> tables.Table:
    """Return what the law reserves to the council, whoever’s officers use the system."""
    rows = [
        {"what": one.title, "law": one.reserved_to_council}
        for one in joining.capabilities().values()
        if one.reserved_to_council
    ]
    return _table(
        "Reserved to the council", rows, what="Only officers of the council may", law="By"
    )


def holders() -> tuple[str, ...]:
    """Return the organisations that hold the sources, each once."""
    return tuple(sorted({one.holder for one in known.sources().values()}))


def _by_years(
    kinds: Iterable[joining.FactKind],
) -> list[tuple[int, list[joining.FactKind]]]:
    found: dict[int, list[joining.FactKind]] = {}
    for one in kinds:
        found.setdefault(one.keep_years, []).append(one)
    return sorted(found.items())


def _table(caption: str, rows: list[dict[str, Any]], **titles: str) -> tables.Table:
    return tables.Table(caption, [tables.text(key, title) for key, title in titles.items()], rows)


def _kept(kept: joining.Kept | None) -> str:
    if kept is None:
        return "Nobody has said"
    return f"{kept.years} years ({kept.decided or 'a proposal that nobody confirmed'})"


def _words(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names) or "Nothing"


def _verified(value: parameters.Value) -> str:
    return "By nobody yet" if value.unverified else "; ".join(value.verified)


def _checked(is_check: bool) -> str:  # noqa: FBT001
    return "joined without a person and checked" if is_check else "decided by a person"


def _of_one(share: float) -> str:
    return f"{share:.3f}"


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return f"{package} is not installed here: nothing is joined"
