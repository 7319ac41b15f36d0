"""What can happen to letters that go out."""

from borough.kernel.joining import FactKind

KINDS = (
    FactKind(
        "kernel.post_made",
        "The day’s post: {posted} letters on {pages} pages; {emailed} by email, {hand} to be given "
        "by hand, {held} held",
        concerns="the run",
    ),
    FactKind(
        "kernel.letter_given",
        "A letter of {issued:day} was given in the way agreed",
        concerns="those to whom the letter is addressed",
    ),
    FactKind("kernel.email_asked", "Letters by email asked for", concerns="the person"),
    FactKind("kernel.email_confirmed", "Letters by email confirmed", concerns="the person"),
    FactKind("kernel.email_ended", "Letters go on paper again: {why}", concerns="the person"),
)
