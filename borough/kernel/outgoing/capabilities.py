"""What officers may be allowed to do with the letters that go out."""

from borough.kernel.joining import Capability

SEND_POST = Capability("kernel.send_post", "make the day’s post and record what was given by hand")
CONFIRM_EMAIL = Capability(
    "kernel.confirm_email", "confirm an email address by the link that was sent to it"
)

ALL = (SEND_POST, CONFIRM_EMAIL)
