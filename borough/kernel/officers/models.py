"""Officers of council and partner alike, their roles, and what a role may do, from day to day."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from borough.kernel import dated


class OfficerManager(BaseUserManager["Officer"]):
    def create_user(self, email: str, password: str | None = None, **fields: str) -> "Officer":
        officer = self.model(email=self.normalize_email(email).lower(), **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer


class Officer(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[OfficerManager] = OfficerManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"officer/{self.pk}"

    def get_full_name(self) -> str:
        return self.name


class Role(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.title


class Grant(models.Model):
    """That a role may use a capability, for a while."""

    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    capability = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("grant_ends_after_start"),
            models.UniqueConstraint(
                fields=["role", "capability"],
                condition=models.Q(ends=None),
                name="one_open_grant",
            ),
        ]


class Appointment(models.Model):
    """That an officer holds a role, for a while."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="appointments")
    role = models.ForeignKey(Role, models.PROTECT, related_name="appointments")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            dated.ends_after_start("appointment_ends_after_start"),
            dated.never_overlaps("officer", "role", name="one_appointment_at_a_time"),
        ]


class SamePerson(models.Model):
    """That an officer is one of our residents, or none of them: said by one, agreed to by another.

    The newest that was agreed to holds. ``person`` is None where they are no resident of ours.
    """

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="same_person")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    said_by = models.CharField(max_length=80)
    said_on = models.DateField()
    agreed_by = models.CharField(max_length=80, blank=True)
    agreed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_on=None, agreed_by="")
                | Q(agreed_on__isnull=False) & ~Q(agreed_by="") & ~Q(agreed_by=F("said_by")),
                name="who_an_officer_is_takes_two",
            ),
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(agreed_on=None),
                name="one_word_at_a_time_about_an_officer",
            ),
        ]
