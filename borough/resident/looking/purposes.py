"""Opening one record in an emergency: nobody chooses it beforehand."""

from borough.kernel.joining import Purpose
from borough.kernel.people.purposes import PROPOSED

EMERGENCY = Purpose(
    "resident.emergency",
    "An emergency: somebody was in danger, or about to lose their home",
    "UK GDPR, article 6(1)(d), vital interests, or 6(1)(e), a task in the public interest",
    sees="joined",
    of_one=True,
    kept=PROPOSED,
)

ALL = (EMERGENCY,)
