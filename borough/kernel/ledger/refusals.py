"""Why the ledger will not do it, in a sentence. Each kind is named for what is so."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, InternalError

from borough.kernel import commanding


class LedgerRefusal(commanding.Refusal):
    """The ledger will not take it; nothing has been posted."""


class Unbalanced(LedgerRefusal):
    """Debits and credits of a journal differ in a fund."""


class TooFewLines(LedgerRefusal):
    """A journal has fewer than two lines."""


class NotAnAmount(LedgerRefusal):
    """A line is nought, is not whole pence, or is beyond any council's means."""


class UnknownAccount(LedgerRefusal):
    """The chart has no such account."""


class UnknownSubAccount(LedgerRefusal):
    """The sub-account does not exist, is missing, or is of another control account."""


class UnknownKind(LedgerRefusal):
    """No line declares this kind of sub-account, or its control account is not in the chart."""


class PeriodClosed(LedgerRefusal):
    """The period takes no postings."""


class NoSuchPeriod(LedgerRefusal):
    """The book has no period for that month."""


class PeriodAlreadySo(LedgerRefusal):
    """The period is already in the state that was asked for."""


class KeyReused(LedgerRefusal):
    """The key has been posted before, with another content."""


class KeyDoubled(LedgerRefusal):
    """One batch names a key twice."""


class AlreadyReversed(LedgerRefusal):
    """The journal has been reversed before."""


class NotReversible(LedgerRefusal):
    """A reversal must be the exact negation of a sealed journal."""


class MisshapenBatch(LedgerRefusal):
    """The columns of a batch do not fit each other."""


class AllocationTooLarge(LedgerRefusal):
    """More would be allocated than was paid or charged, or less than nothing."""


class KeyTaken(Exception):
    """Another session has just posted the same key; look again."""


# What each constraint and trigger of the database protects, in words.
WORDS: dict[str, tuple[type[Exception], str]] = {
    "a_key_is_posted_once": (KeyTaken, "This has just been posted by somebody else."),
    "a_period_is_open": (
        PeriodClosed,
        "The period has been closed. Date the entry into an open period.",
    ),
    "a_period_changes": (PeriodAlreadySo, "The period is so already."),
    "a_posting_has_an_account": (
        UnknownAccount,
        "A line names an account that is not in the chart of accounts.",
    ),
    "a_sub_account_has_its_control": (
        UnknownSubAccount,
        "A line names a sub-account that does not exist or is of another control account.",
    ),
    "a_journal_has_two_sides": (TooFewLines, "A journal needs at least two lines."),
    "a_journal_balances": (Unbalanced, "A journal does not balance in every fund."),
    "a_posting_is_an_amount": (NotAnAmount, "A line must be an amount other than nought."),
    "a_journal_is_reversed_once": (AlreadyReversed, "The journal has been reversed before."),
    "a_reversal_undoes_a_sealed_journal": (NotReversible, "There is no such journal to reverse."),
    "a_reversal_is_exact": (NotReversible, "A reversal must negate each line of its journal."),
    "an_allocation_joins_its_own": (
        AllocationTooLarge,
        "An allocation joins a payment and a charge of the same sub-account.",
    ),
    "an_allocation_fits": (
        AllocationTooLarge,
        "An allocation cannot exceed what was paid, what was charged, or what it undoes.",
    ),
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn the database's refusal into ours; anything it does not know goes through unchanged."""
    try:
        yield
    except (IntegrityError, InternalError) as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        known = WORDS.get(getattr(diagnosis, "constraint_name", None) or "")
        if known is None:
            raise
        kind, sentence = known
        raise kind(sentence) from error
