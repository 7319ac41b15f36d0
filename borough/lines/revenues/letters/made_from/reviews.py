"""The letters that ask whether one adult still lives there, made from the review's letters."""

from collections.abc import Sequence
from datetime import date

from borough.kernel import commanding, dated
from borough.lines.revenues import laws, models
from borough.lines.revenues.letters import addressing, frame, review
from borough.lines.revenues.letters.made_from import sorts
from borough.lines.revenues.queries import reviews as queries
from borough.rules import years


class NoDiscount(commanding.Refusal):
    """The discount has ended meanwhile: there is nothing to ask about."""


# Once somebody has answered, nothing more is asked.
ROWS = """
select l.id, r.account_id, l."on" as day
from revenues_reviewletter l join revenues_review r on r.id = l.review_id
where not exists (select 1 from revenues_reviewanswer a where a.review_id = r.id)
"""


def fill(rows: Sequence[int], on: date) -> sorts.Filled:
    """Return the letters of some reviews, written on a day."""
    found = models.ReviewLetter.objects.filter(pk__in=rows)
    kept = list(found.select_related("review").order_by("pk"))
    since = _since([one.review.account_id for one in kept], on)
    percent = int(laws.of(years.Year.holding(on)).values["one_adult_discount_percent"])

    def write(place: int, head: frame.Head) -> review.Review:
        letter = kept[place]
        if letter.review.account_id not in since:
            raise NoDiscount("The discount has ended: nothing is to be asked about it.")
        return review.Review(
            head=head,
            answer_by=queries.answer_by(on),
            discount_percent=percent,
            since=since[letter.review.account_id],
            asked_before=letter.number > 1,
        )

    to = [addressing.Asked(one.review.account_id, on) for one in kept]
    return sorts.told([one.pk for one in kept], to, write, on=on)


SORT = sorts.Sort(
    "discount_review",
    "Reviews of discounts for one adult",
    ROWS,
    "revenues.review_letter/{}",
    fill,
)


def _since(accounts: Sequence[int], on: date) -> dict[int, date]:
    """Return since when one adult is recorded as living there, by account."""
    rows = models.Household.objects.filter(dated.holds_on(on), account__in=accounts, adults=1)
    return dict(rows.values_list("account_id", "starts"))
