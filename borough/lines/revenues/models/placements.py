"""Files to and from enforcement agents. Whatever went out or came back stays as it was."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from borough.lines.revenues.models.remedies import Remedy


class Agent(models.Model):
    """A firm of enforcement agents: an organisation of the kernel, and the layouts it uses."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    slug = models.CharField(max_length=40, unique=True)
    layout = models.CharField(max_length=40)


class AgentFile(models.Model):
    """A file for an agent: debts placed, or debts called back. Its rows hold what it says."""

    class Kind(models.TextChoices):
        PLACEMENT = "placement", "Placed"
        RECALL = "recall", "Called back"

    append_only: ClassVar = True
    kind = models.CharField(max_length=12, choices=Kind.choices)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="files")
    run = models.OneToOneField("runs.Run", models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    by = models.CharField(max_length=80)
    rows = models.IntegerField()
    pence = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)


class AgentRow(models.Model):
    """One line of a file for an agent, cell by cell as it went out."""

    append_only: ClassVar = True
    file = models.ForeignKey(AgentFile, models.PROTECT, related_name="lines")
    line = models.IntegerField()
    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="agent_rows")
    kind = models.CharField(max_length=12, choices=AgentFile.Kind.choices)
    pence = models.BigIntegerField()
    cells = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="one_row_a_line"),
            models.UniqueConstraint(
                fields=["remedy", "kind"], name="a_debt_is_placed_and_called_back_once"
            ),
        ]


class Recall(models.Model):
    """That a debt is to come back at once, and why. The agent is told by the next file."""

    class Why(models.TextChoices):
        HOLD = "hold", "Something stands against it"
        VULNERABLE = "vulnerable", "Somebody needs care first"
        PAID = "paid", "Paid to the council"
        ARRANGED = "arranged", "An arrangement was agreed"
        OFFICER = "officer", "An officer decided"

    append_only: ClassVar = True
    remedy = models.OneToOneField(Remedy, models.PROTECT, related_name="recall")
    on = models.DateField()
    why = models.CharField(max_length=12, choices=Why.choices)


class AgentReturn(models.Model):
    """A file that came back from an agent. Its hash makes sure that it is loaded once."""

    append_only: ClassVar = True
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="returns")
    sha256 = models.CharField(max_length=64, unique=True)
    loaded_on = models.DateField()
    by = models.CharField(max_length=80)
    rows = models.IntegerField()
    set_aside = models.IntegerField()
    collected_pence = models.BigIntegerField()
    passed_on_pence = models.BigIntegerField()


class ReturnRow(models.Model):
    """One line from an agent: received by them, a payment, a fee, or the debt sent back.

    For a payment ``pence`` is what was collected and ``passed_on_pence`` what of it came to the
    council; the rest the agent kept as fees. ``key`` is the agent's own number of it, or
    made of all that the row says; a row set aside has none. ``query`` says what is doubtful about
    it, if anything.
    """

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "Received by the agent"
        PAYMENT = "payment", "Payment"
        FEE = "fee", "Fee"
        RETURNED = "returned", "Sent back"

    append_only: ClassVar = True
    file = models.ForeignKey(AgentReturn, models.PROTECT, related_name="lines")
    line = models.IntegerField()
    key = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001  many have none
    remedy = models.ForeignKey(Remedy, models.PROTECT, null=True, related_name="returns")
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    on = models.DateField(null=True)
    pence = models.BigIntegerField(default=0)
    passed_on_pence = models.BigIntegerField(default=0)
    code = models.CharField(max_length=24, blank=True)
    query = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="one_return_a_line"),
            models.CheckConstraint(
                condition=Q(pence__gte=0, passed_on_pence__gte=0)
                & Q(passed_on_pence__lte=models.F("pence")),
                name="no_more_is_passed_on_than_collected",
            ),
        ]
