"""What happened: append-only, in batches whose digests form a chain.

``Batch`` is written after its facts and closes them: nothing can be added to a batch that has been
counted. ``Link`` chains batches a moment later, so that no two transactions wait for one another.

The keys of facts and of whom they concern are checked by the statement, not by the row: row by row
they would cost more than all else together. ``0003_facts_join_by_the_statement`` says how.
"""

from typing import ClassVar

from django.db import models

# A fact's number holds its batch's: batch x 2**20 + row, from 1 and without a gap. So the facts of
# a batch are one range of their key, and need no index of their own.
BATCH_BITS = 20
MOST_FACTS = 2**BATCH_BITS - 1


class Batch(models.Model):
    append_only: ClassVar = True
    recorded_at = models.DateTimeField()
    facts = models.IntegerField()
    digest = models.BinaryField()


class Fact(models.Model):
    append_only: ClassVar = True
    id = models.BigIntegerField(primary_key=True)
    batch = models.ForeignKey(
        Batch, models.PROTECT, related_name="members", db_constraint=False, db_index=False
    )
    what = models.CharField(max_length=80)
    thing = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    by = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["thing", "-id"], condition=~models.Q(thing=""), name="fact_of_a_thing"
            ),
        ]


class Concerns(models.Model):
    """That a fact is about a person."""

    append_only: ClassVar = True
    pk = models.CompositePrimaryKey("person_id", "fact_id")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="concerns", db_constraint=False)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class Link(models.Model):
    """One link of the chain: sha256(previous digest, this batch's digest)."""

    append_only: ClassVar = True
    position = models.BigIntegerField(primary_key=True)
    batch = models.OneToOneField(Batch, models.PROTECT, related_name="link")
    digest = models.BinaryField()
    linked_at = models.DateTimeField()


class Delivery(models.Model):
    """News of a batch, owed to a line that hears one of its kinds of fact."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="deliveries")
    line = models.CharField(max_length=40)
    attempts = models.SmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="one_delivery_a_line")
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(delivered_at=None), name="delivery_is_owed"
            )
        ]
