"""For which purposes budgets and plans open: for help, and for nothing else."""

from borough.kernel import commanding, joining


class OpensForHelpAlone(commanding.NotAllowed):
    """What a household can spare is told to be helped, and shown for no other purpose."""


def for_help(purpose: joining.Purpose) -> None:
    """Refuse every purpose that does not open what was told to be helped.

    Raises:
        OpensForHelpAlone: with what to do.
    """
    if not purpose.shows_joined:
        raise OpensForHelpAlone(
            "Budgets, joint plans and the fund open for helping the resident, and for nothing "
            "else. Choose that purpose first, if your roles let you."
        )
