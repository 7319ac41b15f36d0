from borough.kernel.joining import Capability

MANAGE_ROLES = Capability("kernel.manage_roles", "give and end officers' roles")
RECOGNISE_OFFICERS = Capability(
    "kernel.recognise_officers",
    "say which resident an officer is, or agree to what another officer said of it",
)
SEE_PATTERNS = Capability("kernel.see_patterns", "see the pattern library")

ALL = (MANAGE_ROLES, RECOGNISE_OFFICERS, SEE_PATTERNS)
