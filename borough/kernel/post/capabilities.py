"""What officers may be allowed to do with the incoming post."""

from borough.kernel.joining import Capability

HANDLE_POST = Capability("kernel.handle_post", "open, file and deal with the incoming post")

ALL = (HANDLE_POST,)
