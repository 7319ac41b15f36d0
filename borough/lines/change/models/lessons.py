"""What was learned, for whoever does the like next."""

from django.db import models

from borough.lines.change.models.initiatives import Initiative
from borough.lines.change.models.records import Record


class Lesson(Record):
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="lessons")
    title = models.CharField(max_length=120)
    happened = models.TextField()
    next_time = models.TextField()
