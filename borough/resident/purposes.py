"""Why a record is opened with all that was joined from others, and by whom alone.

What is known to other organisations opens for help and for nothing else: no purpose of collecting
shows it. Those who may choose it are named by their roles.
"""

from borough.kernel.joining import Capability, Purpose
from borough.kernel.people.purposes import PROPOSED

SUPPORT_RESIDENTS = Capability(
    "resident.support_residents",
    "open the whole picture of a resident, other organisations' records with it, to help",
)

SUPPORT = Purpose(
    "resident.support",
    "Helping the resident: entitlements, affordable payments, hardship",
    "Local Government Finance Act 1992, section 13A; Digital Economy Act 2017, section 35",
    sees="joined",
    capability=SUPPORT_RESIDENTS.slug,
    kept=PROPOSED,
)

CAPABILITIES = (SUPPORT_RESIDENTS,)
ALL = (SUPPORT,)
