"""Files of records that were taken in, and the rows of them that were not."""

from typing import ClassVar

from django.db import models


class File(models.Model):
    """A file that was taken in. The same bytes are taken in once as each kind.

    Attributes:
        kind: what its rows are: ``peers.figures``.
        title: what it is called where its rows are shown.
        source: who published or sent it, and when.
        rows, set_aside: how many rows were taken, and how many were not.
    """

    append_only: ClassVar = True
    kind = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    set_aside = models.PositiveIntegerField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "sha256"], name="a_file_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.file/{self.pk}"


class Aside(models.Model):
    """A row that was not taken: its line and why. What stood in it is not kept."""

    append_only: ClassVar = True
    file = models.ForeignKey(File, models.PROTECT, related_name="asides")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="a_row_is_set_aside_once")
        ]

    def __str__(self) -> str:
        return f"line {self.line}"
