"""How many were asked, answered and were satisfied; each as a count of records."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from borough.partnership.surveys import codes, models
from borough.rules import statistics, years

GOOD_FOR = timedelta(days=90)
UNKNOWN = "This address is not known, or is older than 90 days. Nothing was recorded."
ANSWERED = "You have answered already. Thank you: your first answer counts."


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard about a service in a year up to a day.

    Attributes:
        asked: 0 where nobody recorded who was asked.
        satisfied: how many of those who answered, with Wilson's interval.
        answered: how many of those who were asked; None where fewer were recorded as asked than
            answered, so that no rate can be told.
    """

    service: models.Service
    asked: int
    satisfied: statistics.Share
    answered: statistics.Share | None


def satisfied(year: years.Year, on: date) -> tuple[int, int] | None:
    """Return (answers of those satisfied, answers) of a year up to a day; None without any."""
    ratings = _answers(year, on)
    total = sum(ratings.values())
    return (_hits(ratings), total) if total else None


def answered(year: years.Year, on: date) -> tuple[int, int] | None:
    """Return (answers, people asked) of a year up to a day.

    None where nobody was asked, or more answered than are recorded as asked: then it is not known
    who was.
    """
    asked, answers = sum(_asked(year, on).values()), sum(_answers(year, on).values())
    return (answers, asked) if 0 < asked >= answers else None


def answers(year: years.Year, on: date) -> QuerySet[models.Answer]:
    """Return the answers of a year up to a day, by day."""
    rows = models.Answer.objects.filter(on__gte=year.starts, on__lt=year.ends, on__lte=on)
    return rows.order_by("on", "pk")


def first_day() -> date | None:
    """Return the day of the first answer; None where nobody has answered."""
    return models.Answer.objects.order_by("on").values_list("on", flat=True).first()


def by_service(year: years.Year, on: date) -> list[Heard]:
    """Return what was heard about each service of which anything was."""
    asked, answers = _asked(year, on), _answers(year, on)
    found = []
    for service in models.Service:
        ratings = Counter({rating: n for (of, rating), n in answers.items() if of == service})
        count = ratings.total()
        if not (count or asked[service.value]):
            continue
        rate = None
        if 0 < asked[service.value] >= count:
            rate = statistics.share(count, asked[service.value])
        hits = sum(ratings[one.value] for one in models.SATISFIED)
        found.append(Heard(service, asked[service.value], statistics.share(hits, count), rate))
    return found


def invitation(code: str, on: date) -> models.Invitation | None:
    """Return the invitation of a code that is not over on a day, answered or not."""
    within = {"on__lte": on, "on__gt": on - GOOD_FOR}
    return models.Invitation.objects.filter(digest=codes.digest(code), **within).first()


def why_not(code: str, on: date) -> str:
    """Say why nothing can be answered by a code on a day; "" where it can."""
    found = invitation(code, on)
    if found is None:
        return UNKNOWN
    return ANSWERED if models.Answer.objects.filter(invitation=found).exists() else ""


def _hits(answers: Counter[tuple[str, int]]) -> int:
    return sum(n for (_, rating), n in answers.items() if rating in models.SATISFIED)


def _answers(year: years.Year, on: date) -> Counter[tuple[str, int]]:
    """Return the answers of a year up to a day by service and rating."""
    rows = answers(year, on).order_by()
    counted = rows.values_list("service", "rating").annotate(n=Count("pk"))
    return Counter({(service, rating): n for service, rating, n in counted})


def _asked(year: years.Year, on: date) -> Counter[str]:
    """Return how many were asked in a year up to a day, by service."""
    within = {"on__gte": year.starts, "on__lt": year.ends, "on__lte": on}
    told = models.Asked.objects.filter(**within).values_list("service").annotate(n=Sum("count"))
    made = models.Invitation.objects.filter(**within).values_list("service").annotate(n=Count("pk"))
    return Counter(dict(told)) + Counter(dict(made))
