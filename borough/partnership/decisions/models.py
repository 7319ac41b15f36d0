"""Cases to decide, the information both have, what they say of it, and the joint record."""

import json
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from borough.partnership.sealed.models import Round
from borough.partnership.seats.models import Party

DO_NOTHING = "Do nothing: leave things as they are"


class Case(models.Model):
    """Something that both partners decide together. Doing nothing is always the first option."""

    append_only: ClassVar = True

    class Matters(models.TextChoices):
        ROUTINE = "routine", "Routine: within what was agreed"
        SIGNIFICANT = "significant", "Significant: it changes money, staff or a service"
        KEY = "key", "Key: members decide it, or it cannot easily be undone"

    class Shown(models.TextChoices):
        OPEN = "open", "The record is published once both have signed it"
        SUMMARY = "summary", "A summary is published, the reasons are not"
        CLOSED = "closed", "It is not published: the information is exempt"

    title = models.CharField(max_length=120)
    why = models.TextField()
    others = ArrayField(models.TextField())
    consult = models.TextField(blank=True)
    decide_by = models.DateField()
    matters = models.CharField(max_length=12, choices=Matters.choices)
    shown = models.CharField(max_length=8, choices=Shown.choices)
    mode = models.CharField(max_length=8, choices=Round.Mode.choices)
    ordered = models.BooleanField(null=True)  # nobody was asked of the first cases
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(others__len__gte=1), name="a_case_has_two_options")
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.case/{self.pk}"

    @property
    def options(self) -> list[str]:
        """The options by their numbers; 0 is to do nothing."""
        return [DO_NOTHING, *self.others]

    @property
    def content(self) -> dict[str, Any]:
        """What was asked, as the chain binds it: what nobody was asked is not in it."""
        order = {} if self.ordered is None else {"ordered": self.ordered}
        return order | {
            "case": self.title,
            "why": self.why,
            "options": self.options,
            "consult": self.consult,
            "decide_by": self.decide_by,
            "matters": self.matters,
            "shown": self.shown,
            "mode": self.mode,
        }


class Paper(models.Model):
    """A paper for a case, by the digest of its file. Only a pack makes it part of the matter."""

    append_only: ClassVar = True
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    media = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "sha256"], name="a_paper_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"


class Pack(models.Model):
    """The information on which both decide, frozen: ``manifest`` is canonical JSON.

    What comes later is another version, and positions begin anew.
    """

    append_only: ClassVar = True
    case = models.ForeignKey(Case, models.PROTECT, related_name="packs")
    version = models.IntegerField()
    manifest = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="a_pack_has_its_version")
        ]

    def __str__(self) -> str:
        return f"pack {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.pack/{self.pk}"

    @property
    def told(self) -> dict[str, Any]:
        """What the manifest says: papers, measures, assumptions, and why there is a new one."""
        told: dict[str, Any] = json.loads(self.manifest)
        return told


class Acknowledgement(models.Model):
    """That a partner has the same information, or says that it holds more than it may share."""

    append_only: ClassVar = True
    pack = models.ForeignKey(Pack, models.PROTECT, related_name="acknowledgements")
    party = models.CharField(max_length=8, choices=Party.choices)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    holds_more = models.BooleanField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "party"], name="a_partner_reads_a_pack_once")
        ]

    def __str__(self) -> str:
        return f"acknowledgement {self.pk}"


class Note(models.Model):
    """What one partner says to the other once both positions are open."""

    append_only: ClassVar = True
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    party = models.CharField(max_length=8, choices=Party.choices)
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="+")
    words = models.TextField()
    on = models.DateField()

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def content(self) -> dict[str, Any]:
        return {"note": self.pk, "party": self.party, "words": self.words}


class Withholding(models.Model):
    """That nothing of a case is published, whatever its class. It is never taken back."""

    append_only: ClassVar = True
    case = models.OneToOneField(Case, models.PROTECT, related_name="withholding")
    why = models.TextField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    def __str__(self) -> str:
        return f"withholding {self.pk}"

    @property
    def content(self) -> dict[str, Any]:
        return {"withheld": self.case_id, "why": self.why}


class Record(models.Model):
    """The joint record of a case, in the frame of cabinet minutes; it binds once both signed it.

    The newest is the one to sign: a changed word is another record. ``round`` is the number of the
    sealed round on its pack after which it was written. It, ``taken_by``, ``interests`` and
    ``dispensation`` are None of records that were written before they were asked for.
    """

    append_only: ClassVar = True

    class TakenBy(models.TextChoices):
        MEETING = "meeting", "The cabinet or a committee of it, at a meeting"
        MEMBER = "member", "One member of the cabinet"
        OFFICER_EXECUTIVE = "officer_executive", "An officer, on behalf of the cabinet"
        OFFICER = "officer", "An officer, on behalf of the council or a committee"
        PARTNERS = "partners", "Both partners alone, within the contract"

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    pack = models.ForeignKey(Pack, models.PROTECT, related_name="+")
    option = models.IntegerField()
    decision = models.TextField()
    reasons = models.TextField()
    rejected = models.TextField()
    dissent = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    review_on = models.DateField()
    round = models.IntegerField(null=True)
    taken_by = models.CharField(max_length=20, choices=TakenBy.choices, null=True)  # noqa: DJ001
    interests = models.TextField(null=True)  # noqa: DJ001
    dispensation = models.TextField(null=True)  # noqa: DJ001
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dispensation=None)
                | Q(dispensation="")
                | (Q(interests__isnull=False) & ~Q(interests="")),
                name="a_dispensation_is_from_an_interest",
            )
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.joint_record/{self.pk}"

    @property
    def content(self) -> dict[str, Any]:
        """What is signed: of what nobody was asked, nothing is signed."""
        later = {
            name: told
            for name in ("round", "taken_by", "interests", "dispensation")
            if (told := getattr(self, name)) is not None
        }
        return later | {
            "record": self.pk,
            "case": self.case_id,
            "pack": self.pack.digest,
            "option": self.option,
            "decision": self.decision,
            "reasons": self.reasons,
            "rejected": self.rejected,
            "dissent": self.dissent,
            "conditions": self.conditions,
            "review_on": self.review_on,
        }
