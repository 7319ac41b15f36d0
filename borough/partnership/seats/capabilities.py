"""Who may say who sits for a partner, and who may sign when they do."""

from borough.kernel.joining import Capability

GIVE_SEATS = Capability("partnership.give_seats", "say who sits at the table for a partner")
SIGN = Capability("partnership.sign", "sign for the partner for whom they sit")

ALL = (GIVE_SEATS, SIGN)
