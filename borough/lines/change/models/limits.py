"""How much is worked on at once, and within how many working days something is done."""

from django.db import models

from borough.lines.change.models.records import Record


class Limit(Record):
    """A limit from a day on (``limits.ALL`` says which there are); the newest holds."""

    of = models.CharField(max_length=24)
    most = models.PositiveIntegerField()
    starts = models.DateField()
