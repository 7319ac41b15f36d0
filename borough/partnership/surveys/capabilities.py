"""Who may take in answers, and who may make invitations to answer."""

from borough.kernel.joining import Capability

LOAD_ANSWERS = Capability(
    "partnership.load_answers", "load whom we asked whether they were satisfied, and their answers"
)
INVITE = Capability("partnership.invite", "make invitations to say whether one was satisfied")
ANSWER = Capability("partnership.answer", "answer an invitation")

ALL = (LOAD_ANSWERS, INVITE, ANSWER)
