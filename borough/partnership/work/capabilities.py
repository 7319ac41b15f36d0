"""Who may take in what another system has done."""

from borough.kernel.joining import Capability

LOAD_WORK = Capability("partnership.load_work", "load the work that another system has done")

ALL = (LOAD_WORK,)
