"""People and organisations, as recorded. A state is a row; nothing here says who owes what."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from borough.kernel import dated


class Person(models.Model):
    """A human being or an organisation, under the name last recorded."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    title = models.CharField(max_length=20, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120)
    date_of_birth = models.DateField(null=True)
    date_of_death = models.DateField(null=True)
    sounds = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person")
                | Q(given_names="", title="", date_of_birth=None, date_of_death=None),
                name="an_organisation_has_one_name_and_no_birthday",
            ),
            models.CheckConstraint(
                condition=Q(date_of_death=None)
                | Q(date_of_birth=None)
                | Q(date_of_death__gte=models.F("date_of_birth")),
                name="death_is_not_before_birth",
            ),
        ]
        indexes = [GinIndex(fields=["sounds"], name="person_sounds")]

    def __str__(self) -> str:
        return f"person {self.pk}"  # a name would end up in a log

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.title, self.given_names, self.family_name) if part)


class FormerName(models.Model):
    """A whole name, title and all, that somebody had until ``ends``."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=300)
    ends = models.DateField()


class Residence(models.Model):
    """That a dwelling is a person’s sole or main residence (1992 Act, section 6(5))."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="residences")
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="residences")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("residence_ends_after_start"),
            dated.never_overlaps("person", name="one_main_residence_at_a_time"),
        ]


class CorrespondenceAddress(models.Model):
    """Where letters go when not to the dwelling."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="correspondence_addresses")
    lines = models.TextField()
    postcode = models.CharField(max_length=12, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("correspondence_ends_after_start"),
            dated.never_overlaps("person", name="one_correspondence_address"),
        ]


class ContactPoint(models.Model):
    """A way to reach somebody, and whether it is the one they prefer."""

    class Kind(models.TextChoices):
        EMAIL = "email", "Email"
        PHONE = "phone", "Telephone"
        TEXT = "text", "Text message"
        LETTER = "letter", "Letter"

    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_points")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=200, blank=True)
    preferred = models.BooleanField(default=False)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("contact_point_ends_after_start"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(preferred=True, ends=None),
                name="one_preferred_contact_point",
            ),
        ]


class Need(models.Model):
    """A support need (never a diagnosis): what we must do differently for this person."""

    class Kind(models.TextChoices):
        LARGE_PRINT = "large_print", "Letters in large print"
        BRAILLE = "braille", "Letters in Braille"
        EASY_READ = "easy_read", "Easy read"
        INTERPRETER = "interpreter", "An interpreter"
        SIGN_LANGUAGE = "sign_language", "British Sign Language"
        TELEPHONE_FIRST = "telephone_first", "A telephone call before any letter"
        SAFE_CONTACT = "safe_contact", "Contact only by the safe way agreed"
        KEEP_APART = "keep_apart", "Never named, nor told of, to others in the household"
        MORE_TIME = "more_time", "More time to answer"

    person = models.ForeignKey(Person, models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    review_by = models.DateField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("need_ends_after_start"),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ends=None), name="one_open_need_of_a_kind"
            ),
        ]
