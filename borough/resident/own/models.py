"""A code that was sent by letter, and the account that it opened. Neither keeps a secret itself."""

from django.db import models


class Code(models.Model):
    """A code that works once, for one person, until it is too old or was guessed at too often.

    ``digest`` is keyed with the installation's secret; of several codes the newest counts.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("sent_at")),
                name="a_code_expires_after_it_was_sent",
            )
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class Account(models.Model):
    """How a resident signs in. It is no officer's account, and grants nothing but their own."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="own_account")
    email = models.EmailField(unique=True)
    password = models.CharField(max_length=128)
    opened_on = models.DateField()

    def __str__(self) -> str:
        return f"account of person {self.person_id}"
