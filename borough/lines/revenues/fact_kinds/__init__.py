"""What happens to a Council Tax account, each with its sentence; one file for each subject."""

from borough.lines.revenues.fact_kinds import (
    arrangements,
    billing,
    circumstances,
    debits,
    letters,
    moving,
    paying,
    recovery,
    remedies,
    reviewing,
)

KINDS = (
    *arrangements.KINDS,
    *billing.KINDS,
    *circumstances.KINDS,
    *debits.KINDS,
    *letters.KINDS,
    *moving.KINDS,
    *paying.KINDS,
    *recovery.KINDS,
    *remedies.KINDS,
    *reviewing.KINDS,
)
