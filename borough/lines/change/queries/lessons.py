"""Looking for what was learned, by words."""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import QuerySet

from borough.lines.change import models

LANGUAGE = "english"
_IN = SearchVector("title", weight="A", config=LANGUAGE) + SearchVector(
    "happened", "next_time", weight="B", config=LANGUAGE
)


def search(words: str) -> QuerySet[models.Lesson]:
    """Return lessons that hold the words in any of their forms, the nearest first; all for none."""
    rows = models.Lesson.objects.select_related("initiative")
    if not words.strip():
        return rows.order_by("-on", "-pk")
    wanted = SearchQuery(words, config=LANGUAGE, search_type="websearch")
    found = rows.annotate(found=_IN, nearness=SearchRank(_IN, wanted)).filter(found=wanted)
    return found.order_by("-nearness", "-pk")
