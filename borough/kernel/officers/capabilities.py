from borough.kernel.joining import Capability

MANAGE_ROLES = Capability("kernel.manage_roles", "give and end officers' roles")
SEE_PATTERNS = Capability("kernel.see_patterns", "see the pattern library")

ALL = (MANAGE_ROLES, SEE_PATTERNS)
