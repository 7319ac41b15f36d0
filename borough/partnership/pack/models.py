"""What was put before the joint board, word for word: the paper is set from it again and again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Pack(models.Model):
    """A pack as it was drawn up: all that it says, and what the chain of facts had come to.

    ``told`` is canonical JSON and ``digest`` its SHA-256, so that either partner can show that the
    paper it holds is the one that both were given.
    """

    append_only: ClassVar = True
    told = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    head = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$") & Q(head__regex="^[0-9a-f]{64}$"),
                name="a_pack_holds_two_sha256",
            )
        ]

    def __str__(self) -> str:
        return f"board pack {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.board_pack/{self.pk}"
