"""Who acts in the town that lives on: one prepares, the other commits."""

from borough.kernel import commanding, joining
from borough.kernel.commanding import System


def preparer() -> System:
    """Return who prepares, asks and keys."""
    return _officer("invented-town/officer-who-prepares")


def committer() -> System:
    """Return who looks at it, and commits, confirms and decides."""
    return _officer("invented-town/officer-who-commits")


def _officer(name: str) -> System:
    return commanding.system(name, *joining.capabilities().values())
