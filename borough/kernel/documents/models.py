"""What was written to whom: append-only. The data of a letter says all that the letter said."""

from typing import ClassVar

from django.db import models


class Template(models.Model):
    """A template as it stood, with every file that it imports: last year's letter stays printable.

    ``sources`` maps each path (from the root of the package, beginning with ``/``) to its text.
    """

    append_only: ClassVar = True
    hash = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=120)
    sources = models.JSONField()


class Document(models.Model):
    """A letter that was issued on a day; ``data_hash`` is sha256 of its data as canonical JSON.

    ``source`` names the row that it was made from, e.g. ``revenues.step/12``: a row has one letter.
    ``part`` is the year of the account that it is about; empty for all of it.
    """

    append_only: ClassVar = True
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    template = models.ForeignKey(Template, models.PROTECT, related_name="+", db_index=False)
    thing = models.CharField(max_length=80, blank=True)
    part = models.CharField(max_length=24, blank=True, db_default="")
    source = models.CharField(max_length=80, blank=True, db_default="")
    on = models.DateField()
    by = models.CharField(max_length=80)
    data = models.JSONField()
    data_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=~models.Q(source=""), name="a_row_has_one_letter"
            )
        ]
        indexes = [
            models.Index(
                fields=["thing", "-id"], condition=~models.Q(thing=""), name="document_of_a_thing"
            ),
            models.Index(fields=["kind", "on"], name="document_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class Addressee(models.Model):
    """That a document is addressed to a person."""

    append_only: ClassVar = True
    pk = models.CompositePrimaryKey("person_id", "document_id")
    document = models.ForeignKey(Document, models.PROTECT, related_name="addressees")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)


class Print(models.Model):
    """The PDF of a document: made once, kept by its hash, never made differently again.

    ``pages`` is empty for PDFs that were made before pages were counted.
    """

    append_only: ClassVar = True
    document = models.OneToOneField(Document, models.PROTECT, related_name="print")
    pdf_sha256 = models.CharField(max_length=64)
    length_bytes = models.IntegerField()
    pages = models.SmallIntegerField(null=True)
    typst_version = models.CharField(max_length=20)
    made_at = models.DateTimeField()
