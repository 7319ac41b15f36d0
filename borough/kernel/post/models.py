"""What came in: a letter, an e-mail, a form. It is filed where it belongs, and dealt with, once."""

from typing import ClassVar

from django.db import models


class Item(models.Model):
    """Something that somebody sent us, kept as it came under the sha256 of its content."""

    class How(models.TextChoices):
        LETTER = "letter", "Letter"
        EMAIL = "email", "Email"
        COUNTER = "counter", "Handed in"
        ONLINE = "online", "From their own account"

    class About(models.TextChoices):
        MOVE = "move", "A move"
        DISCOUNT = "discount", "A discount, reduction or exemption"
        DISPUTE = "dispute", "They disagree with something"
        PAYING = "paying", "Paying, or trouble with paying"
        REFUND = "refund", "A refund or bank details"
        DEATH = "death", "A death"
        OTHER = "other", "Something else"

    append_only: ClassVar = True
    received_on = models.DateField()
    how = models.CharField(max_length=8, choices=How.choices)
    about = models.CharField(max_length=8, choices=About.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    media = models.CharField(max_length=20)
    length_bytes = models.IntegerField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def thing(self) -> str:
        """What facts about this item are filed under."""
        return f"kernel.post/{self.pk}"


class Filing(models.Model):
    """That an item is about a person or an account; the newest filing holds."""

    append_only: ClassVar = True
    item = models.ForeignKey(Item, models.PROTECT, related_name="filings")
    thing = models.CharField(max_length=80, db_index=True)
    by = models.CharField(max_length=80)
    on = models.DateField()


class Done(models.Model):
    """That an item has been dealt with: once, by one officer."""

    append_only: ClassVar = True
    item = models.OneToOneField(Item, models.PROTECT, related_name="done")
    by = models.CharField(max_length=80)
    on = models.DateField()
