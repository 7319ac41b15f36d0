"""For whom all of a record opens: the person whose it is. No officer can choose it."""

from borough.kernel.joining import Purpose
from borough.resident.sources import known

SELF = Purpose(
    known.OWN,
    "Seeing your own record",
    "UK GDPR, article 15: everybody may see what is kept about them",
    sees="joined",
)
