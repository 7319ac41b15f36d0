"""What an early worry may look at: a closed list, and what may never be on it.

A signal names its inputs; a name that is not on the list does not load. So a new input is a change
of this file, seen by everybody, and never a line of configuration.
"""

from collections.abc import Iterable
from enum import StrEnum

from borough.rules import engine


class UnlawfulInput(engine.UnlawfulScheme):
    """A signal reads what no signal may read; found when it is loaded."""


class Input(StrEnum):
    """Everything that a signal may read, always of the person themselves."""

    INSTALMENTS = "instalments"
    DIRECT_DEBITS = "direct_debits"
    OWN_BALANCES = "own_balances"
    COUNCIL_TAX_ACCOUNT = "council_tax_account"
    RENT_ACCOUNT = "rent_account"
    POSSESSION_NOTICE = "possession_notice"
    BENEFIT_PAID_TO_LANDLORD = "benefit_paid_to_landlord"
    AWARDS = "awards"
    BENEFIT_DEDUCTIONS = "benefit_deductions"
    CRISIS_APPLICATIONS = "crisis_applications"
    ARRANGEMENTS = "arrangements"
    CONTACT_CODES = "contact_codes"
    CHANGES_NOTIFIED = "changes_notified"
    AGENT_RETURNS = "agent_returns"
    DEBT_SOLUTIONS = "debt_solutions"
    ADVICE_AGENCY = "advice_agency"


PROTECTED = "a protected characteristic (Equality Act 2010 s.4)"
PLACE = "where somebody lives says nothing of them; it serves to watch the whole, never a person"
NEVER = {
    **dict.fromkeys(
        (
            "age",
            "date_of_birth",
            "disability",
            "gender_reassignment",
            "marriage_and_civil_partnership",
            "pregnancy_and_maternity",
            "race",
            "ethnicity",
            "religion_or_belief",
            "sex",
            "sexual_orientation",
        ),
        PROTECTED,
    ),
    "nationality": "nationality and immigration status",
    "immigration_status": "nationality and immigration status",
    **dict.fromkeys(("postcode", "lsoa", "deprivation", "ward"), PLACE),
    "social_care_notes": "what was told to social care was told for care",
    "health": "what was told for treatment",
    "police": "what the police know",
    "credit_score": "what a credit reference agency makes of somebody",
    "sentiment": "how somebody's words sounded to a machine",
    "debts_of_others": "what other people owe",
}
"""What may never be read, and why, so that the refusal can say so."""


def lawful(who: str, names: Iterable[str]) -> tuple[Input, ...]:
    """Return the inputs by these names.

    Args:
        who: who names them, for the refusal.
        names: as they are written.

    Raises:
        UnlawfulInput: when there is none, or one is not on the closed list.
    """
    names = tuple(names)
    if not names:
        raise UnlawfulInput(f"{who} names no input. Say what it reads.")
    for name in names:
        if name in NEVER:
            raise UnlawfulInput(f"{who} names “{name}”, which no signal may read: {NEVER[name]}.")
        if name not in {*Input}:
            raise UnlawfulInput(
                f"{who} names “{name}”, which is not on the closed list of inputs. "
                "Whoever wants to add it changes the list, and says why."
            )
    return tuple(Input(name) for name in names)
