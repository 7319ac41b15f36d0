"""What an invented town has been asked about next year: all of it by the commands of the pages."""

from datetime import date

import pytest

from borough.partnership.next_year import furnishing, models, queries
from borough.partnership.sealed.models import Commitment
from tests.partnership.next_year import review_makers as of

pytestmark = pytest.mark.django_db
STANDS = date(2025, 3, 10)


def test_last_year_is_chosen_and_next_year_is_sealed_by_half():
    of.four(on=date(2023, 4, 1))
    furnishing.lay(STANDS)
    last, this = (queries.state(one, STANDS) for one in models.Review.objects.order_by("year"))
    assert (last.review.year, last.review.on, this.review.year) == (
        "2024-25",
        date(2023, 9, 1),
        "2025-26",
    )
    assert [one.group.title for one in last.answers][:2] == [
        "Letters that begin with what to do",
        "Ask at once, and say what came of it",
    ]
    assert len(last.groups) > len(last.answers) == 4, "something was not chosen"
    assert {one for group in last.groups[:1] for one in group.sides} == {
        "council",
        "staff",
        "residents",
    }
    assert this.round is not None
    assert (set(this.round.sealed), this.proposed) == ({"council", "staff"}, [])
    assert not this.round.is_over(STANDS)
    assert Commitment.objects.filter(on__gt=STANDS).count() == 0


@pytest.mark.parametrize("stands", [date(2025, 4, 1), date(2024, 9, 2), date(2025, 3, 31)])
def test_whatever_day_the_town_stands_still_on_nothing_lies_in_its_future(stands):
    of.four(on=date(2023, 4, 1))
    furnishing.lay(stands)
    days = {one.on for one in (*models.Review.objects.all(), *Commitment.objects.all())}
    assert max(days) <= stands
    assert models.Answer.objects.exists()


def test_where_a_side_has_no_voice_nothing_is_asked():
    furnishing.lay(STANDS)
    assert not models.Review.objects.exists()
