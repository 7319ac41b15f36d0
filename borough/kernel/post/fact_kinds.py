"""What can happen to the incoming post: what it is about, never what it says."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "kernel.post_received",
        "Post received on {received_on:day}: {about_words}",
        concerns="the item",
    ),
    FactKind(
        "kernel.post_filed",
        "Post of {received_on:day} filed here: {about_words}",
        concerns="whoever wrote, or the persons on the account",
    ),
    FactKind(
        "kernel.post_done",
        "Post of {received_on:day} dealt with: {about_words}",
        concerns="whoever wrote, or the persons on the account",
    ),
)
