"""One line of what the banks sent back: what it means, what we did, and what is to be done next."""

from django.db.models import QuerySet

from borough.kernel.documents import queries as documents
from borough.kernel.pages import wording
from borough.lines.revenues import models
from borough.lines.revenues.queries import new_details, returned

_THEN = models.Advice.Then
MEANS = {
    _THEN.REPRESENT: "The bank could not pay it. The Direct Debit itself lives on.",
    _THEN.CANCEL: "The bank does not know the Direct Debit any more. Nothing can be collected.",
    _THEN.DECEASED: "The bank says that the payer has died. Nobody has confirmed it yet.",
    _THEN.DISPUTE: "The payer told the bank that the amount or the day was not what we had told.",
    _THEN.MEND: "Something in what we sent to the bank was wrong.",
    _THEN.AMEND: "The payer’s bank account has moved.",
    _THEN.REINSTATE: "The payer wants the Direct Debit back.",
    _THEN.ASK: "We do not know this code. The words are the bank’s own.",
    _THEN.CLAIMED: "The bank has paid it back to the payer, under the Direct Debit Guarantee.",
}
NEXT = {
    _THEN.DECEASED: "Find out gently whether it is so, and record the death on the person’s page. "
    "Then settle this.",
    _THEN.DISPUTE: "Speak with the payer about the amount and the day. Then settle this.",
    _THEN.MEND: "Look at what we sent, and put our record right. Then settle this.",
    _THEN.AMEND: "The bank did not say what the new account is. Ask the payer for it, cancel this "
    "Direct Debit and set up another. Then settle this.",
    _THEN.REINSTATE: "Ask the payer, and set up another Direct Debit if they want it. Then settle "
    "this.",
    _THEN.ASK: "Ask the bank what it means. Then settle this.",
    _THEN.CLAIMED: "Look at what went wrong with the collection, and speak with the payer. Then "
    "settle this.",
}
UNKNOWN = "Find out whose Direct Debit the reference is, or was. Then settle this."
PLACE = "Find out whose collection it was, and say so: that account owes it again."
KEY = (
    "Key the new account from the bank’s report. A colleague confirms it; then we collect from it."
)
NOTHING = "Nothing more is to be done."


def all_lines() -> QuerySet[models.Advice]:
    """Return the lines with what their pages need."""
    return models.Advice.objects.select_related(
        "file",
        "instruction__account",
        "instruction__details",
        "item__collection",
        "tried_again",
        "settled",
    ).defer("file__content")


def done(advice: models.Advice) -> list[str]:
    """Say what we did about a line, each in a sentence."""
    if returned.came_back_before(advice):
        return [f"{returned.what_follows(advice)}."]
    held, said = advice.instruction, []
    if advice.pence is not None:
        money = wording.money(advice.pence)
        where = "the account owes it again" if advice.item_id else "it was kept apart, for nobody"
        said.append(f"{money} was taken back: {where}.")
    again = getattr(advice, "tried_again", None)
    if again is not None:
        said.append(
            f"The payer is told that we try once more, on {wording.day(again.collects_on)}."
        )
    if advice.then in {_THEN.CANCEL, _THEN.DECEASED} and held is not None and held.ends is not None:
        said.append(f"The Direct Debit ended on {wording.day(held.ends)}.")
    if advice.then in {_THEN.DISPUTE, _THEN.CLAIMED, _THEN.AMEND} and held is not None:
        said.append("Collecting by the Direct Debit was stopped.")
    if advice.then in {_THEN.DISPUTE, _THEN.CLAIMED, _THEN.DECEASED} and held is not None:
        said.append("Nobody is pressed about it: it was put on hold until somebody has looked.")
    return said or ["We did nothing by ourselves."]


def next_step(advice: models.Advice, *, is_unplaced: bool) -> str:
    """Say what an officer does next about a line."""
    if is_unplaced:
        return PLACE
    if not advice.waits or hasattr(advice, "settled"):
        return NOTHING
    if advice.instruction is None:
        return UNKNOWN
    if gives_account(advice):
        return KEY
    return NEXT.get(_THEN(advice.then), NOTHING)


def gives_account(advice: models.Advice) -> bool:
    """Tell whether a line that waits gives a new account for an instruction that lives."""
    held = advice.instruction
    waits = held is not None and held.ends is None and not hasattr(advice, "settled")
    return waits and new_details.of_advice(advice) is not None


def letters(advice: models.Advice) -> list[int]:
    """Return the numbers of the letters that were written about a line."""
    again = getattr(advice, "tried_again", None)
    sources = [f"revenues.advice/{advice.pk}", f"revenues.advice/{advice.pk}/ended"]
    if again is not None:
        sources.append(f"revenues.tried_again/{again.pk}")
    return sorted(documents.written(sources).values())
