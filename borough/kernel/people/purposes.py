"""Why anybody in the office may open a record. What a service needs is on the card of the service.

UK GDPR article 6(1)(e): a task in the public interest laid on the authority by these Acts.
"""

from datetime import date

from borough.kernel.joining import Kept, Purpose

# As long as the looks themselves, from the day on which the Data Protection Act 2018 began.
PROPOSED = (Kept(date(2018, 5, 25), years=7),)

ENQUIRY = Purpose(
    "kernel.enquiry",
    "Answering the resident's own question",
    "The resident asked; UK GDPR article 6(1)(e)",
    sees="council",
    kept=PROPOSED,
)
QUALITY = Purpose(
    "kernel.quality",
    "Checking the quality of our own work",
    "Accounts and Audit Regulations 2015, regulation 3",
    sees="council",
    kept=PROPOSED,
)

ALL = (ENQUIRY, QUALITY)
