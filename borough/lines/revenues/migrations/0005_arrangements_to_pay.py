"""What somebody agreed to pay by instalments is kept, and what was said when it ran late stays.

One arrangement of an account at a time; its instalments come to the debt to the penny.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [
        ("revenues", "0004_changes_are_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), size=None
                    ),
                ),
                ("debt_pence", models.BigIntegerField()),
                ("received_before_pence", models.BigIntegerField()),
                (
                    "every",
                    models.CharField(
                        choices=[
                            ("weekly", "Every week"),
                            ("fortnightly", "Every two weeks"),
                            ("four_weekly", "Every four weeks"),
                            ("monthly", "Every month"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("first_pence", models.BigIntegerField()),
                ("other_pence", models.BigIntegerField()),
                ("first_due", models.DateField()),
                ("payment_day", models.SmallIntegerField()),
                ("left_a_month_pence", models.BigIntegerField(null=True)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                (
                    "why_ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paid", "Paid off"),
                            ("changed", "Replaced by another"),
                            ("not_kept", "Not kept"),
                            ("asked", "The resident asked"),
                            ("mistake", "Made by mistake"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrangements",
                        to="revenues.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArrangementContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("reached", models.BooleanField()),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="revenues.arrangement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ArrangementWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issued", models.DateField()),
                ("short_pence", models.BigIntegerField()),
                ("put_right_by", models.DateField()),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warnings",
                        to="revenues.arrangement",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="arrangement",
            index=models.Index(
                condition=models.Q(("ends", None)), fields=["account"], name="arrangement_is_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_pence__gt", 0), ("number__gte", 1), ("other_pence__gt", 0)
                ),
                name="an_arrangement_asks_for_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "debt_pence",
                        django.db.models.expressions.CombinedExpression(
                            models.F("first_pence"),
                            "+",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("number"), "-", models.Value(1)
                                ),
                                "*",
                                models.F("other_pence"),
                            ),
                        ),
                    )
                ),
                name="instalments_come_to_the_debt",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(("payment_day__gte", 1), ("payment_day__lte", 31)),
                name="arrangement_day_is_1_to_31",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends", None), ("why_ended", "")),
                    models.Q(("ends__isnull", False), models.Q(("why_ended", ""), _negated=True)),
                    _connector="OR",
                ),
                name="an_arrangement_ends_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gte", models.F("starts")), _connector="OR"
                ),
                name="arrangement_never_ends_before_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gt", models.F("starts")), _connector="OR"
                ),
                expressions=[
                    (
                        models.Func(
                            models.Func(
                                models.F("account"),
                                models.Func(
                                    models.F("starts"),
                                    template="(%(expressions)s - date '2000-01-01')",
                                ),
                                function="point",
                            ),
                            models.Func(
                                models.F("account"),
                                models.Func(
                                    models.F("ends"),
                                    template="coalesce(%(expressions)s - date '2000-01-02', 1000000)",
                                ),
                                function="point",
                            ),
                            function="box",
                        ),
                        "&&",
                    )
                ],
                name="one_arrangement_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangementwarning",
            constraint=models.CheckConstraint(
                condition=models.Q(("put_right_by__gt", models.F("issued"))),
                name="a_warning_gives_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangementwarning",
            constraint=models.CheckConstraint(
                condition=models.Q(("short_pence__gt", 0)), name="a_warning_names_an_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangementwarning",
            constraint=models.UniqueConstraint(
                fields=("arrangement", "issued"), name="one_warning_of_an_arrangement_a_day"
            ),
        ),
        only_appends("revenues_arrangementcontact"),
        only_appends("revenues_arrangementwarning"),
    ]
