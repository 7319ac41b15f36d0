"""What was promised, what it is judged by, and the staff of the list, known by a number alone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.kernel import dated
from borough.partnership.files.models import File

MOST = 10**14  # of a target or an amount, as it is kept: more is mistyped


class Promise(models.Model):
    """A promise with its day; it counts once both partners have signed it.

    ``target`` is in hundredths of the evidence's unit, or in pence. Only a promise that both have
    not signed can be dropped.
    """

    append_only: ClassVar = True
    may_update: ClassVar = ("dropped_on",)

    class Topic(models.TextChoices):
        SAVINGS = "savings", "Significant revenue savings"
        QUARTILE = "quartile", "Top-quartile performance"
        JOBS = "jobs", "Job security"
        LOCAL = "local", "Work stays in the borough"
        CAPITAL = "capital", "Capital investment"
        DAY_ONE = "day_one", "Ten per cent from day one"
        IMPROVEMENT = "improvement", "Guaranteed improvement"
        INVESTMENT = "investment", "Investment"
        STAFF = "staff", "Staff development"
        GROWTH = "growth", "Growth"
        INNOVATION = "innovation", "Innovation"

    class Evidence(models.TextChoices):
        KEPT_STAFF = "kept_staff", "Share of transferred staff still employed"
        REDUNDANT = "redundant", "Compulsory redundancies among transferred staff"
        LOCAL_WORK = "local_work", "Share of full-time equivalents who work in the borough"
        JOBS = "jobs", "Full-time equivalents who work in the borough"
        TRAINED = "trained", "Hours of training"
        MONEY = "money", "Money, from records that both signed"
        COUNT = "count", "A number, from records that both signed"
        MEASURE = "measure", "What a measure came to in a whole year"
        QUARTER = "quarter", "In which quarter of a set of councils a measure stands"
        SAVED = "saved", "Savings that both partners booked, all years so far"
        ABOVE = "above", "Charged above the guaranteed price in a year"

    class Shape(models.TextChoices):
        BY = "by", "To have come there by the day"
        THROUGHOUT = "throughout", "To stay there throughout, until the day"

    topic = models.CharField(max_length=12, choices=Topic.choices)
    title = models.CharField(max_length=160)
    clause = models.CharField(max_length=120)
    evidence = models.CharField(max_length=12, choices=Evidence.choices)
    measure = models.CharField(max_length=80, blank=True)
    peers = models.CharField(max_length=80, blank=True)
    shape = models.CharField(max_length=12, choices=Shape.choices)
    target = models.BigIntegerField()
    starts = models.DateField()
    due = models.DateField()
    by = models.CharField(max_length=80)
    on = models.DateField()
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due__gt=F("starts")), name="a_promise_is_due_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.promise/{self.pk}"

    @property
    def content(self) -> dict[str, object]:
        """What is signed."""
        names = ("topic", "title", "clause", "evidence", "measure", "peers", "shape")
        said: dict[str, object] = {name: str(getattr(self, name)) for name in names}
        return said | {"target": self.target, "starts": self.starts, "due": self.due}


class Record(models.Model):
    """Something that was spent or done for a promise; it counts once both partners have signed it.

    ``reference`` is of the invoice or paper that shows it: each counts once for a promise.
    """

    append_only: ClassVar = True
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="records")
    on = models.DateField()
    amount = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    what = models.CharField(max_length=160)
    by = models.CharField(max_length=80)
    recorded_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "reference"], name="a_paper_counts_once_for_a_promise"
            ),
            models.CheckConstraint(
                condition=Q(on__lte=F("recorded_on")), name="nothing_is_recorded_before_it_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.record/{self.pk}"

    @property
    def content(self) -> dict[str, object]:
        """What is signed."""
        return {
            "promise": self.promise_id,
            "on": self.on,
            "amount": self.amount,
            "reference": self.reference,
            "what": self.what,
        }


class Member(models.Model):
    """Somebody of the staff: a number, and when they were transferred, if they were."""

    append_only: ClassVar = True

    class Pension(models.TextChoices):
        FUND = "fund", "Stayed in the local government pension fund"
        COMPARABLE = "comparable", "A scheme that was certified as comparable"
        OTHER = "other", "Another scheme"

    number = models.CharField(max_length=20, unique=True)
    transferred_on = models.DateField(null=True)
    pension = models.CharField(max_length=12, choices=Pension.choices, blank=True)
    terms_protected = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.member/{self.pk}"


class Spell(models.Model):
    """A post that somebody works in on ``[starts, ends)``, where, and for how much of full time."""

    append_only: ClassVar = True
    may_update: ClassVar = ("ends", "why")

    class Why(models.TextChoices):
        MOVED = "moved", "Moved to another post or hours"
        RESIGNED = "resigned", "Resigned"
        RETIRED = "retired", "Retired"
        VOLUNTARY = "voluntary", "Voluntary redundancy"
        COMPULSORY = "compulsory", "Compulsory redundancy"
        DISMISSED = "dismissed", "Dismissed"
        DIED = "died", "Died"
        TRANSFERRED = "transferred", "Transferred to another employer"

    member = models.ForeignKey(Member, models.PROTECT, related_name="spells")
    post = models.CharField(max_length=80)
    fte_hundredths = models.PositiveSmallIntegerField()
    postcode = models.CharField(max_length=8)
    ward = models.CharField(max_length=9, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="spells")

    class Meta:
        constraints = [
            dated.ends_after_start("a_spell_ends_after_it_starts"),
            dated.never_overlaps("member", name="one_post_at_a_time"),
            models.CheckConstraint(
                condition=Q(fte_hundredths__gte=1, fte_hundredths__lte=100),
                name="nobody_is_more_than_full_time",
            ),
            models.CheckConstraint(
                condition=Q(ends=None, why="") | Q(ends__isnull=False) & ~Q(why=""),
                name="an_end_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"spell {self.pk}"


class Training(models.Model):
    """Hours that somebody was trained on a day."""

    append_only: ClassVar = True
    member = models.ForeignKey(Member, models.PROTECT, related_name="training")
    on = models.DateField()
    course = models.CharField(max_length=80)
    hours_hundredths = models.PositiveIntegerField()
    file = models.ForeignKey(File, models.PROTECT, related_name="training")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "on", "course"], name="a_course_counts_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(hours_hundredths__gte=1, hours_hundredths__lte=2400),
                name="a_day_has_24_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"training {self.pk}"


class Transfer(models.Model):
    """That staff go from one employer to another on a day (SI 2006/246)."""

    append_only: ClassVar = True
    title = models.CharField(max_length=120)
    day = models.DateField()
    by = models.CharField(max_length=80)
    on = models.DateField()

    def __str__(self) -> str:
        return f"transfer {self.pk}"

    @property
    def thing(self) -> str:
        return f"partnership.transfer/{self.pk}"


class Done(models.Model):
    """That a step before a transfer was done on a day."""

    append_only: ClassVar = True
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="done")
    step = models.CharField(max_length=20)
    on = models.DateField()
    by = models.CharField(max_length=80)
    recorded_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "step"], name="a_step_is_done_once"),
            models.CheckConstraint(
                condition=Q(on__lte=F("recorded_on")), name="no_step_is_done_before_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"
