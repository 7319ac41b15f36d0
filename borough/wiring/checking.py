"""``borough check-ledger``: every sum, every guard and the chain of facts, worked out again."""

from typing import TextIO

from borough.kernel.facts import chain
from borough.kernel.ledger import checks


def main(stdout: TextIO) -> int:
    """Check ledger and facts; return 1 on the smallest difference, else 0."""
    code = checks.main(stdout)
    faults = chain.faults()
    for fault in faults:
        stdout.write(f"{fault}\n")
    if not faults:
        head = chain.head()
        stdout.write(f"The facts agree; head of the chain: {head or 'nothing is chained yet'}.\n")
    return 1 if faults else code
