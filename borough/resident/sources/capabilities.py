"""What can be asked of the feeds from other systems."""

from borough.kernel.joining import Capability

SEE_SOURCES = Capability("resident.see_sources", "see what other systems send to us")
LOAD_FEED = Capability("resident.load_feed", "load a feed from another system")
WITHDRAW_FEED = Capability(
    "resident.withdraw_feed", "take back all that another system has sent to us"
)

ALL = (SEE_SOURCES, LOAD_FEED, WITHDRAW_FEED)
