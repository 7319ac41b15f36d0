"""Who may sign in to the made-up town: plain data, readable before Django is."""

from dataclasses import dataclass

from borough.town import figures

PASSWORD = "invented-town-2025"  # noqa: S105  shown on the screen: it opens nothing real


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who may sign in: ``title`` is what they do, ``role`` the slug of their role.

    ``sits`` is the partner for whom they sit at the shared table, if they do.
    """

    title: str
    name: str
    email: str
    role: str
    sits: str = ""


# A resident of the town, for their own door: bound to somebody who owes something.
RESIDENT = SignIn("Resident, at /my/", "Mary", "mary@example.org", "")
ALL = tuple(SignIn(**one) for one in figures.read("roles")["sign_ins"])
