"""How a run is shown in a list."""

from borough.kernel.pages import cells
from borough.kernel.runs import queries


def tag(state: queries.Progress) -> cells.Tag:
    """Return how far a run is, or how it ended, in a word or two."""
    if state.is_done:
        return cells.Tag("Done", "green")
    if state.ended == "failed":
        return cells.Tag("Stopped, will be taken up again", "orange")
    if state.ended == "refused":
        return cells.Tag("Refused", "red")
    return cells.Tag(f"{state.percent}%", "blue")
