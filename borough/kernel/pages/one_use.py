"""A form sent twice does its work once: each drawing of a form carries a token to be spent.

The token is spent in the transaction of the work itself. Of two presses at once the second waits
for the first, and is refused only when the first has really been done.
"""

from django.core import signing
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import get_random_string

FIELD = "one_use"
SECONDS_GOOD_FOR = 12 * 60 * 60
_signer = signing.TimestampSigner(salt="borough.kernel.pages.one_use")


class AlreadySent(Exception):
    """The form that this token came with has been sent before."""

    def __init__(self) -> None:
        super().__init__("This form was sent already, so nothing was done a second time.")


class NotOurs(Exception):
    """There is no token, or it is too old, or it is not one of ours."""

    def __init__(self) -> None:
        super().__init__(
            "This page was open for too long, or has changed since. Nothing was done. "
            "Check your answers and send it again."
        )


def issue() -> str:
    """Return a new token."""
    return _signer.sign(get_random_string(22))


def spend(request: HttpRequest) -> None:
    """Spend the token of a posted form; call it inside the transaction of the work.

    Raises:
        AlreadySent: when it was spent before.
        NotOurs: when it is missing, altered or more than twelve hours old.
    """
    try:
        token = _signer.unsign(request.POST.get(FIELD, ""), max_age=SECONDS_GOOD_FOR)
    except signing.BadSignature:
        raise NotOurs from None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pages_spenttoken (token, spent_at) VALUES (%s, now())"
            " ON CONFLICT DO NOTHING",
            [token],
        )
        if cursor.rowcount == 0:
            raise AlreadySent


def forget_old() -> int:
    """Delete the tokens that are too old to be taken anyway; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM pages_spenttoken WHERE spent_at < now() - make_interval(secs => %s)",
            [SECONDS_GOOD_FOR],
        )
        return int(cursor.rowcount)
