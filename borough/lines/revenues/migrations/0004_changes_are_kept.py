"""What a change does to the dated rows is kept, so that a wrong one can be undone.

An account that was opened by mistake ends on the day it starts: it stays, and holds on no day.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [
        ("revenues", "0003_bills_join_by_the_statement"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=60)),
                ("capability", models.CharField(max_length=60)),
                (
                    "things",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("rows", models.JSONField()),
                (
                    "journals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("on", models.DateField()),
                ("by", models.CharField(max_length=80)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="account_ends_after_start",
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="one_account_for_a_dwelling_at_a_time",
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gte", models.F("starts")), _connector="OR"
                ),
                name="account_never_ends_before_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gt", models.F("starts")), _connector="OR"
                ),
                expressions=[
                    (
                        models.Func(
                            models.Func(
                                models.F("dwelling"),
                                models.Func(
                                    models.F("starts"),
                                    template="(%(expressions)s - date '2000-01-01')",
                                ),
                                function="point",
                            ),
                            models.Func(
                                models.F("dwelling"),
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
                name="accounts_of_a_dwelling_share_no_day",
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="undoes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="revenues.change",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=django.contrib.postgres.indexes.GinIndex(fields=["things"], name="change_things"),
        ),
        only_appends("revenues_change"),
    ]
