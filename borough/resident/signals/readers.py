"""Who reads what: every signal of every card, by the worry it speaks for and the input it reads.

An input of the closed list that nobody reads is said to be unread; what no signal may read at all
has no name here, so nobody can be asked for it.
"""

from collections.abc import Mapping
from datetime import date

from borough.kernel import joining
from borough.rules.support import inputs, signals
from borough.rules.support.inputs import Input

Readers = Mapping[tuple[str, Input], tuple[joining.Signal, ...]]


def readers(law: signals.Law) -> Readers:
    """Return who reads each input for each worry, in the order of the cards.

    Raises:
        inputs.UnlawfulInput: a card reads for a worry that is not known, or what the worry does
            not name.
    """
    found: dict[tuple[str, Input], list[joining.Signal]] = {}
    for card in joining.cards():
        for one in card.signals:
            _refuse(one, law)
            found.setdefault((one.code, one.reads), []).append(one)
    return {named: tuple(several) for named, several in found.items()}


def _refuse(one: joining.Signal, law: signals.Law) -> None:
    known = law.signals.get(one.code)
    if known is None:
        raise inputs.UnlawfulInput(f"{one.slug} speaks for {one.code}, which no rule weighs.")
    if one.reads not in inputs.lawful(one.slug, known.inputs):
        raise inputs.UnlawfulInput(
            f"{one.slug} reads “{one.reads}”, which {one.code} does not name. It names "
            f"{', '.join(known.inputs)}."
        )


def unread(on: date) -> list[str]:
    """Return, in sentences, which worries are not or partly looked for, and what is missing."""
    law = signals.law(on)
    read = set(readers(law))
    said = []
    for code, signal in law.signals.items():
        missing = [name for name in signal.inputs if (code, Input(name)) not in read]
        if missing:
            which = "not looked for" if len(missing) == len(signal.inputs) else "looked for in part"
            words = ", ".join(name.replace("_", " ") for name in missing)
            said.append(f"{law.titles[code]}: {which}. Nothing tells us: {words}.")
    return said


def after(what: str) -> frozenset[str]:
    """Return the worries that are looked for again after a kind of fact."""
    return frozenset(
        one.code for card in joining.cards() for one in card.signals if what in one.after
    )
