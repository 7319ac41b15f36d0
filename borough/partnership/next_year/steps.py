"""How far a review has come, as a list of steps, and where each is done."""

from collections.abc import Collection, Iterator
from datetime import date

from django.urls import reverse

from borough.kernel.pages import cells, components, wording
from borough.partnership.next_year import capabilities, models, proposals, queries
from borough.partnership.next_year import wording as words
from borough.partnership.sealed import capabilities as sealing

DONE = cells.Tag("Done", "green")
TO_DO = cells.Tag("To do", "blue")
LATE = cells.Tag("Too late", "red")
LATER = "Cannot start yet"
WAITING = cells.Tag("Waiting", "yellow")


def stands(state: queries.State) -> cells.Tag:
    """Return in a word or two how far a review has come."""
    if state.is_chosen:
        return cells.Tag("Chosen by both", "green")
    if state.is_open:
        return cells.Tag("Opened: to be chosen from", "blue")
    if state.is_missed:
        return cells.Tag("Nothing chosen in time", "grey")
    if state.round is None:
        return cells.Tag("Not asked yet", "grey")
    return cells.Tag(
        f"{len(state.round.sealed)} of {len(state.round.round.sides)} sealed", "yellow"
    )


def waits(state: queries.State, on: date) -> str:
    """Return in a sentence what a review waits for that is not chosen yet."""
    if state.is_open:
        if state.choice is None:
            return "All has been opened. Both partners choose no more than seven."
        return "A choice waits to be signed by both partners."
    if state.is_missed:
        return f"{state.review.year} began before all had sealed: nothing was chosen for it."
    if state.round is None:
        return "The sides have not been asked yet."
    if state.round.is_over(on):
        return "The last day has gone by before all had sealed. The sides are asked again."
    missing = tuple(one for one in state.round.round.sides if one not in state.round.sealed)
    until = wording.day(state.round.round.closes)
    return f"Waiting for {words.sides(missing)} to seal, until the end of {until}."


def tasks(state: queries.State, side: str, may: Collection[str], on: date) -> list[components.Task]:
    """Return the steps of a review; each leads on where it can be done, by whoever may.

    Args:
        state: how far the review has come.
        side: for whom the officer speaks, or "".
        may: slugs of the officer's capabilities.
        on: the day.
    """
    return list(_tasks(state, side, may, on))


def _tasks(
    state: queries.State, side: str, may: Collection[str], on: date
) -> Iterator[components.Task]:
    year = state.review.year
    prepares = capabilities.PREPARE_NEXT_YEAR.slug in may
    named = len(state.scribes) == len(proposals.PANELS)
    names = sealing.GIVE_MANDATES.slug in may and not state.is_open and not state.is_missed
    yield components.Task(
        "Name who seals for each panel",
        DONE if named or state.is_open else (LATE if state.is_missed else TO_DO),
        _address("next_year_mandate", year) if names and not named else "",
        "The officer enters what the panel says, and seals for that panel alone.",
    )
    yield _asking(state, on, prepares=prepares)
    yield _sealing(state, side, on)
    grouped = state.is_open and not state.loose
    yield components.Task(
        "Put together what comes to the same",
        (DONE if grouped else TO_DO) if state.is_open else LATER,
        _address("next_year_group", year)
        if prepares and state.loose and not state.is_chosen
        else "",
        "By measure at first. What more than one side proposed stands first.",
    )
    yield components.Task(
        f"Choose no more than {models.MOST_CHOSEN}",
        (DONE if state.choice else TO_DO) if state.groups else LATER,
        _address("next_year_choose", year)
        if prepares and state.groups and not state.is_chosen
        else "",
    )
    yield _signing(state)


def _asking(state: queries.State, on: date, *, prepares: bool) -> components.Task:
    if state.is_missed:
        return components.Task("Ask the sides for up to five proposals each", LATE)
    over = state.round is not None and state.round.is_over(on)
    may = state.round is None or over
    hint = "All who are asked must seal before anything is opened."
    if over:
        hint = "The last day has gone by. Ask again: each seals anew, and a panel may be left out."
    return components.Task(
        "Ask the sides again" if over else "Ask the sides for up to five proposals each",
        TO_DO if may else DONE,
        _address("next_year_ask", state.review.year) if may and prepares else "",
        hint,
    )


def _sealing(state: queries.State, side: str, on: date) -> components.Task:
    title = "Seal what your side proposes"
    if state.round is None:
        return components.Task(title, LATER)
    asked, sealed = state.round.round, state.round.sealed
    hint = f"Until the end of {wording.day(asked.closes)}."
    if state.is_open:
        return components.Task(title, DONE)
    if state.round.is_over(on):
        return components.Task(title, LATE, hint=hint)
    if side in asked.sides and side not in sealed:
        address = _address("next_year_propose", state.review.year)
        return components.Task(title, TO_DO, address, f"You seal for {words.side(side)}. {hint}")
    return components.Task(title, WAITING, hint=waits(state, on))


def _signing(state: queries.State) -> components.Task:
    title = "Both partners sign the choice"
    if state.choice is None or state.signed is None:
        return components.Task(title, LATER)
    address = reverse("partnership:next_year_choice", args=[state.choice.pk])
    by = {"council": state.signed.council, "partner": state.signed.partner}
    missing = tuple(party for party, one in by.items() if one is None)
    if not missing:
        return components.Task(title, DONE, address)
    return components.Task(title, WAITING, address, f"Waiting for {words.sides(missing)}.")


def _address(name: str, year: str) -> str:
    return reverse(f"partnership:{name}", args=[year])
