"""Early worries that no service line keeps: what people, holds and other organisations tell."""

from borough.kernel.joining import Signal
from borough.resident.signals.own import outside, told
from borough.rules.support.inputs import Input

# Records that come to be joined, or are found to be somebody else's, are looked at at once.
JOINED = ("resident.joined", "resident.split")

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
    Signal(
        "resident.behind_with_others",
        "Behind with what is owed to others",
        code="S2",
        reads=Input.OWN_BALANCES,
        look=outside.behind,
        after=JOINED,
    ),
    Signal(
        "resident.rent_weeks",
        "Weeks of rent owed",
        code="S3",
        reads=Input.RENT_ACCOUNT,
        look=outside.far_behind_with_rent,
        after=JOINED,
    ),
    Signal(
        "resident.possession_threatened",
        "Told that the landlord may go to court",
        code="S3",
        reads=Input.POSSESSION_NOTICE,
        look=outside.possession_threatened,
        after=JOINED,
    ),
    Signal(
        "resident.award_fell",
        "An award that ended or fell",
        code="S4",
        reads=Input.AWARDS,
        look=outside.awards_fell,
        after=JOINED,
    ),
    Signal(
        "resident.not_claiming",
        "Help by income, and no Council Tax Reduction",
        code="S5",
        reads=Input.AWARDS,
        look=outside.not_claiming,
        after=JOINED,
    ),
    Signal(
        "resident.deducted_to_the_cap",
        "As much taken from Universal Credit as may be",
        code="S8",
        reads=Input.BENEFIT_DEDUCTIONS,
        look=outside.deducted_to_the_cap,
        after=JOINED,
    ),
    Signal(
        "resident.got_in_touch",
        "Got in touch about paying, by telephone or at the counter",
        code="S9",
        reads=Input.CONTACT_CODES,
        look=outside.got_in_touch,
        after=JOINED,
    ),
    Signal(
        "resident.wrote",
        "Wrote about paying",
        code="S9",
        reads=Input.CONTACT_CODES,
        look=told.wrote,
        after=("kernel.post_filed",),
    ),
)
