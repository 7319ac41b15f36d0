"""The terms of the contract by version, each with its own frozen baseline and changes of scope."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from borough.rules.partnership import savings

WHOLE_BP = savings.WHOLE_BP


class RuleSet(models.Model):
    """One version of the terms: it holds from ``first_year`` once both partners have signed it.

    ``last_year``: the year in which the contract ends; empty while no end is agreed.

    ``bands``: the partner's share, [[upto pence or null, hundredths of a per cent], ...].
    ``index_values``: signed values by year, as whole numbers of one unit; no other value is used.
    """

    append_only: ClassVar = True
    version = models.IntegerField(unique=True)
    first_year = models.CharField(max_length=7)
    last_year = models.CharField(max_length=7, blank=True)
    guarantee_bp = models.IntegerField()
    carries = models.BooleanField()
    bands = models.JSONField(default=list)
    index_name = models.CharField(max_length=80, blank=True)
    index_vintage = models.CharField(max_length=80, blank=True)
    index_values = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(guarantee_bp__gte=0, guarantee_bp__lte=WHOLE_BP),
                name="a_guarantee_is_a_share",
            ),
            models.CheckConstraint(condition=Q(version__gt=0), name="versions_begin_at_one"),
            models.CheckConstraint(
                condition=Q(last_year="") | Q(last_year__gte=F("first_year")),
                name="a_contract_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(index_values={}) | (~Q(index_name="") & ~Q(index_vintage="")),
                name="an_index_has_a_name_and_a_vintage",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def thing(self) -> str:
        return f"partnership.rule_set/{self.pk}"


class Line(models.Model):
    """One line of a baseline. It joins, and is left out, only until somebody signs the terms.

    ``driver`` is the slug of a measure. ``value_pence`` is what the base quantity costs: no more
    than that can ever be claimed of the line in a year.
    """

    append_only: ClassVar = True
    may_update: ClassVar = ("dropped_on",)

    class Kind(models.TextChoices):
        FIXED = "fixed", "Fixed: the same a year, whatever happens"
        VARIABLE = "variable", "Variable: so much for each"
        STEPPED = "stepped", "Stepped: so much up to a number, then more"

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="lines")
    code = models.CharField(max_length=40)
    service = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    driver = models.CharField(max_length=80, blank=True)
    base_year = models.CharField(max_length=7)
    base_quantity = models.BigIntegerField(default=0)
    amount_pence = models.BigIntegerField(default=0)
    unit_cost_pence = models.BigIntegerField(default=0)
    steps = models.JSONField(default=list)
    is_indexed = models.BooleanField()
    in_guarantee = models.BooleanField()
    value_pence = models.BigIntegerField()
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "code"],
                condition=Q(dropped_on=None),
                name="a_code_is_in_a_baseline_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="fixed", driver="", value_pence=F("amount_pence"))
                | Q(kind="variable", value_pence=F("unit_cost_pence") * F("base_quantity"))
                & ~Q(driver="")
                | Q(kind="stepped") & ~Q(driver=""),
                name="a_line_is_worth_what_it_says",
            ),
            models.CheckConstraint(
                condition=Q(
                    base_quantity__gte=0,
                    amount_pence__gte=0,
                    unit_cost_pence__gte=0,
                    value_pence__gte=0,
                ),
                name="a_line_costs_something",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.code}"

    @property
    def content(self) -> dict[str, object]:
        """What is signed of it."""
        return {
            name: getattr(self, name)
            for name in (
                "code",
                "service",
                "kind",
                "driver",
                "base_year",
                "base_quantity",
                "amount_pence",
                "unit_cost_pence",
                "steps",
                "is_indexed",
                "in_guarantee",
                "value_pence",
            )
        }


class ScopeChange(models.Model):
    """Work added or taken away in one year, at that year's prices; frozen with its terms."""

    append_only: ClassVar = True
    may_update: ClassVar = ("dropped_on",)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="scope_changes")
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    year = models.CharField(max_length=7)
    amount_pence = models.BigIntegerField()
    in_guarantee = models.BooleanField()
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "reference", "year"],
                condition=Q(dropped_on=None),
                name="a_change_is_in_a_year_once",
            ),
            models.CheckConstraint(condition=~Q(amount_pence=0), name="a_change_is_an_amount"),
        ]

    def __str__(self) -> str:
        return f"change {self.reference}"

    @property
    def content(self) -> dict[str, object]:
        """What is signed of it."""
        return {
            name: getattr(self, name)
            for name in ("reference", "title", "year", "amount_pence", "in_guarantee")
        }
