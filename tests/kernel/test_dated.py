from datetime import date

import pytest
from django.db import IntegrityError, transaction

from borough.kernel import dated
from borough.lines.revenues.models import Band
from tests import makers

APRIL, MAY, JUNE = date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)


@pytest.fixture
def home(db):
    dwelling = makers.a_dwelling()
    Band.objects.filter(dwelling=dwelling).delete()
    return dwelling


def rows(dwelling):
    return list(
        Band.objects.filter(dwelling=dwelling)
        .order_by("starts")
        .values_list("letter", "starts", "ends")
    )


@pytest.mark.parametrize(
    ("starts", "ends", "allowed"),
    [
        (APRIL, MAY, False),  # the same days
        (MAY, JUNE, True),  # begins on the day the other ends
        (date(2025, 4, 30), JUNE, False),  # shares one day
        (date(2025, 3, 1), APRIL, True),  # ends on the day the other begins
        (date(2025, 3, 1), date(2025, 4, 2), False),
        (date(2025, 3, 1), None, False),  # for ever, from before
        (MAY, None, True),
        (date(2025, 4, 15), date(2025, 4, 16), False),  # within
        (date(1993, 4, 1), date(2099, 4, 1), False),  # around
    ],
)
def test_two_rows_of_one_owner_never_share_a_day(home, starts, ends, allowed):
    Band.objects.create(dwelling=home, letter="A", starts=APRIL, ends=MAY)
    if allowed:
        Band.objects.create(dwelling=home, letter="B", starts=starts, ends=ends)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Band.objects.create(dwelling=home, letter="B", starts=starts, ends=ends)


def test_other_owners_are_not_concerned(home):
    Band.objects.create(dwelling=home, letter="A", starts=APRIL)
    other = makers.a_dwelling()
    assert Band.objects.filter(dwelling=other).count() == 1


def test_a_row_does_not_end_before_it_starts(home):
    with pytest.raises(IntegrityError), transaction.atomic():
        Band.objects.create(dwelling=home, letter="A", starts=APRIL, ends=APRIL)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (MAY, None, [("A", APRIL, MAY), ("B", MAY, None)]),
        (APRIL, None, [("B", APRIL, None)]),
        (MAY, JUNE, [("A", APRIL, MAY), ("B", MAY, JUNE), ("A", JUNE, None)]),
        (date(2025, 3, 1), APRIL, [("B", date(2025, 3, 1), APRIL), ("A", APRIL, None)]),
    ],
)
def test_writing_over_leaves_every_other_day_as_it_was(home, starts, ends, expected):
    Band.objects.create(dwelling=home, letter="A", starts=APRIL)
    dated.write_over(Band.objects.filter(dwelling=home), starts, ends, dwelling=home, letter="B")
    assert rows(home) == expected


def test_writing_over_with_nothing_clears_the_days(home):
    Band.objects.create(dwelling=home, letter="A", starts=APRIL)
    dated.write_over(Band.objects.filter(dwelling=home), MAY, JUNE)
    assert rows(home) == [("A", APRIL, MAY), ("A", JUNE, None)]
