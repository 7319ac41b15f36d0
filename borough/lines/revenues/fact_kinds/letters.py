"""Letters made from rows."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "revenues.letters_written",
        "{letters} letters written, {printed} of them printed; {left_out} left out, each with its "
        "reason",
        concerns="nobody: a run over many accounts",
    ),
)
