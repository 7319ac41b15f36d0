"""Early worries that no service line keeps: what people, holds and other organisations tell."""

from borough.kernel.joining import Signal
from borough.resident.signals.own import told
from borough.rules.support.inputs import Input

ALL = (
    Signal(
        "resident.bereaved",
        "Somebody of the same home has died",
        code="S10",
        reads=Input.CHANGES_NOTIFIED,
        look=told.bereaved,
    ),
    Signal(
        "resident.insolvent",
        "A bankruptcy, debt relief order or arrangement with creditors",
        code="S12",
        reads=Input.DEBT_SOLUTIONS,
        look=told.insolvent,
        after=("kernel.hold_placed", "kernel.hold_lifted"),
    ),
    Signal(
        "resident.in_a_moratorium",
        "A breathing space",
        code="S12",
        reads=Input.DEBT_SOLUTIONS,
        look=told.in_a_moratorium,
        after=("resident.moratorium_recorded", "resident.moratorium_ended"),
    ),
)
