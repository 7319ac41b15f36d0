"""What officers may be allowed to do with the letters that go out."""

from borough.kernel.joining import Capability

SEND_POST = Capability("kernel.send_post", "make the day’s post and record what was given by hand")

ALL = (SEND_POST,)
